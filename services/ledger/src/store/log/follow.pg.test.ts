import type { Socket } from 'node:net';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../all-migrations.ts';
import { createLogFollower } from './follow.ts';

test('a follower wakes at a notice, long before its poll', async () => {
  const database = await createTestDatabase('follow');
  const pool = openPool({ url: database.url });
  try {
    await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
    const follower = createLogFollower(pool);
    const { signal } = new AbortController();
    await follower.waitForMore(signal);
    await pool.query("select pg_notify('ledger_log', '')");
    const started = performance.now();
    await follower.waitForMore(signal);
    expect(performance.now() - started).toBeLessThan(900);
    await follower.stop();
  } finally {
    await pool.end();
    await database.drop();
  }
});

test('a connection lost while it begins to listen is renewed once, not twice', async () => {
  const database = await createTestDatabase('follow_lost');
  const pool = openPool({ url: database.url });
  let connections = 0;
  const losing = {
    connect: async () => {
      const client = await pool.connect();
      connections += 1;
      if (connections > 1) return client;
      // The connection breaks in the middle of its first statement: a failed query AND an event.
      const query = client.query.bind(client) as (text: string) => Promise<unknown>;
      const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
      const lose = (): Promise<unknown> => {
        const lost = query('select pg_sleep(60)');
        stream.destroy(new Error('reset'));
        return lost;
      };
      return Object.assign(client, { query: lose });
    },
  };
  try {
    const follower = createLogFollower(losing);
    await expect.poll(() => connections, { timeout: 3_000 }).toBeGreaterThan(1);
    await pool.query('select pg_sleep(0.2)');
    expect(connections).toBe(2);
    await follower.stop();
  } finally {
    await pool.end();
    await database.drop();
  }
});
