import { type Kysely, sql } from 'kysely';
import type { LogTables } from './log/tables.ts';

/**
 * The next serials of a registration point in a year, in a short transaction of their own: taken
 * before the decision, so a decision that fails leaves a gap. Returns the last of `count`.
 */
export const drawSerials = async (
  db: Kysely<LogTables>,
  point: string,
  year: number,
  count = 1,
): Promise<number> => {
  const { rows } = await sql<{ last: number }>`
    insert into registration_counter as counter (point, year, last)
    values (${point}, ${year}, ${count})
    on conflict (point, year) do update set last = counter.last + ${count} returning last`.execute(
    db,
  );
  const row = rows[0];
  if (!row) throw new Error('the counter did not answer');
  return row.last;
};
