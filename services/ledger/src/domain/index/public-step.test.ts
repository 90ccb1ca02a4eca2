import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIndexHistory } from '../../store/index/history.ts';
import { RULE_IN_FORCE } from '../../testing/step-rule.ts';
import type { RegisteredContract } from './registered-contract.ts';
import { publishedGauge } from './snapshot.ts';
import type { IndexState } from './state.ts';
import { factAt } from './testing-contracts.ts';

const parameters = RULE_IN_FORCE;
const method = { parameters, parameterHash: '0'.repeat(64), targets: [] };
const head = { seq: 0, recordedAt: null, kind: 'synthetic' } as const;

/** Every state that the public gets to see, in order. */
const publicStates = (contracts: readonly Partial<RegisteredContract>[]): IndexState[] => {
  const history = createIndexHistory(parameters);
  const seen: IndexState[] = [];
  contracts.forEach((contract, i) => {
    history.accept(history.fold([factAt(i + 1, contract)]));
    const shown = history.published();
    if (shown.seq > 0 && shown.seq !== seen.at(-1)?.seq) seen.push(shown);
  });
  return seen;
};
const gaugeOn = (state: IndexState, year: number) =>
  publishedGauge(state, head, 'public', method, state.recent[0]?.registeredOn ?? '', year);
const on = (registeredOn: string, given: Partial<RegisteredContract> = {}) => ({
  registeredOn,
  ...given,
});
const times = (count: number, contract: Partial<RegisteredContract>) =>
  Array.from({ length: count }, () => contract);

test('a crowd is public once the next three contracts of three sellers of its month are there', () => {
  const five = times(5, on('2026-03-02'));
  expect(publicStates(five)).toEqual([]);
  expect(publicStates([...five, on('2026-03-03')]).map((state) => state.seq)).toEqual([3]);
  const sameSeller = on('2026-03-03', { sellerId: 'seller-5' });
  expect(publicStates([...five, sameSeller])).toEqual([]);
  expect(publicStates([...five, on('2026-04-01')])).toEqual([]);
});

test('at the turn of the year the rest is shown with a crowd, not by itself', () => {
  const states = publicStates([
    ...times(7, on('2025-12-30')),
    on('2025-12-31', { contractValueFen: 123_456_789n }),
    ...times(6, on('2026-01-05')),
  ]);
  expect(states.map((state) => state.seq)).toEqual([3, 11]);
  expect(states.map((state) => gaugeOn(state, 2025).contractCount)).toEqual([3, 8]);
});

test('contracts that publish their value are no cover for the one that does not', () => {
  const open = on('2026-03-02', { publishedValueFen: 500_000_00n });
  const hidden = on('2026-03-02');
  expect(publicStates([open, open, hidden, ...times(3, hidden)])).toEqual([]);
  expect(publicStates([open, open, ...times(6, hidden)]).map((s) => s.seq)).toEqual([5]);
  expect(publicStates(times(9, open))).toEqual([]);
});

test('the mean does not tell what was registered on the day that leaves its window', () => {
  // On 5 January one contract alone; its day leaves the window of twenty with 3 February.
  const states = publicStates([
    ...times(3, on('2026-01-04')),
    on('2026-01-05', { contractValueFen: 987_654_321n }),
    ...times(5, on('2026-01-06')),
    ...times(6, on('2026-02-02')),
    ...times(3, on('2026-02-03')),
    ...times(3, on('2026-02-04')),
  ]);
  const totals = [0n, ...states.map((state) => BigInt(gaugeOn(state, 2026).contractValueFen))];
  const means = new Set(totals.flatMap((a) => totals.map((b) => `${(a - b) / 20n}`)));
  for (const state of states) {
    expect(means).toContain(gaugeOn(state, 2026).meanOfLast20WorkingDaysFen);
  }
});

const AnyContract = fc.record({
  registeredOn: fc.constantFrom(
    '2025-11-28',
    '2025-12-30',
    '2025-12-31',
    '2026-01-05',
    '2026-02-02',
  ),
  sellerId: fc.constantFrom('s1', 's2', 's3', 's4', 's5'),
  isOpen: fc.integer({ min: 0, max: 9 }).map((n) => n < 7),
});

/** A year that has begun with a crowd: two contracts in all of a first year hide nobody. */
const BEGUN = ['s1', 's2', 's3', 's1', 's2', 's3'].map((sellerId) => ({
  ...{ registeredOn: '2025-10-09', sellerId, isOpen: false },
}));

test('over any history: what a step adds to a year hides nobody, or three of three sellers', () => {
  fc.assert(
    fc.property(fc.array(AnyContract, { minLength: 30, maxLength: 120 }), (given) => {
      const contracts = [...BEGUN, ...given]
        .sort((a, b) => (a.registeredOn < b.registeredOn ? -1 : 1))
        .map(({ registeredOn, sellerId, isOpen }, i) => ({
          ...factAt(i + 1, { registeredOn, sellerId }).registered,
          publishedValueFen: isOpen ? 500_000_00n : null,
        }));
      let before = 0;
      for (const state of publicStates(contracts)) {
        for (const year of ['2025', '2026']) {
          const added = contracts
            .slice(before, state.seq)
            .filter((contract) => contract.registeredOn?.startsWith(year));
          const hidden = added.filter((contract) => contract.publishedValueFen === null);
          const sellers = new Set(hidden.map((contract) => contract.sellerId));
          expect(hidden.length === 0 || (hidden.length >= 3 && sellers.size >= 3)).toBe(true);
        }
        before = state.seq;
      }
    }),
    { numRuns: 200 },
  );
});
