import { newId } from '@jishi/contracts/ids';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../all-migrations.ts';
import { appendBatch } from './append.ts';
import { appendOne } from './append-one.ts';
import { testCommand } from './testing.ts';

const UPGRADE = '2026-11-29-21-append';

test('a log filled before the upgrade keeps its rows, versions, answers and claims', async () => {
  const database = await createTestDatabase('append_upgrade');
  const pool = openPool({ url: database.url });
  const db = openDatabase<unknown>(pool);
  const before = Object.entries(MIGRATIONS).filter(([name]) => name < UPGRADE);
  await migrateToLatest(db, Object.fromEntries(before));
  const old = testCommand({ claims: [{ kind: 'evidence', key: newId() }] });
  const [event] = old.events;
  await pool.query(
    `select ledger_append($1, $2, $3, $4, '{0}', '{1}', '{1}', '{1}', $5, '{1}', $6, $7, $8,
       '{null}', '{null}', '{null}', '{1}', '{evidence}', $9)`,
    [
      ...[[old.org], [old.id], [old.hash], [old.stream], [event?.type], [event?.id]],
      ...[['{"kind":"service","service":"ledger"}'], [event?.data], [old.claims[0]?.key]],
    ],
  );
  const rows = 'select * from log where seq = 1';
  const { rows: kept } = await pool.query(rows);

  await migrateToLatest(db, MIGRATIONS);

  expect((await pool.query(rows)).rows).toStrictEqual(kept);
  expect(await appendBatch(pool, [old])).toStrictEqual([
    { outcome: 'replayed', firstSeq: 1, lastSeq: 1, version: 1 },
  ]);
  expect(await appendBatch(pool, [testCommand({ claims: old.claims })])).toStrictEqual([
    { outcome: 'claimed', kind: 'evidence' },
  ]);
  expect(await appendOne(pool, testCommand({ stream: old.stream }))).toBeNull();
  const next = testCommand({ stream: old.stream, expected: 1 });
  expect(await appendOne(pool, next)).toStrictEqual({
    ...{ outcome: 'ok', firstSeq: 2, lastSeq: 2, version: 2 },
  });
  await db.destroy();
  await database.drop();
});

test('a name that would break the envelope is refused by each function, whoever calls it', async () => {
  const database = await createTestDatabase('append_names');
  const pool = openPool({ url: database.url });
  const db = openDatabase<unknown>(pool);
  await migrateToLatest(db, MIGRATIONS);
  for (const stream of ['a"b', 'a\\b', 'a\nb', 'a\u0001b']) {
    await expect(appendBatch(pool, [testCommand({ stream })])).rejects.toThrow(
      'break the envelope',
    );
    await expect(appendOne(pool, testCommand({ stream }))).rejects.toThrow('break the envelope');
  }
  await db.destroy();
  await database.drop();
});
