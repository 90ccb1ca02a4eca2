import { expect, test } from 'vitest';
import { createIndexHistory } from '../../store/index/history.ts';
import { RULE_IN_FORCE } from '../../testing/step-rule.ts';
import type { IndexFact, RegisteredContract } from './registered-contract.ts';
import { publishedGauge } from './snapshot.ts';
import { aggregatesFor, type IndexState } from './state.ts';
import { isCrowdEnough } from './tally.ts';
import { contractAt, factAt } from './testing-contracts.ts';

/** What the public may see of changes: never one contract, and never before a public step. */

const parameters = RULE_IN_FORCE;
const method = { parameters, parameterHash: '0'.repeat(64), targets: [] };
const head = { seq: 0, recordedAt: null, kind: 'synthetic' } as const;

const left = (seq: number, of: number): IndexFact => ({
  ...{ seq, recordedAt: '2026-04-01T04:00:00.000Z', opened: null, registered: null },
  changed: { contractId: contractAt(of).contractId, after: null },
});
const registered = (from: number, to: number, given: Partial<RegisteredContract> = {}) =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    factAt(from + i, { registeredOn: '2026-04-01', ...given }),
  );
/** March: seven contracts, of seven sellers and buyers, two of them in another district. */
const MARCH = [
  ...registered(1, 5, { registeredOn: '2026-03-02' }),
  ...registered(6, 7, { registeredOn: '2026-03-03', sellerDistrict: 'gusu' }),
];

const publicAfter = (facts: readonly IndexFact[]): IndexState => {
  const history = createIndexHistory(parameters);
  history.accept(history.fold(facts));
  return history.published();
};
const march = (state: IndexState, cell: 'city' | 'district:sip' | 'district:gusu' = 'city') =>
  aggregatesFor(state, 'public').cells.get(cell)?.get('2026-03');
const yearOf = (state: IndexState) =>
  publishedGauge(state, head, 'public', method, '2026-04-01', 2026).contractCount;

test('two changes of a month wait, whatever steps follow; the third shows all three', () => {
  const two = [...MARCH, left(8, 1), left(9, 2), ...registered(10, 15)];
  expect(march(publicAfter(two))?.contracts).toBe(7);
  const three = [...MARCH, left(8, 1), left(9, 2), left(10, 3), ...registered(11, 16)];
  expect(march(publicAfter(three))?.contracts).toBe(4);
  expect([yearOf(publicAfter(two)), yearOf(publicAfter(three))]).toEqual([10, 7]);
});

test('three changes of two sellers are no crowd', () => {
  const [first, second, ...others] = MARCH;
  if (!first || !second) throw new Error('unreachable');
  const sellerId = 'one seller';
  const same = [factAt(1, { sellerId }), factAt(2, { sellerId })];
  const three = [...same, ...others, left(8, 1), left(9, 2), left(10, 3), ...registered(11, 16)];
  expect(march(publicAfter(three))?.contracts).toBe(7);
});

test('changes are shown with a public step, not before', () => {
  const facts = [...MARCH, left(8, 1), left(9, 2), left(10, 3), ...registered(11, 15)];
  expect(march(publicAfter(facts))?.contracts).not.toBe(4);
  const step = [...facts, ...registered(16, 16)];
  expect(march(publicAfter(step))?.contracts).toBe(4);
});

test('where a district moved by less than a crowd, every district that moved is withheld', () => {
  const facts = [...MARCH, left(8, 1), left(9, 2), left(10, 3), left(11, 6)];
  const shown = publicAfter([
    ...MARCH,
    ...[left(8, 6), left(9, 1), left(10, 2), ...registered(11, 16)],
  ]);
  for (const cell of ['district:sip', 'district:gusu'] as const) {
    const tally = march(shown, cell);
    if (!tally) throw new Error(`no ${cell}`);
    expect(tally.crowd.contracts).toBeGreaterThan(0);
    expect(isCrowdEnough(tally.crowd, parameters.disclosure)).toBe(false);
  }
  expect(march(shown)?.contracts).toBe(4);
  // Three of one district and then one of another: the one waits for two more.
  expect(march(publicAfter([...facts, ...registered(12, 17)]))?.contracts).toBe(4);
});

test('an exact view does not wait', () => {
  const history = createIndexHistory(parameters);
  history.accept(history.fold([...MARCH, left(8, 1)]));
  const { cells } = aggregatesFor(history.latest(), 'exact');
  expect(cells.get('city')?.get('2026-03')?.contracts).toBe(6);
});

test('a contract that left is gone from the feed of the next step', () => {
  const facts = [...MARCH, ...registered(8, 9), left(10, 8), ...registered(11, 16)];
  const ids = publicAfter(facts).recent.map(({ seq }) => seq);
  expect(ids).not.toContain(8);
  expect(ids).toContain(9);
});
