import { createHash } from 'node:crypto';
import { businessDay } from '@jishi/contracts/time';
import { factOf } from '@jishi/ledger/domain/index/registered-contract';
import { EMPTY_STATE, evolve } from '@jishi/ledger/domain/index/state';
import { openLog } from '@jishi/ledger/process/open-log';
import { startIndexProjector } from '@jishi/ledger/process/project-index';
import { MIGRATIONS } from '@jishi/ledger/store/all-migrations';
import type { LedgerTables } from '@jishi/ledger/store/database';
import { createAppendQueue } from '@jishi/ledger/store/log/append-queue';
import { createLogFollower } from '@jishi/ledger/store/log/follow';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { createTestDatabase, type TestDatabase } from '@jishi/runtime/testing/database';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Plan, playHistory } from './history.ts';
import { begunPlan, requireSyntheticLog, writeHistory } from './write.ts';

const plan: Plan = { seed: '7', months: 24, contracts: 500, until: '2026-11-20' };
let database: TestDatabase;
let pool: pg.Pool;

const openLedger = async (kind: 'synthetic' | 'real'): Promise<void> => {
  const queue = createAppendQueue(pool);
  const newSalt = (): Buffer => createHash('sha256').digest();
  const sources = { newId: () => crypto.randomUUID(), newSalt, now: () => null };
  await openLog({ db: openDatabase<LedgerTables>(pool), queue, sources }, kind);
  await queue.close();
};

const countEvents = async (): Promise<number> =>
  (await pool.query<{ n: number }>('select count(*)::int as n from log')).rows[0]?.n ?? 0;

beforeAll(async () => {
  database = await createTestDatabase('seed');
  pool = openPool({ url: database.url });
  await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test('a log that is not open is refused in one line, an opened synthetic one taken', async () => {
  await expect(requireSyntheticLog(pool)).rejects.toThrow('not open yet');
  await openLedger('synthetic');
  await requireSyntheticLog(pool);
  expect(await begunPlan(pool, plan)).toBeUndefined();
});

test('a real log is refused', async () => {
  const real = await createTestDatabase('seed_real');
  const kept = pool;
  pool = openPool({ url: real.url });
  try {
    await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
    await openLedger('real');
    await expect(requireSyntheticLog(pool)).rejects.toThrow('the log is real');
  } finally {
    await pool.end();
    pool = kept;
    await real.drop();
  }
});

test('written, its times are those of the simulated clock; the projector folds the same', async () => {
  const written = await writeHistory(pool, plan, () => {});
  expect(written).toMatchObject({ contracts: 500, replayed: 0 });
  expect(await begunPlan(pool, plan)).toStrictEqual(plan);
  expect(await begunPlan(pool, { ...plan, contracts: 50 })).toBeUndefined();
  const { rows } = await pool.query<{ seq: bigint; envelope: string; recorded_at: string }>(
    'select seq, envelope, recorded_at from log order by seq',
  );
  expect(rows).toHaveLength(written.events + 1);
  expect(businessDay(rows.at(-1)?.recorded_at ?? '')).toBe('2026-11-20');
  expect((rows[1]?.recorded_at ?? '') < '2024-12-01').toBe(true);

  const follower = createLogFollower(pool);
  const index = startIndexProjector({ pool, follower, log: silentLog });
  await index.waitFor(rows.length);
  let state = EMPTY_STATE;
  let seq = 1;
  for (const event of playHistory(plan, new Map())) {
    seq += 1;
    const envelope = {
      type: event.type,
      recordedAt: event.recordedAt,
      data: JSON.parse(event.data),
    };
    const given = { seq, envelope, privateText: event.private?.body ?? null } as never;
    state = evolve(state, factOf(given), index.method.parameters);
  }
  const { cells, days, fields, stepSeq, seq: last, recordedAt } = index.latest();
  expect({ cells, days, fields, stepSeq, seq: last, recordedAt }).toStrictEqual({
    cells: state.cells,
    days: state.days,
    fields: state.fields,
    stepSeq: state.stepSeq,
    seq: state.seq,
    recordedAt: state.recordedAt,
  });
  await index.stop();
  await follower.stop();
});

test('written again, nothing is doubled; after a cut, the rest is written', async () => {
  const before = await countEvents();
  const again = await writeHistory(pool, plan, () => {});
  expect(again.replayed).toBe(again.events);
  expect(await countEvents()).toBe(before);

  const other = { ...plan, seed: '8' };
  let batches = 0;
  const cut = writeHistory(pool, other, () => {
    batches += 1;
    if (batches === 1) throw new Error('cut');
  });
  await expect(cut).rejects.toThrow('cut');
  const rest = await writeHistory(pool, other, () => {});
  expect(rest.replayed).toBe(2_000);
  expect(await countEvents()).toBe(before + rest.events);
  const numbers = await pool.query<{ n: number }>(
    "select count(*)::int as n from claim where kind = 'registration-number'",
  );
  expect(numbers.rows[0]?.n).toBe(1_000);
});
