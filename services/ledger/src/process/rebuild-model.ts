import { StartRefused } from '@jishi/runtime/config';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { requireDense } from '@jishi/runtime/feed-consumer';
import { type Kysely, sql, type Transaction } from 'kysely';
import { REGISTRATION_RULES } from '../domain/registration/regimes.ts';
import type { LedgerTables } from '../store/database.ts';
import { createIndexHistory } from '../store/index/history.ts';
import { currentMethod } from '../store/index/method.ts';
import type { IndexTables } from '../store/index/tables.ts';
import { lockCursor, readPlace } from '../store/log/cursor.ts';
import { type LogItem, readLog } from '../store/log/follow.ts';
import type { LogTables } from '../store/log/tables.ts';
import {
  analyzeSideTables,
  compareTable,
  dropSideTables,
  hindrancesOf,
  makeSideTables,
  switchTables,
  type TableComparison,
} from '../store/rebuild/side-tables.ts';
import { BATCH_EVENTS } from './follow-log.ts';
import { applyIndex, INDEX_CURSOR } from './project-index.ts';
import { applyRegistrations, REGISTRATIONS_CURSOR } from './project-registrations.ts';

type Apply = (
  trx: Transaction<LogTables>,
  items: readonly LogItem[],
  from: number,
) => Promise<void>;

interface ReadModel {
  readonly cursor: string;
  /** All tables that its projector writes, and no others. */
  readonly tables: readonly string[];
  /** A projector from event 1 on, with a memory of its own. */
  readonly begin: () => Apply;
}

export const MODELS = {
  registrations: {
    cursor: REGISTRATIONS_CURSOR,
    tables: [
      ...['registration_view', 'registration_party', 'registration_receipt'],
      ...['registered_list', 'registered_list_contract'],
    ],
    begin: () => (trx, items) =>
      applyRegistrations(trx as unknown as Transaction<LedgerTables>, items, REGISTRATION_RULES),
  },
  index: {
    cursor: INDEX_CURSOR,
    tables: ['index_contract', 'index_change', 'index_step'],
    begin: () => {
      const history = createIndexHistory(currentMethod().parameters);
      return async (trx, items, from) => {
        const own = trx as unknown as Transaction<IndexTables & LogTables>;
        (await applyIndex(own, history, items, from))();
      };
    },
  },
} as const satisfies Record<string, ReadModel>;

export type ModelName = keyof typeof MODELS;

export interface Rebuild {
  /** The ledger's database, as its owner. */
  readonly url: string;
  readonly model: ModelName;
  /** Compares and drops what was built, and leaves the running model as it is. */
  readonly checkOnly: boolean;
  readonly progress: (at: number, of: number) => void;
}

export interface Rebuilt {
  readonly model: ModelName;
  readonly seq: number;
  readonly switched: boolean;
  readonly equal: boolean;
  readonly tables: readonly TableComparison[];
  /** How long the running consumer was kept waiting; it is not for a check. */
  readonly heldMs: number;
}

/** The switch waits this long for those who read the tables; new readers wait as long behind it. */
const SWITCH_WAIT_MS = 5_000;
/** The last transaction compares whole tables; one that stands still is ended all the same. */
const SWITCH_LIMITS = { idleMs: 60_000, lastMs: 600_000 };
const ANALYZE_FIRST_EVENTS = 2_000;
const ANALYZE_GROWTH = 4;
const LOCK_TRIES = 20;
const LOCK_PAUSE_MS = 250;

const sidePool = (url: string, schema: string) => {
  const withPath = new URL(url);
  withPath.searchParams.set('options', `-c timezone=UTC -c search_path=${schema},public`);
  // One connection: the lock against a second rebuild lives and dies with it.
  return openPool({
    ...{ url: withPath.toString(), poolSize: 1, applicationName: 'jishi-rebuild' },
  });
};

/** One rebuild of a model at a time; a killed one's session may take a moment to end. */
const lockAgainstOthers = async (db: Kysely<LogTables>, schema: string): Promise<void> => {
  for (let tried = 0; tried < LOCK_TRIES; tried++) {
    const { rows } = await sql<{ taken: boolean }>`
      select pg_try_advisory_lock(hashtextextended(${schema}, 0)) as taken`.execute(db);
    if (rows[0]?.taken) return;
    await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS));
  }
  throw new StartRefused(
    '另一次重建正在进行,请待其结束 · another rebuild of this model is running: let it end first',
  );
};

const requireSwitchable = async (
  db: Kysely<LogTables>,
  tables: readonly string[],
): Promise<void> => {
  const hindrances = await hindrancesOf(db, tables);
  if (hindrances.length === 0) return;
  const names = hindrances.join(', ');
  throw new StartRefused(`重建不会保留 ${names} · a rebuild would not keep ${names}`);
};

/** Applies what lies between; a batch of it at a time, all in the caller's transaction. */
const applyUpTo = async (
  trx: Transaction<LogTables>,
  apply: Apply,
  from: number,
  upTo: number,
): Promise<number> => {
  let at = from;
  while (at < upTo) {
    const items = await readLog(trx, at, Math.min(BATCH_EVENTS, upTo - at));
    requireDense(items, at);
    if (items.length === 0) throw new Error(`the log ends before the cursor, at ${at}`);
    await apply(trx, items, at);
    at += items.length;
  }
  return at;
};

/** From event 1 until less than a batch behind the running model's own cursor. */
const followUp = async (
  db: Kysely<LogTables>,
  model: ReadModel,
  apply: Apply,
  schema: string,
  progress: Rebuild['progress'],
): Promise<number> => {
  let at = 0;
  let analyzeAt = ANALYZE_FIRST_EVENTS;
  for (;;) {
    const { seq } = await readPlace(db, model.cursor);
    progress(at, seq);
    if (seq - at < BATCH_EVENTS) break;
    const from = at;
    at = await db.transaction().execute((trx) => applyUpTo(trx, apply, from, from + BATCH_EVENTS));
    if (at < analyzeAt) continue;
    await analyzeSideTables(db, schema, model.tables);
    analyzeAt = at * ANALYZE_GROWTH;
  }
  await analyzeSideTables(db, schema, model.tables);
  return at;
};

const compareAll = async (db: Kysely<LogTables>, schema: string, tables: readonly string[]) => {
  const compared: TableComparison[] = [];
  for (const table of tables) compared.push(await compareTable(db, schema, table));
  const equal = compared.every(({ rows, hash }) => {
    return rows.running === rows.rebuilt && hash.running === hash.rebuilt;
  });
  return { equal, tables: compared };
};

/** Both at one sequence, seen in one snapshot: the running consumer goes on meanwhile. */
const check = (db: Kysely<LogTables>, model: ReadModel, apply: Apply, schema: string, at: number) =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const { seq } = await readPlace(trx, model.cursor);
      await applyUpTo(trx, apply, at, seq);
      const compared = await compareAll(trx, schema, model.tables);
      return { ...compared, seq, switched: false, heldMs: 0 };
    });

/** Under the cursor's lock: the rest, the comparison, the switch; the next build begins there. */
const changeOver = async (
  db: Kysely<LogTables>,
  model: ReadModel,
  apply: Apply,
  schema: string,
  at: number,
) => {
  let heldSinceMs = 0;
  const done = await db.transaction().execute(async (trx) => {
    const { seq } = await lockCursor(trx, model.cursor, SWITCH_LIMITS);
    heldSinceMs = performance.now();
    await applyUpTo(trx, apply, at, seq);
    const compared = await compareAll(trx, schema, model.tables);
    await sql.raw(`set local lock_timeout = ${SWITCH_WAIT_MS}`).execute(trx);
    await switchTables(trx, schema, model.tables);
    await sql`update consumer_cursor set build = build + 1 where name = ${model.cursor}`.execute(
      trx,
    );
    await sql`select pg_notify('ledger_log', '')`.execute(trx);
    return { ...compared, seq, switched: true };
  });
  return { ...done, heldMs: Math.round(performance.now() - heldSinceMs) };
};

/**
 * Builds a read model anew from event 1, beside the running one, and puts it in its place. Ended at
 * any moment, the running model is as it was: all that shows happens in one transaction.
 */
export const rebuildModel = async (rebuild: Rebuild): Promise<Rebuilt> => {
  const model: ReadModel = MODELS[rebuild.model];
  const schema = `rebuild_${rebuild.model}`;
  const db = openDatabase<LogTables>(sidePool(rebuild.url, schema));
  try {
    await lockAgainstOthers(db, schema);
    await requireSwitchable(db, model.tables);
    try {
      await makeSideTables(db, schema, model.tables);
      const apply = model.begin();
      const at = await followUp(db, model, apply, schema, rebuild.progress);
      const end = rebuild.checkOnly ? check : changeOver;
      return { model: rebuild.model, ...(await end(db, model, apply, schema, at)) };
    } finally {
      await dropSideTables(db, schema).catch(() => {});
    }
  } finally {
    await db.destroy();
  }
};
