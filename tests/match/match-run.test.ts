import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = process.env.TEST_DATABASE_URL ?? '';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jishi-match-'));
  const lines = (records: readonly object[]) => records.map((r) => JSON.stringify(r)).join('\n');
  await writeFile(
    join(folder, 'corpus.jsonl'),
    lines([
      { _id: 'battery', title: '', text: '石墨 锂离子 电池' },
      { _id: 'water', title: '工业废水处理', text: '微电解填料' },
      { _id: 'light', text: '光伏路灯' },
    ]),
  );
  await writeFile(
    join(folder, 'queries.jsonl'),
    lines([{ _id: 'q1', title: '防爆锂离子电池', text: '废水' }]),
  );
  await writeFile(join(folder, 'pool.tsv'), 'query-id\tcorpus-id\nq1\tlight\nq1\tbattery\n');
});
afterAll(() => rm(folder, { recursive: true }));

const matchRun = (...more: string[]) =>
  promisify(execFile)(
    process.execPath,
    [
      ...['--import', 'tsx', 'tests/match/main.ts', '--corpus', join(folder, 'corpus.jsonl')],
      ...['--queries', join(folder, 'queries.jsonl'), '--out', join(folder, 'out.run'), ...more],
    ],
    { cwd: root, env: { ...process.env, DATABASE_URL: server } },
  );

const ranked = async (): Promise<string[]> =>
  (await readFile(join(folder, 'out.run'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(' ').slice(0, 4).join(' '));

test('a run lists what was found, best first, and says one line of JSON', async () => {
  const { stdout } = await matchRun();
  expect(await ranked()).toStrictEqual(['q1 Q0 battery 1', 'q1 Q0 water 2']);
  expect(JSON.parse(stdout)).toMatchObject({ documents: 3, queries: 1 });
});

test('with a pool every candidate is ranked and nothing else', async () => {
  await matchRun('--pool', join(folder, 'pool.tsv'));
  expect(await ranked()).toStrictEqual(['q1 Q0 battery 1', 'q1 Q0 light 2']);
});

test('the scratch database is gone afterwards; a wrong call says how to call', async () => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const { rows } = await client.query(
    `select datname from pg_database where datname like 'jishi_match_run_%'`,
  );
  await client.end();
  expect(rows).toStrictEqual([]);
  const without = promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'tests/match/main.ts'],
    {
      cwd: root,
    },
  );
  await expect(without).rejects.toMatchObject({ stderr: expect.stringContaining('usage:') });
});
