import type { Envelope, LogHead } from '@jishi/contracts/ledger/envelope';
import { LogKind } from '@jishi/contracts/ledger/envelope';
import type { Kysely } from 'kysely';
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
