import { type Kysely, sql } from 'kysely';
import { READ_TYPES } from '../../domain/index/family/facts.ts';
import type { FamilyRowText } from '../../domain/index/family/row-text.ts';
import type { LogTables } from '../log/tables.ts';

const isRead = sql`log.type in (${sql.join([...READ_TYPES].map((type) => sql.lit(type)))})`;

/**
 * Rows after a sequence as the index needs them: private parts of types that it does not read,
 * three in four, do not leave the database.
 */
export const readFamilyRows = async (
  db: Kysely<LogTables>,
  after: number,
  limit: number,
): Promise<readonly FamilyRowText[]> => {
  const { rows } = await sql<FamilyRowText>`
    select log.seq::float8 as seq, log.envelope,
      case when ${isRead} then coalesce(private_part.body, (
        select kept.body from private_remainder kept where kept.seq = log.seq)) end as "privateText"
    from log left join private_part
      on private_part.seq = log.seq and private_part.seq > ${after}
    where log.seq > ${after} order by log.seq limit ${limit}`.execute(db);
  return rows;
};

/** A question to the database costs as much as some hundred rows. */
export const FAMILY_PAGE = 4_000;

/**
 * Page after page up to the end of the log; the next one is read while one is being worked on. A
 * page that is not full is the last.
 */
export async function* familyPages(
  db: Kysely<LogTables>,
  after: number,
  limit: number,
): AsyncGenerator<readonly FamilyRowText[]> {
  let rows = await readFamilyRows(db, after, limit);
  while (rows.length === limit) {
    const next = readFamilyRows(db, rows.at(-1)?.seq ?? after, limit);
    // A fault of the next page is told when it is its turn; until then nobody waits for it.
    next.catch(() => {});
    yield rows;
    rows = await next;
  }
  if (rows.length > 0) yield rows;
}
