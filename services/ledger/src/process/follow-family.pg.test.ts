import { silentLog } from '@jishi/runtime/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyFactOf } from '../domain/index/family/facts.ts';
import { applyToFamily } from '../domain/index/family/family.ts';
import { emptyFamily, type Family } from '../domain/index/family/family-state.ts';
import { valueLines, valuesHead } from '../domain/index/family/value-lines.ts';
import { BASE_YEAR, openTestIndex, type TestIndex } from '../http/live-testing.ts';
import { createLogFollower, readLog } from '../store/log/follow.ts';
import { type FamilyFollower, startFamilyFollower } from './follow-family.ts';

let ledger: TestIndex;
let family: FamilyFollower;
const start = (): FamilyFollower => {
  const follower = createLogFollower(ledger.pool);
  const started = startFamilyFollower({ pool: ledger.pool, follower, log: silentLog });
  const stop = async (): Promise<void> => {
    await started.stop();
    await follower.stop();
  };
  return { ...started, stop };
};

const FEBRUARY = { registeredOn: '2026-02-03', recordedAt: '2026-02-03T04:00:00.000Z' };

beforeAll(async () => {
  ledger = await openTestIndex('follow_family');
  family = start();
  await ledger.register(BASE_YEAR);
  await ledger.register(Array.from({ length: 20 }, (_, i) => ({ ...FEBRUARY, sellerId: `s${i}` })));
});
afterAll(async () => {
  await family.stop();
  await ledger.end();
});

const sha256 = (text: string): string => `${text.length}`;
const said = (of: Family) => [valuesHead(of, sha256), valueLines(of, '2025-01', '2026-03')];

const foldUpTo = async (seq: number): Promise<Family> => {
  const folded = emptyFamily(family.method);
  for (const item of await readLog(ledger.db, 0, seq)) applyToFamily(folded, familyFactOf(item));
  return folded;
};

const headSeq = async (): Promise<number> => (await ledger.index.logHead()).seq;

test('what is followed is the fold of the log, and a restart finds the same', async () => {
  const head = await headSeq();
  await family.waitFor(head);
  const lines = valueLines(family.latest(), '2026-02', '2026-02');
  expect(lines.find(({ series }) => series === 'city')?.value).toMatch(/^\d+\.\d\d$/);
  expect(said(family.latest())).toStrictEqual(said(await foldUpTo(head)));
  const restarted = start();
  await restarted.waitFor(head);
  expect(said(restarted.latest())).toStrictEqual(said(family.latest()));
  await restarted.stop();
});

test('as of an earlier sequence it is the fold up to there; beyond the head it is refused', async () => {
  const head = await headSeq();
  for (const seq of [1, 17, head - 10, head]) {
    const then = await family.familyAt(seq);
    expect(then.market.seq).toBe(seq);
    expect(said(then)).toStrictEqual(said(await foldUpTo(seq)));
  }
  expect(await family.familyAt(17)).toBe(await family.familyAt(17));
  await expect(family.familyAt(head + 1)).rejects.toThrow('as-of-beyond-head');
});

test('it tells which cells moved since a sequence, and which contracts moved them', async () => {
  const before = await headSeq();
  const seq = await ledger.register([{ ...FEBRUARY, sellerId: 'new', sellerDistrict: 'taicang' }]);
  await family.waitFor(seq);
  const touched = family.touchedSince(before);
  expect(touched).toMatchObject({ upTo: seq, contractSeqs: [seq] });
  expect([...(touched.cells ?? [])]).toEqual(expect.arrayContaining(['city', 'district:taicang']));
  expect([...(touched.cells ?? [])]).not.toContain('district:changshu');
  expect(family.touchedSince(seq).cells?.size).toBe(0);
  // From the beginning of the log: the base was linked meanwhile, and everything moved.
  expect(family.touchedSince(0).cells).toBeNull();
});

test('who waits for a sequence that does not come is refused, and the follower goes on', async () => {
  const head = await headSeq();
  await expect(family.waitFor(head + 1)).rejects.toThrow('not-caught-up');
  const seq = await ledger.register([{ ...FEBRUARY, sellerId: 'late' }]);
  await family.waitFor(seq);
  expect(family.consumer()).toMatchObject({ status: 'running', cursor: seq });
});
