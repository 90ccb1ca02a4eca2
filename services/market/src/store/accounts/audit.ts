import { type Id, newId } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import type { Instant } from '@jishi/contracts/time';
import type { AccountDb, AccountTrx } from './tables.ts';

export interface Act {
  /** The person who acts; null for the installation itself (accounts made at start). */
  readonly actor: Pick<Person, 'userId' | 'organisationId' | 'roles'> | null;
  readonly act: string;
  /** Kind and id of what was acted upon, such as `membership:0192…`. */
  readonly object: string;
  readonly requestId: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** Inside the transaction of the act itself: no audit, no act. */
export const recordAct = async (trx: AccountTrx, act: Act, at: Instant): Promise<void> => {
  await trx
    .insertInto('audit_entry')
    .values({
      id: newId(),
      at,
      actor_user_id: act.actor?.userId ?? null,
      actor_organisation_id: act.actor?.organisationId ?? null,
      actor_roles: [...(act.actor?.roles ?? [])],
      act: act.act,
      object: act.object,
      request_id: act.requestId,
      before: act.before && JSON.stringify(act.before),
      after: act.after && JSON.stringify(act.after),
    })
    .execute();
};

export interface ActFilter {
  readonly before?: Id | undefined;
  readonly act?: string | undefined;
  readonly actor?: Id | undefined;
  /** A beginning of the object. */
  readonly object?: string | undefined;
  /** Instants: from the first, until before the second. */
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
  readonly limit: number;
}

/** Newest first, by (at, id), with the name of who acted. */
export const listActs = async (db: AccountDb, filter: ActFilter) => {
  const last = filter.before
    ? await db
        .selectFrom('audit_entry')
        .select(['at', 'id'])
        .where('id', '=', filter.before)
        .executeTakeFirst()
    : undefined;
  let query = db
    .selectFrom('audit_entry as a')
    .leftJoin('auth_user as u', 'u.id', 'a.actor_user_id')
    .selectAll('a')
    .select('u.name as actor_name');
  if (last) {
    query = query.where((e) =>
      e.or([e('a.at', '<', last.at), e.and([e('a.at', '=', last.at), e('a.id', '<', last.id)])]),
    );
  }
  if (filter.act) query = query.where('a.act', '=', filter.act);
  if (filter.actor) query = query.where('a.actor_user_id', '=', filter.actor);
  if (filter.object)
    query = query.where((e) =>
      e(e.fn('starts_with', ['a.object', e.val(filter.object)]), '=', true),
    );
  if (filter.from) query = query.where('a.at', '>=', filter.from);
  if (filter.until) query = query.where('a.at', '<', filter.until);
  return query.orderBy('a.at', 'desc').orderBy('a.id', 'desc').limit(filter.limit).execute();
};

/** The names of acts that the trail holds. */
export const listActNames = async (db: AccountDb): Promise<string[]> => {
  const rows = await db.selectFrom('audit_entry').select('act').distinct().orderBy('act').execute();
  return rows.map((row) => row.act);
};
