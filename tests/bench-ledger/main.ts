import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { openPool } from '@jishi/runtime/database';
import { startThrowAwayServer } from '@jishi/standalone/postgres/throw-away';
import { serveRival, startRival } from './children.ts';
import { FULL, QUICK, runBench } from './plan.ts';
import type { RivalName } from './rival.ts';

const HELP = `pnpm -s bench:ledger [--quick]
在同一台自启的 PostgreSQL(fsync 开)上并排测量账本与对手;进度写到 stderr,最后一行是 JSON(每秒次数)。
Measures the ledger beside its rivals on one PostgreSQL of its own, with fsync, in the temporary
folder (TMPDIR); progress goes to stderr, the last line is JSON, rates per second.
`;

const TMPFS = 0x01021994;
/** PostgreSQL's own defaults, said aloud: what is acknowledged is on the disk. */
const SETTINGS = {
  ...{ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', max_connections: '200' },
};

const say = (line: string): void => console.error(line);

const bench = async (quick: boolean): Promise<void> => {
  if ((await statfs(tmpdir())).type === TMPFS) {
    throw new Error('临时目录不在磁盘上 · TMPDIR is not on a disk: fsync would cost nothing');
  }
  const server = await startThrowAwayServer({ settings: SETTINGS });
  const admin = openPool({ url: server.url, poolSize: 1 });
  let databases = 0;
  const open = async (name: RivalName) => {
    databases += 1;
    const database = `bench_${databases}`;
    await admin.query(`create database ${database}`);
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    return startRival(name, url.toString());
  };
  try {
    const started = performance.now();
    const results = await runBench({ plan: quick ? QUICK : FULL, open, say });
    say(`${((performance.now() - started) / 1_000).toFixed(0)} s`);
    console.log(JSON.stringify(results));
  } finally {
    await admin.end();
    await server.remove();
  }
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    // Of the processes that it starts itself.
    rival: { type: 'string' },
    url: { type: 'string' },
  },
});
if (values.help) process.stdout.write(HELP);
else if (values.rival && values.url) await serveRival(values.rival as RivalName, values.url);
else await bench(values.quick);
