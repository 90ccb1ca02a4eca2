import type { Id } from '@jishi/contracts/ids';
import { sql } from 'kysely';
import type { TradeDb } from './tables.ts';

interface Subject {
  readonly listingId: Id | null;
  readonly needId: Id | null;
}

/** What listings and needs are called; those that the caller may not see are not among them. */
export const titlesOf = async (
  db: TradeDb,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<Id, string>> => {
  const ids = subjects.flatMap(({ listingId, needId }) => [listingId, needId]);
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return new Map();
  const rows = await db
    .selectFrom('announcement')
    .select(['id', sql<string>`content->>'title'`.as('title')])
    .where('id', 'in', known)
    .execute();
  return new Map(rows.map(({ id, title }) => [id, title]));
};
