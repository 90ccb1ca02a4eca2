import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../all-migrations.ts';
import { createLogFollower, loadCursor, moveCursor } from './follow.ts';
import type { LogTables } from './tables.ts';

test('a follower wakes, a cursor moves once', async () => {
  const database = await createTestDatabase('follow');
  const pool = openPool({ url: database.url });
  const db = openDatabase<LogTables>(pool);
  try {
    await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
    const follower = createLogFollower(pool);
    const { signal } = new AbortController();
    await follower.waitForMore(signal);
    await pool.query("select pg_notify('ledger_log', '')");
    const started = performance.now();
    await follower.waitForMore(signal);
    expect(performance.now() - started).toBeLessThan(900);

    await db.transaction().execute((trx) => moveCursor(trx, 'a', 0, 5));
    const again = db.transaction().execute((trx) => moveCursor(trx, 'a', 0, 5));
    await expect(again).rejects.toThrow('cursor a is at 5, not at 0');
    expect(await loadCursor(db, 'a')).toBe(5);
    await follower.stop();
  } finally {
    await db.destroy();
    await database.drop();
  }
});
