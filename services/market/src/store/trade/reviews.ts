import { type Id, newId } from '@jishi/contracts/ids';
import type { ReturnReason } from '@jishi/contracts/market/listing';
import type { ReviewDecision } from '@jishi/contracts/market/reviews';
import type { Person } from '@jishi/contracts/principal';
import type { Instant } from '@jishi/contracts/time';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { AnnouncementKind } from '../../domain/listing/ledger-event.ts';
import { fromRow, type StoredAnnouncement } from './announcements.ts';
import type { TradeDb, TradeTables, TradeTrx } from './tables.ts';

export interface WaitingRecord {
  readonly stored: StoredAnnouncement;
  readonly submittedAt: Instant;
  /** How often it was returned before. */
  readonly returned: number;
}

type Row = Selectable<TradeTables['announcement']> & { readonly returned: number };

const waitingOf = (row: Row): WaitingRecord => ({
  stored: fromRow(row),
  submittedAt: row.submitted_at ?? row.created_at,
  returned: row.returned,
});

const RETURNED = sql<number>`(select count(*)::integer from review_decision r
  where r.announcement_id = a.id and r.decision = 'returned')`;

export interface QueuePage {
  readonly kind?: AnnouncementKind | undefined;
  readonly after?: Id | undefined;
  readonly limit: number;
}

/** What waits for a review, the longest waiting first. */
export const listWaiting = async (
  db: TradeDb,
  { kind, after, limit }: QueuePage,
): Promise<WaitingRecord[]> => {
  const { rows } = await sql<Row>`select a.*, ${RETURNED} as returned from announcement a
    where a.status = 'submitted' ${kind ? sql`and a.kind = ${kind}` : sql``}
      ${
        after
          ? sql`and (a.submitted_at, a.id) >
              (select b.submitted_at, b.id from announcement b where b.id = ${after})`
          : sql``
      }
    order by a.submitted_at, a.id limit ${limit}`.execute(db);
  return rows.map(waitingOf);
};

export const countWaiting = async (
  db: TradeDb,
  kind: AnnouncementKind | undefined,
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::integer n from announcement
    where status = 'submitted' ${kind ? sql`and kind = ${kind}` : sql``}`.execute(db);
  return rows[0]?.n ?? 0;
};

/** A record that was submitted, whether or not it still waits. */
export const findReviewed = async (db: TradeDb, id: Id): Promise<WaitingRecord | undefined> => {
  const { rows } = await sql<Row>`select a.*, ${RETURNED} as returned from announcement a
    where a.id = ${id} and a.status <> 'draft'`.execute(db);
  return rows[0] && waitingOf(rows[0]);
};

export const decisionsOn = async (db: TradeDb, id: Id): Promise<ReviewDecision[]> => {
  const { rows } = await sql<{
    decision: 'published' | 'returned';
    reasons: ReturnReason[];
    decided_at: Instant;
  }>`select decision, reasons, decided_at from review_decision
    where announcement_id = ${id} order by decided_at desc, id desc`.execute(db);
  return rows.map((row) => ({
    decision: row.decision,
    reasons: row.reasons,
    at: row.decided_at,
  }));
};

/** One line for each decision, in its transaction. */
export const recordReview = async (
  trx: TradeTrx,
  stored: StoredAnnouncement,
  decision: 'published' | 'returned',
  reasons: readonly ReturnReason[],
  actor: Person,
  now: Instant,
): Promise<void> => {
  await sql`insert into review_decision (id, announcement_id, owner_party_id, decision, reasons,
      user_id, organisation_id, decided_at)
    values (${newId()}, ${stored.id}, ${stored.owner.partyId}, ${decision},
      ${JSON.stringify(reasons)}::jsonb, ${actor.userId}, ${actor.organisationId}, ${now})`.execute(
    trx,
  );
};

/** Other records of others or of the owner that say the same: by title, and by patent number. */
export const sameElsewhere = async (
  db: TradeDb,
  { id, kind, content }: StoredAnnouncement,
): Promise<{ readonly titles: number; readonly numbers: readonly string[] }> => {
  const numbers =
    'summary' in content ? content.intellectualProperty.flatMap((right) => right.number ?? []) : [];
  const { rows } = await sql<{ titles: number; numbers: string[] }>`select
    (select count(*)::integer from announcement a
      where a.kind = ${kind} and a.id <> ${id} and a.status in ('submitted', 'published')
        and lower(a.content->>'title') = lower(${content.title})) as titles,
    array(select distinct p->>'number' from announcement a,
      jsonb_array_elements(coalesce(a.content->'intellectualProperty', '[]')) p
      where ${numbers.length > 0} and a.kind = 'listing' and a.id <> ${id}
        and a.status in ('submitted', 'published')
        and p->>'number' = any(${numbers}::text[])) as numbers`.execute(db);
  return rows[0] ?? { titles: 0, numbers: [] };
};
