import type { Id } from '@jishi/contracts/ids';
import type { MatchRejectionCode } from '@jishi/contracts/market/matching';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import { type QueryExecutorProvider, sql } from 'kysely';

export interface Rejection {
  readonly id: Id;
  readonly organisationId: Id;
  readonly userId: Id;
  readonly needId: Id;
  readonly listingId: Id;
  readonly reason: MatchRejectionCode;
}

/**
 * Stores that a match was put aside. The same id with the same content is stored once; a pair
 * that is already aside keeps its first reason until that is taken back.
 */
export const insertRejection = async (
  db: QueryExecutorProvider,
  rejection: Rejection,
  now: Instant,
): Promise<void> => {
  const { id, organisationId, userId, needId, listingId, reason } = rejection;
  await sql`insert into match_rejection
    (id, organisation_id, user_id, need_id, listing_id, reason, rejected_at)
    values (${id}, ${organisationId}, ${userId}, ${needId}, ${listingId}, ${reason}, ${now})
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{ id: Id }>`select id from match_rejection
    where id = ${id} and need_id = ${needId} and listing_id = ${listingId}
      and reason = ${reason}`.execute(db);
  if (rows.length === 0) throw new Refusal('id-reused');
};

/** Takes one back; done again it stays taken back. Another organisation's is not there. */
export const withdrawRejection = async (
  db: QueryExecutorProvider,
  id: Id,
  needId: Id,
  now: Instant,
): Promise<void> => {
  const { numAffectedRows } = await sql`update match_rejection
    set withdrawn_at = coalesce(withdrawn_at, ${now})
    where id = ${id} and need_id = ${needId}`.execute(db);
  if (numAffectedRows !== 1n) throw new Refusal('not-found');
};

/** Standing rejections of a need, by listing. */
export const rejectionsOf = async (
  db: QueryExecutorProvider,
  needId: Id,
): Promise<ReadonlyMap<Id, { rejectionId: Id; reason: MatchRejectionCode }>> => {
  const { rows } = await sql<{ listing_id: Id; id: Id; reason: MatchRejectionCode }>`
    select listing_id, id, reason from match_rejection
    where need_id = ${needId} and withdrawn_at is null`.execute(db);
  return new Map(rows.map((r) => [r.listing_id, { rejectionId: r.id, reason: r.reason }]));
};
