import { afterAll, beforeAll, expect, test } from 'vitest';
import { factOf } from '../domain/index/registered-contract.ts';
import { EMPTY_STATE, evolve, type IndexState } from '../domain/index/state.ts';
import { BASE_YEAR, openTestIndex, type TestIndex } from '../http/live-testing.ts';
import { readLog } from '../store/log/follow.ts';

let ledger: TestIndex;
beforeAll(async () => {
  ledger = await openTestIndex('project_index');
  await ledger.register(BASE_YEAR);
  await ledger.otherEvent('2026-01-02T00:00:00.000Z');
});
afterAll(() => ledger.end());

/** Standing is left out where a state comes from a checkpoint; nothing published reads it. */
const comparable = ({ standing: _, ...state }: IndexState) => state;

const batchUpTo = async (seq: number): Promise<IndexState> =>
  (await readLog(ledger.db, 0, 10_000))
    .slice(0, seq)
    .map(factOf)
    .reduce((state, fact) => evolve(state, fact, ledger.index.method.parameters), EMPTY_STATE);

test('the projected state is the fold of the log, and a restart finds the same', async () => {
  const head = (await ledger.index.logHead()).seq;
  expect(head).toBe(74);
  const expected = await batchUpTo(head);
  expect(ledger.index.latest()).toStrictEqual(expected);
  const restarted = ledger.startAnother();
  await restarted.waitFor(head);
  expect(restarted.latest()).toStrictEqual(expected);
  expect(restarted.published().seq).toBe(ledger.index.published().seq);
  await restarted.stop();
});

test('as of any sequence the state is the fold up to there', async () => {
  for (const seq of [1, 2, 17, 73, 74]) {
    const state = await ledger.index.stateAt(seq);
    expect(comparable(state)).toStrictEqual(comparable(await batchUpTo(seq)));
  }
  await expect(ledger.index.stateAt(75)).rejects.toThrow('as-of-beyond-head');
});

test('public steps are kept: every full crowd that another one of its month has followed', async () => {
  const rows = await ledger.pool.query('select seq from index_step order by seq');
  expect(rows.rows.map((row) => Number(row.seq))).toEqual(
    Array.from({ length: 12 }, (_, i) => 4 + 6 * i),
  );
  expect(await ledger.index.isPublicStep(4)).toBe(true);
  expect(await ledger.index.isPublicStep(7)).toBe(false);
});

test('a public state of the past, folded again, shows what it showed', async () => {
  const shown = ledger.index.published();
  const fresh = await batchUpTo(shown.seq);
  expect(fresh.held?.state).toStrictEqual(shown);
  const { held, standing, ...rest } = fresh;
  expect({ ...rest, held: null, standing: shown.standing }).toStrictEqual(shown);
});

test('two projectors over one log: every contract once, both come to the head', async () => {
  const other = ledger.startAnother();
  await other.waitFor(74);
  const day = { registeredOn: '2026-02-03', recordedAt: '2026-02-03T04:00:00.000Z' };
  let last = 0;
  for (let i = 0; i < 10; i++) last = await ledger.register([{ ...day, sellerId: `x${i}` }]);
  await other.waitFor(last);
  expect(other.latest()).toStrictEqual(ledger.index.latest());
  const rows = await ledger.pool.query('select count(*)::int as n from index_contract');
  expect(rows.rows[0].n).toBe(82);
  expect(other.consumer().status).toBe('running');
  await other.stop();
});

test('more contracts than a checkpoint: as-of reads begin at a checkpoint, and stay exact', async () => {
  const day = { registeredOn: '2026-03-03', recordedAt: '2026-03-03T04:00:00.000Z' };
  const many = Array.from({ length: 1_500 }, (_, i) => ({ ...day, sellerId: `y${i % 50}` }));
  const last = await ledger.register(many);
  for (const seq of [last - 1_400, last - 700, last - 1]) {
    const state = await ledger.index.stateAt(seq);
    expect(comparable(state)).toStrictEqual(comparable(await batchUpTo(seq)));
  }
});
