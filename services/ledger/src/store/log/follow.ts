import type { Envelope } from '@jishi/contracts/ledger/envelope';
import { Refusal } from '@jishi/contracts/problem';
import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import type { LogTables } from './tables.ts';

/** One row of the log, parsed; of an erased private part `privateText` is what is left of it. */
export interface LogItem {
  readonly seq: number;
  readonly envelope: Envelope;
  readonly privateText: string | null;
}

/** As stored: the hashed text itself. */
export interface RawLogItem {
  readonly seq: number;
  readonly envelope: string;
  readonly privateText: string | null;
  /** What is left of an erased private part: no commitment covers it. */
  readonly remainder: string | null;
}

/** Looked for only where the private part is not there: few rows have a remainder. */
const remainderOf = (withPrivate: boolean) =>
  sql<string | null>`case when ${sql.lit(withPrivate)} and private_part.body is null then (
    select kept.body from private_remainder kept where kept.seq = log.seq) end`;

/** Rows after a sequence, in order, as text. `withPrivate: false` never touches private parts. */
export const readRawLog = async <T extends LogTables>(
  db: Kysely<T>,
  after: number,
  limit: number,
  withPrivate: boolean,
): Promise<RawLogItem[]> => {
  const logs = db as unknown as Kysely<LogTables>;
  const rows = await logs
    .selectFrom('log')
    // The start is said of both: merged, the private parts would be read from the first one on.
    .leftJoin('private_part', (join) =>
      join
        .onRef('private_part.seq', '=', 'log.seq')
        .on('private_part.seq', '>', BigInt(after))
        .on((on) => on.lit(withPrivate)),
    )
    .select(['log.seq', 'log.envelope', 'private_part.body'])
    .select(remainderOf(withPrivate).as('remainder'))
    .where('log.seq', '>', BigInt(after))
    .orderBy('log.seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    seq: Number(row.seq),
    envelope: row.envelope,
    privateText: row.body,
    remainder: row.remainder,
  }));
};

/** Rows after a sequence, parsed. The ledger trusts its own hashed bytes: no schema here. */
export const readLog = async <T extends LogTables>(
  db: Kysely<T>,
  after: number,
  limit: number,
): Promise<LogItem[]> => {
  const rows = await readRawLog(db, after, limit, true);
  return rows.map(({ seq, envelope, privateText, remainder }) => ({
    ...{ seq, envelope: JSON.parse(envelope) as Envelope },
    privateText: privateText ?? remainder,
  }));
};

/** The saved cursor of a consumer; 0 before its first batch. */
export const loadCursor = async <T extends LogTables>(
  db: Kysely<T>,
  name: string,
): Promise<number> => {
  const row = await (db as unknown as Kysely<LogTables>)
    .selectFrom('consumer_cursor')
    .select('seq')
    .where('name', '=', name)
    .executeTakeFirst();
  return Number(row?.seq ?? 0n);
};

const CURSOR_WAIT_MS = 2_000;
const CURSOR_POLL_MS = 15;

/** Waits until a consumer has passed a sequence, at most two seconds, then refuses. */
export const waitForCursor = async <T extends LogTables>(
  db: Kysely<T>,
  name: string,
  atLeast: number | undefined,
): Promise<void> => {
  if (atLeast === undefined) return;
  const until = performance.now() + CURSOR_WAIT_MS;
  while ((await loadCursor(db, name)) < atLeast) {
    if (performance.now() >= until) throw new Refusal('not-caught-up');
    await new Promise((resolve) => setTimeout(resolve, CURSOR_POLL_MS));
  }
};

export interface LogFollower {
  /** Resolves when the log may have grown since this signal's last wait: NOTIFY, or 1 s. */
  readonly waitForMore: (signal: AbortSignal) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const POLL_MS = 1_000;
const RECONNECT_MS = 1_000;

interface ListeningPool {
  readonly connect: () => Promise<pg.PoolClient>;
}

/** Keeps one LISTEN connection for the process; the poll is the net while it is being renewed. */
const listen = (pool: ListeningPool, wake: () => void): { stop: () => Promise<void> } => {
  let client: pg.PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let connecting = Promise.resolve();

  const lose = (lost: pg.PoolClient | undefined): void => {
    // A dying connection fails its query and says so as an event: the first of the two counts.
    if (lost !== client) return;
    client = undefined;
    lost?.release(true);
    if (!stopped) timer = setTimeout(start, RECONNECT_MS);
  };
  const connect = async (): Promise<void> => {
    let fresh: pg.PoolClient | undefined;
    try {
      fresh = await pool.connect();
      if (stopped) return fresh.release();
      client = fresh;
      fresh.on('notification', wake);
      fresh.once('error', () => lose(fresh));
      await fresh.query('listen ledger_log');
      wake();
    } catch {
      lose(fresh);
    }
  };
  const start = (): void => {
    connecting = connect();
  };
  start();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await connecting;
      const last = client;
      client = undefined;
      last?.release(true);
    },
  };
};

/** One per process, shared by every consumer and stream; each passes its own abort signal. */
export const createLogFollower = (pool: ListeningPool): LogFollower => {
  let generation = 0;
  const seen = new WeakMap<AbortSignal, number>();
  const waiting = new Set<() => void>();
  const wake = (): void => {
    generation += 1;
    for (const resolve of [...waiting]) resolve();
  };
  const listening = listen(pool, wake);

  /** A wake-up between a consumer's empty read and its wait is not lost: the generation tells. */
  const waitForMore = async (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    if ((seen.get(signal) ?? -1) === generation) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, POLL_MS);
        waiting.add(done);
        signal.addEventListener('abort', done);
      });
    }
    seen.set(signal, generation);
  };
  return {
    waitForMore,
    stop: async () => {
      wake();
      await listening.stop();
    },
  };
};
