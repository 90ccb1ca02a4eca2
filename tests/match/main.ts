import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Id, newId } from '@jishi/contracts/ids';
import { INDEX_BATCH_MAX, indexDocuments } from '@jishi/market/store/matching/documents';
import { search } from '@jishi/market/store/matching/search';
import { MIGRATIONS } from '@jishi/market/store/migrations/all';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { startThrowAwayServer } from '@jishi/standalone/postgres/throw-away';
import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';

/**
 * Measures the market's own search over records of any collection: loads the corpus as published
 * listings into a scratch database, searches each query, writes a run file in TREC form
 * (`query Q0 document rank score tag`) and prints one JSON line. The database is dropped after.
 */
const USAGE =
  'usage: match:run --corpus FILE --queries FILE --out RUN [--pool FILE]\n' +
  '  corpus, queries: JSON lines {"_id","title"?,"text"?}; pool: TSV query-id, corpus-id\n' +
  '  DATABASE_URL names the server; without it one is started for the run';

const Line = z.object({
  _id: z.string().regex(/^\S+$/),
  title: z.string().default(''),
  text: z.string().default(''),
});
type Line = z.infer<typeof Line>;

const TOP = 100;
const TAG = 'jishi';

const linesOf = async function* (file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    if (line.trim() !== '') yield line;
  }
};

const recordsOf = async (file: string): Promise<Line[]> => {
  const records: Line[] = [];
  for await (const line of linesOf(file)) records.push(Line.parse(JSON.parse(line)));
  return records;
};

/** Candidates by query; the first line is the heading. */
const poolOf = async (file: string | undefined): Promise<Map<string, string[]> | undefined> => {
  if (file === undefined) return undefined;
  const pool = new Map<string, string[]>();
  for await (const line of linesOf(file)) {
    const [query = '', document = ''] = line.trim().split('\t');
    pool.set(query, [...(pool.get(query) ?? []), document]);
  }
  return pool;
};

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

const load = async (db: ReturnType<typeof openDatabase>, corpus: readonly Line[]) => {
  const names = new Map<Id, string>();
  for (let at = 0; at < corpus.length; at += INDEX_BATCH_MAX) {
    const batch = corpus.slice(at, at + INDEX_BATCH_MAX).map((line) => {
      const id = newId();
      names.set(id, line._id);
      return { id, text: line };
    });
    await db.transaction().execute((trx) => indexDocuments(trx, 'listing', batch));
  }
  await sql`vacuum analyze`.execute(db);
  return names;
};

const measure = async (databaseUrl: string, { corpus, queries, pool }: Task) => {
  const connections = openPool({ url: databaseUrl, poolSize: 2 });
  const db = openDatabase(connections);
  try {
    await migrateToLatest(db as never, MIGRATIONS);
    const names = await load(db, corpus);
    const ids = new Map([...names].map(([id, name]) => [name, id]));
    const run: string[] = [];
    const took: number[] = [];
    for (const query of queries) {
      const candidates = pool?.get(query._id)?.flatMap((name) => ids.get(name) ?? []);
      const startedMs = performance.now();
      const found = await search(db, {
        kind: 'listing',
        by: query,
        limit: candidates?.length ?? TOP,
        ...(candidates ? { among: candidates } : {}),
      });
      took.push(performance.now() - startedMs);
      for (const [i, { id, score }] of found.entries()) {
        run.push(`${query._id} Q0 ${names.get(id)} ${i + 1} ${score} ${TAG}`);
      }
    }
    took.sort((a, b) => a - b);
    return { run, p50Ms: rounded(percentile(took, 0.5)), p95Ms: rounded(percentile(took, 0.95)) };
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
