import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FeedConsumerState } from '@jishi/runtime/feed-consumer';
import { silentLog } from '@jishi/runtime/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAppendQueue } from '../store/log/append-queue.ts';
import { createLogFollower } from '../store/log/follow.ts';
import { openTestLedger, testCommand } from '../store/log/testing.ts';
import { startLogConsumer } from './follow-log.ts';

const NEVER_MS = 600_000;
const WAIT = { timeout: 25_000, interval: 20 };

let ledger: Awaited<ReturnType<typeof openTestLedger>>;
let children: ChildProcess[] = [];

beforeEach(async () => {
  ledger = await openTestLedger('follow_log');
  await ledger.pool.query(`create table effect (
    place bigint generated always as identity, seq bigint not null, made_by text not null)`);
});

afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  children = [];
  await ledger.close();
});

const append = async (count: number): Promise<void> => {
  const queue = createAppendQueue(ledger.other);
  for (let i = 0; i < count; i++) await queue.append(testCommand());
  await queue.close();
};

const start = async (name: string, options: Record<string, number>): Promise<ChildProcess> => {
  const main = fileURLToPath(new URL('../testing/consumer-process.ts', import.meta.url));
  const given = Object.entries(options).map(([key, value]) => [key, `${value}`]);
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...{ PATH: process.env.PATH, DATABASE_URL: ledger.url, CONSUMER: name },
      ...Object.fromEntries(given),
    },
  });
  children.push(child);
  await once(child, 'message');
  return child;
};

const effects = async (): Promise<{ seq: number; made_by: string }[]> => {
  const { rows } = await ledger.pool.query('select seq, made_by from effect order by place');
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
};
const sequences = async () => (await effects()).map(({ seq }) => seq);
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

const stateOf = async (child: ChildProcess): Promise<FeedConsumerState> => {
  const told = once(child, 'message');
  child.send('state');
  const [{ state }] = (await told) as [{ state: FeedConsumerState }];
  return state;
};

/** Whether a session of this name waits for the row that another holds. */
const waitsForRow = async (name: string): Promise<boolean> => {
  const { rows } = await ledger.pool.query(
    `select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`,
    [name],
  );
  return rows.length > 0;
};

test('killed inside its transaction: the other goes on, with no limit of time to wait for', async () => {
  const first = await start('first', { IDLE_MS: NEVER_MS, PAUSE_AT: 1 });
  const paused = once(first, 'message');
  await append(3);
  await paused;
  const second = await start('second', { IDLE_MS: NEVER_MS });
  await expect.poll(() => waitsForRow('second'), WAIT).toBe(true);
  expect(await sequences()).toStrictEqual([]);
  first.kill('SIGKILL');
  await append(2);
  await expect.poll(sequences, WAIT).toStrictEqual(upTo(5));
  expect(new Set((await effects()).map(({ made_by }) => made_by))).toStrictEqual(
    new Set(['second']),
  );
  expect(await stateOf(second)).toMatchObject({ cursor: 5, failuresInARow: 0, lastError: null });
});

test('stopped inside its transaction: its session is ended, and awake again it is fenced', async () => {
  const first = await start('first', { IDLE_MS: 1_000, PAUSE_AT: 2 });
  const paused = once(first, 'message');
  await append(3);
  await paused;
  first.kill('SIGSTOP');
  const before = await sequences();
  await start('second', { IDLE_MS: NEVER_MS });
  await expect.poll(sequences, WAIT).toStrictEqual(upTo(3));
  first.kill('SIGCONT');
  first.send('go on');
  await expect.poll(async () => (await stateOf(first)).cursor, WAIT).toBe(3);
  await append(2);
  await expect.poll(sequences, WAIT).toStrictEqual(upTo(5));
  const later = (await effects()).slice(before.length, 3);
  expect(later.map(({ made_by }) => made_by)).toStrictEqual(later.map(() => 'second'));
  expect(await stateOf(first)).toMatchObject({ status: 'running', lastError: null });
});

test('two at once while the log grows: every effect once, in order, and no failure in either', async () => {
  const both = [
    await start('first', { IDLE_MS: NEVER_MS }),
    await start('second', { IDLE_MS: NEVER_MS }),
  ];
  await Promise.all([append(60), append(60)]);
  await expect.poll(async () => (await effects()).length, WAIT).toBe(120);
  expect(await sequences()).toStrictEqual(upTo(120));
  for (const child of both) {
    await expect.poll(async () => (await stateOf(child)).cursor, WAIT).toBe(120);
    expect(await stateOf(child)).toMatchObject({ failuresInARow: 0, lastError: null });
  }
});

const follow = () => {
  const follower = createLogFollower(ledger.pool);
  const seen: number[] = [];
  const consumer = startLogConsumer({
    ...{ name: 'effects', db: ledger.db, follower, log: silentLog },
    apply: async (_, items) => {
      seen.push(...items.map(({ seq }) => seq));
      return undefined;
    },
  });
  const stop = async (): Promise<void> => {
    await consumer.stop();
    await follower.stop();
  };
  return { consumer, seen, stop };
};

const setCursor = (seq: number) =>
  ledger.pool.query(
    `insert into consumer_cursor (name, seq) values ('effects', $1)
     on conflict (name) do update set seq = excluded.seq`,
    [seq],
  );

test('a cursor beyond the head stops by name and touches nothing; at the head it goes on', async () => {
  await append(2);
  await setCursor(3);
  const { consumer, seen, stop } = follow();
  await expect.poll(() => consumer.state().status).toBe('broken');
  expect(consumer.state()).toMatchObject({
    reason: 'feed-behind-cursor',
    lastError: 'cursor effects is at 3, the log at 2',
  });
  await append(3);
  await stop();
  const { rows } = await ledger.pool.query('select seq from consumer_cursor');
  expect([seen, rows]).toStrictEqual([[], [{ seq: 3n }]]);

  const again = follow();
  await expect.poll(() => again.consumer.state().cursor).toBe(5);
  await again.stop();
  expect(again.seen).toStrictEqual([4, 5]);
});

test('an event missing from the log stops it by name, at the last cursor before the gap', async () => {
  await append(4);
  await ledger.pool.query('delete from log where seq = 3');
  await setCursor(1);
  const { consumer, seen, stop } = follow();
  await expect.poll(() => consumer.state().reason).toBe('feed-gap');
  expect([consumer.state().lastError, seen]).toStrictEqual(['expected sequence 3, got 4', []]);
  await stop();
});
