import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Id } from '@jishi/contracts/ids';
import { inTenant } from '@jishi/market/store/accounts/tenant';
import { rankOpen } from '@jishi/market/store/matching/search';
import { MIGRATIONS } from '@jishi/market/store/migrations/all';
import type { TradeDb, TradeTables } from '@jishi/market/store/trade/tables';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { startThrowAwayServer } from '@jishi/standalone/postgres/throw-away';
import pg from 'pg';
import { LOADED_ON, loadAsPublished } from './load.ts';
import { type Line, poolOf, recordsOf } from './records.ts';

/**
 * Measures the market's own search over records of any collection: loads the corpus as published
 * listings into a scratch database, searches each query, writes a run file in TREC form
 * (`query Q0 document rank score tag`) and prints one JSON line. The database is dropped after.
 */
const USAGE =
  'usage: match:run --corpus FILE --queries FILE --out RUN [--pool FILE]\n' +
  '  corpus, queries: JSON lines {"_id","title"?,"text"?}; pool: TSV query-id, corpus-id\n' +
  '  DATABASE_URL names the server; without it one is started for the run';

const TOP = 100;
const TAG = 'jishi';

const serverOf = async () => {
  const url = process.env.DATABASE_URL;
  return url ? { url, remove: async () => {} } : startThrowAwayServer();
};

const administer = async (serverUrl: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

interface Task {
  readonly corpus: readonly Line[];
  readonly queries: readonly Line[];
  readonly pool: Map<string, string[]> | undefined;
}

const searchAll = async (db: TradeDb, names: ReadonlyMap<Id, string>, task: Task) => {
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  const run: string[] = [];
  const took: number[] = [];
  for (const query of task.queries) {
    const among = task.pool && (task.pool.get(query._id) ?? []).flatMap((n) => ids.get(n) ?? []);
    const limit = among?.length ?? TOP;
    const startedMs = performance.now();
    const found = await inTenant(db, undefined, (trx) =>
      rankOpen(trx, { kind: 'listing', by: query, today: LOADED_ON, limit, among }),
    );
    took.push(performance.now() - startedMs);
    const ranked = new Set(found.map(({ id }) => id));
    // A candidate that shares no term is ranked too: last, and equal to the others like it.
    const rest = (among ?? []).filter((id) => !ranked.has(id)).map((id) => ({ id, score: 0 }));
    for (const [i, { id, score }] of [...found, ...rest].entries()) {
      run.push(`${query._id} Q0 ${names.get(id)} ${i + 1} ${score} ${TAG}`);
    }
  }
  took.sort((a, b) => a - b);
  return { run, p50Ms: rounded(percentile(took, 0.5)), p95Ms: rounded(percentile(took, 0.95)) };
};

const measure = async (databaseUrl: string, task: Task) => {
  const db = openDatabase<TradeTables>(openPool({ url: databaseUrl, poolSize: 2 }));
  try {
    await migrateToLatest(db as never, MIGRATIONS);
    return await searchAll(db, await loadAsPublished(db, task.corpus), task);
  } finally {
    await db.destroy();
  }
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: Object.fromEntries(
      ['corpus', 'queries', 'out', 'pool'].map((name) => [name, { type: 'string' as const }]),
    ),
  });
  const { corpus, queries, out, pool } = values;
  if (!corpus || !queries || !out) throw new Error(USAGE);
  const task = {
    corpus: await recordsOf(corpus),
    queries: await recordsOf(queries),
    pool: await poolOf(pool),
  };
  const server = await serverOf();
  const name = `jishi_match_run_${randomUUID().slice(0, 8)}`;
  try {
    await administer(server.url, `create database ${name}`);
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    const { run, ...times } = await measure(url.toString(), task);
    await writeFile(out, `${run.join('\n')}\n`);
    const counts = { documents: task.corpus.length, queries: task.queries.length };
    console.log(JSON.stringify({ ...counts, ...times }));
  } finally {
    await administer(server.url, `drop database if exists ${name} with (force)`);
    await server.remove();
  }
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
