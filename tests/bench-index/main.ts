import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPool } from '@jishi/runtime/database';
import { startThrowAwayServer } from '@jishi/standalone/postgres/throw-away';
import { answerParent, startChild } from './children.ts';
import type { ContestantName, Ground } from './contestant.ts';
import { FULL, QUICK, runBench } from './plan.ts';

const HELP = `pnpm -s bench:index [--quick]
测量指数族的计算:内存折叠、由导出文件和由数据库全部重算、每多一事件的代价、推送延迟;旁边是裸循环、SQL、DuckDB。
进度写到 stderr,最后一行是 JSON(每秒事件数、微秒、毫秒)。
Measures the computing of the index family beside a bare loop, SQL and DuckDB; progress goes to
stderr, the last line is JSON: events per second, microseconds and milliseconds.
`;

/** What is acknowledged is on the disk, and the server keeps when each commit was. */
const SETTINGS = {
  ...{ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', max_connections: '200' },
  track_commit_timestamp: 'on',
};

const say = (line: string): void => console.error(line);

const bench = async (quick: boolean): Promise<void> => {
  const plan = quick ? QUICK : FULL;
  const { exportMarket, writeMarket } = await import('./market.ts');
  const server = await startThrowAwayServer({ settings: SETTINGS });
  const pool = openPool({ url: server.url, poolSize: 2 });
  const file = join(server.folder, 'market.ndjson');
  try {
    const started = performance.now();
    const events = await writeMarket(pool, plan.contracts);
    await exportMarket(pool, file);
    say(`${plan.contracts} contracts, ${events} events`);
    const ground: Ground = { file, url: server.url, events };
    const start = (role: string) => startChild(role, ground);
    const results = await runBench({ plan, ground, start, say });
    say(`${((performance.now() - started) / 1_000).toFixed(0)} s`);
    console.log(JSON.stringify(results));
  } finally {
    await pool.end();
    await rm(file, { force: true });
    await server.remove();
  }
};

/** What a process does that the bench starts itself. */
const playRole = async (role: string, ground: Ground): Promise<void> => {
  if (role === 'growth') {
    const { measureGrowth } = await import('./growth.ts');
    return answerParent(async (task) => measureGrowth(task as Parameters<typeof measureGrowth>[0]));
  }
  if (role === 'latency') {
    const { measureLatency } = await import('./page-latency.ts');
    type Task = Parameters<typeof measureLatency>[1];
    return answerParent((task) => measureLatency(ground, task as Task));
  }
  if (role === 'ledger') {
    const { startLedger } = await import('./ledger-process.ts');
    const doorFor = await startLedger(ground);
    return answerParent((sellers) => doorFor(Number(sellers)));
  }
  const { playContestant } = await import('./contestants.ts');
  return answerParent(await playContestant(role as ContestantName, ground));
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    // Of the processes that it starts itself.
    role: { type: 'string' },
    ground: { type: 'string' },
  },
});
if (values.help) process.stdout.write(HELP);
else if (values.role && values.ground) await playRole(values.role, JSON.parse(values.ground));
else await bench(values.quick);
