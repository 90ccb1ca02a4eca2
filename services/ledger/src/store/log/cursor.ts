import { CursorMoved } from '@jishi/runtime/feed-consumer';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { LogTables } from './tables.ts';

/** Where a consumer stands, and in which build of its read model. */
export interface CursorPlace {
  readonly seq: number;
  readonly build: number;
}

/** How long a consumer's transaction may stand still, and how long it may last at all. */
export interface TransactionLimits {
  readonly idleMs: number;
  readonly lastMs: number;
}

/**
 * A process that was stopped inside its transaction holds the cursor's row. Between two statements
 * lie milliseconds, so after five seconds of silence the server ends its session and another
 * process goes on. A batch of 500 takes well under a second; a minute is for a server that hardly
 * moves (the second limit is there from PostgreSQL 17 on).
 */
export const CONSUMER_LIMITS: TransactionLimits = { idleMs: 5_000, lastMs: 60_000 };

/** The first build of every read model: its tables as the migrations made them. */
const FIRST_BUILD = 1;

/** The saved place and the head of the log beside it, in one look. */
export const readPlace = async <T extends LogTables>(
  db: Kysely<T>,
  name: string,
): Promise<CursorPlace & { readonly head: number }> => {
  const row = await (db as unknown as Kysely<LogTables>)
    .selectFrom('log_head')
    .leftJoin('consumer_cursor', (join) => join.on('consumer_cursor.name', '=', name))
    .select(['log_head.seq as head', 'consumer_cursor.seq', 'consumer_cursor.build'])
    .executeTakeFirstOrThrow();
  return {
    head: Number(row.head),
    seq: Number(row.seq ?? 0n),
    build: row.build ?? FIRST_BUILD,
  };
};

const lockRow = async (
  trx: Transaction<LogTables>,
  name: string,
  { idleMs, lastMs }: TransactionLimits,
): Promise<CursorPlace | undefined> => {
  const { rows } = await sql<{ seq: bigint; build: number }>`
    select seq, build,
      set_config('idle_in_transaction_session_timeout', ${`${idleMs}`}, true),
      case when current_setting('server_version_num')::integer >= 170000
        then set_config('transaction_timeout', ${`${lastMs}`}, true) end
    from consumer_cursor where name = ${name} for update`.execute(trx);
  const [row] = rows;
  return row && { seq: Number(row.seq), build: row.build };
};

/**
 * Locks the cursor's row, first of all in a transaction: of several processes one works, and the
 * others wait here until it is through, or gone. The limits hold for this transaction alone.
 */
export const lockCursor = async <T extends LogTables>(
  transaction: Transaction<T>,
  name: string,
  limits: TransactionLimits = CONSUMER_LIMITS,
): Promise<CursorPlace> => {
  const trx = transaction as unknown as Transaction<LogTables>;
  const found = await lockRow(trx, name, limits);
  if (found) return found;
  await trx
    .insertInto('consumer_cursor')
    .values({ name, seq: 0n })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await lockRow(trx, name, limits);
  if (!made) throw new Error(`cursor ${name} cannot be made`);
  return made;
};

/** Moves a locked cursor. */
export const advanceCursor = async <T extends LogTables>(
  transaction: Transaction<T>,
  name: string,
  from: number,
  to: number,
): Promise<void> => {
  const moved = await (transaction as unknown as Transaction<LogTables>)
    .updateTable('consumer_cursor')
    .set({ seq: BigInt(to) })
    .where('name', '=', name)
    .where('seq', '=', BigInt(from))
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new CursorMoved(`cursor ${name} is not at ${from}`);
};
