import { type Id, newId } from '@jishi/contracts/ids';
import type {
  Notification,
  NotificationKind,
  NotificationSubject,
} from '@jishi/contracts/market/notifications';
import type { Person } from '@jishi/contracts/principal';
import type { Role } from '@jishi/contracts/roles';
import type { Instant } from '@jishi/contracts/time';
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';

export interface Notice {
  /** An organisation by its party, or one person. */
  readonly to: { readonly partyId: Id } | { readonly userId: Id };
  /** Only people of this role are shown it; everybody of the organisation without one. */
  readonly role?: Role | undefined;
  readonly kind: NotificationKind;
  /** The addressee's own record, which the notice leads to, and what it is called. */
  readonly subject: NotificationSubject;
  readonly title: string;
  readonly other?: NotificationSubject | undefined;
  readonly otherTitle?: string | undefined;
  /** What makes it the same notice: told again to the same addressee, nothing is added. */
  readonly once: string;
}

/** Tells it in the caller's transaction, whoever acts; the addressee alone can read it. */
export const notify = async (
  trx: QueryExecutorProvider,
  notices: readonly Notice[],
  now: Instant,
): Promise<void> => {
  for (const { to, role, kind, subject, title, other, otherTitle, once } of notices) {
    const partyId = 'partyId' in to ? to.partyId : null;
    const userId = 'userId' in to ? to.userId : null;
    await sql`insert into notification (id, party_id, user_id, role, kind, subject_type,
        subject_id, other_type, other_id, title, other_title, once, created_at)
      values (${newId()}, ${partyId}, ${userId}, ${role ?? null}, ${kind}, ${subject.type},
        ${subject.id}, ${other?.type ?? null}, ${other?.id ?? null}, ${title},
        ${otherTitle ?? null}, ${once}, ${now})
      on conflict do nothing`.execute(trx);
  }
};

/** Row-level security leaves those of the person and of the person's organisation. */
const shownTo = ({ userId, partyId, roles }: Person): RawBuilder<unknown> => sql`
  (n.user_id = ${userId} or n.party_id = ${partyId})
    and (n.role is null or n.role = any(${[...roles]}::text[]))`;

const isRead = (userId: Id): RawBuilder<unknown> => sql`exists (select 1 from notification_read r
  where r.notification_id = n.id and r.user_id = ${userId})`;

export interface NotificationPage {
  readonly after?: Id | undefined;
  readonly limit: number;
  readonly unreadOnly: boolean;
}

interface Row {
  readonly id: Id;
  readonly kind: NotificationKind;
  readonly subject_type: NotificationSubject['type'];
  readonly subject_id: Id;
  readonly other_type: NotificationSubject['type'] | null;
  readonly other_id: Id | null;
  readonly title: string;
  readonly other_title: string | null;
  readonly created_at: Instant;
  readonly read: boolean;
}

const fromRow = (row: Row): Notification => ({
  notificationId: row.id,
  kind: row.kind,
  subject: { type: row.subject_type, id: row.subject_id },
  other:
    row.other_type !== null && row.other_id !== null
      ? { type: row.other_type, id: row.other_id }
      : null,
  title: row.title,
  otherTitle: row.other_title,
  at: row.created_at,
  read: row.read,
});

/** Newest first. */
export const notificationsOf = async (
  db: QueryExecutorProvider,
  person: Person,
  { after, limit, unreadOnly }: NotificationPage,
): Promise<Notification[]> => {
  const read = isRead(person.userId);
  const from = after
    ? sql`and (n.created_at, n.id) <
        (select a.created_at, a.id from notification a where a.id = ${after})`
    : sql``;
  const { rows } = await sql<Row>`
    select n.*, ${read} as read from notification n
    where ${shownTo(person)} ${from} ${unreadOnly ? sql`and not ${read}` : sql``}
    order by n.created_at desc, n.id desc limit ${limit}`.execute(db);
  return rows.map(fromRow);
};

export const unreadCount = async (db: QueryExecutorProvider, person: Person): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::integer n from notification n
    where ${shownTo(person)} and not ${isRead(person.userId)}`.execute(db);
  return rows[0]?.n ?? 0;
};

/** What is not the person's to see is passed over, as what is not there. */
export const markRead = async (
  db: QueryExecutorProvider,
  person: Person,
  ids: readonly Id[],
  now: Instant,
): Promise<void> => {
  await sql`insert into notification_read (notification_id, user_id, read_at)
    select n.id, ${person.userId}, ${now}::timestamptz from notification n
    where n.id = any(${[...ids]}::uuid[]) and ${shownTo(person)}
    on conflict do nothing`.execute(db);
};
