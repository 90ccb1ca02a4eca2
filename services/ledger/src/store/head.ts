import type { Envelope, LogHead } from '@jishi/contracts/ledger/envelope';
import { LogKind } from '@jishi/contracts/ledger/envelope';
import type { Instant } from '@jishi/contracts/time';
import { type Kysely, sql } from 'kysely';
import type { LogTables } from './log/tables.ts';

/** What the first event says that the log is; null while the log is empty. */
export const readLogKind = async (db: Kysely<LogTables>): Promise<LogKind | null> => {
  const first = await db
    .selectFrom('log')
    .select(['type', 'envelope'])
    .where('seq', '=', 1n)
    .executeTakeFirst();
  if (!first) return null;
  if (first.type !== 'LogOpened') throw new Error('the first event does not say what the log is');
  return LogKind.parse((JSON.parse(first.envelope) as Envelope).data.kind);
};

export const readHead = async (db: Kysely<LogTables>): Promise<LogHead> => {
  const head = await db
    .selectFrom('log_head')
    .select(['seq', 'recorded_at'])
    .executeTakeFirstOrThrow();
  return { seq: Number(head.seq), recordedAt: head.recorded_at, kind: await readLogKind(db) };
};

/**
 * The head as of a recorded time: recorded time never goes back, so the last event of then or
 * before is found by halving. Nothing had been recorded: sequence 0.
 */
export const readHeadAt = async (db: Kysely<LogTables>, instant: Instant): Promise<LogHead> => {
  const { rows } = await sql<{ seq: bigint; recorded_at: Instant | null }>`
    with recursive span (low, high) as (
      select 0::bigint, (select seq from log_head)
      union all
      select case when at.recorded_at <= ${instant}::timestamptz then half.mid else half.low end,
        case when at.recorded_at <= ${instant}::timestamptz then half.high else half.mid - 1 end
      from (select low, high, (low + high + 1) / 2 as mid from span where low < high) half,
        lateral (select recorded_at from log where seq = half.mid) at
    )
    select low as seq, (select recorded_at from log where seq = low) as recorded_at
    from span where low = high`.execute(db);
  const [found] = rows;
  if (!found) throw new Error('a halving without an end');
  const kind = await readLogKind(db);
  return { seq: Number(found.seq), recordedAt: found.recorded_at, kind };
};

/** The stored leaf of one event; null beyond the log. */
export const readLeaf = async (db: Kysely<LogTables>, seq: number): Promise<Buffer | null> => {
  const row = await db
    .selectFrom('log')
    .select('leaf')
    .where('seq', '=', BigInt(seq))
    .executeTakeFirst();
  return row?.leaf ?? null;
};

/** When an event was recorded; null beyond the log. */
export const readRecordedAt = async (
  db: Kysely<LogTables>,
  seq: number,
): Promise<string | null> => {
  const row = await db
    .selectFrom('log')
    .select('recorded_at')
    .where('seq', '=', BigInt(seq))
    .executeTakeFirst();
  return row?.recorded_at ?? null;
};
