import { DistrictCode, FieldCode } from '@jishi/contracts/codes';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIndexHistory } from '../../store/index/history.ts';
import { RULE_IN_FORCE } from '../../testing/step-rule.ts';
import type { AmendedContract, IndexFact, RegisteredContract } from './registered-contract.ts';
import { publishedGauge } from './snapshot.ts';
import { aggregatesFor, EMPTY_STATE, evolve, type IndexState } from './state.ts';
import { contractAt, factAt } from './testing-contracts.ts';

/** 变更, 注销 and 撤销 in index and gauge: always in the period of registration. */

const parameters = RULE_IN_FORCE;
const method = { parameters, parameterHash: '0'.repeat(64), targets: [] };
const head = { seq: 0, recordedAt: null, kind: 'synthetic' } as const;
const fold = (facts: readonly IndexFact[], from: IndexState = EMPTY_STATE): IndexState =>
  facts.reduce((state, fact) => evolve(state, fact, parameters), from);

const idAt = (seq: number): string => contractAt(seq).contractId;
const at = (seq: number) => ({ seq, recordedAt: '2026-06-01T04:00:00.000Z', opened: null });
const leftAt = (seq: number, of: number): IndexFact => ({
  ...at(seq),
  registered: null,
  changed: { contractId: idAt(of), after: null },
});
const amendedAt = (seq: number, of: number, given: Partial<AmendedContract>): IndexFact => {
  const { seq: _, recordedAt: __, registeredOn: ___, ...facts } = contractAt(of);
  return {
    ...at(seq),
    registered: null,
    changed: { contractId: idAt(of), after: { ...facts, ...given } },
  };
};

/** All sums, and how many parties each cell knows, as text. */
const figures = ({ cells, days, fields }: ReturnType<typeof aggregatesFor>) => [
  ...[...cells].flatMap(([cell, months]) =>
    [...months].map(
      ([month, { crowd, ...tally }]) =>
        `${cell} ${month} ${Object.values(tally).join('|')} ${crowd.contracts}/` +
        `${crowd.sellers.length}/${crowd.buyers.length}`,
    ),
  ),
  ...[...days.values()].flatMap((month) =>
    [...month].map(([day, tally]) => `${day} ${tally.contracts} ${tally.contractValueFen}`),
  ),
  ...[...fields].flatMap(([year, releases]) =>
    [...releases]
      .map(([code, { shownFen, waitingFen }]) => [code, shownFen + waitingFen] as const)
      .filter(([, sum]) => sum !== 0n)
      .map(([code, sum]) => `${year} ${code} ${sum}`),
  ),
];
const sorted = (state: IndexState, view: 'exact' | 'public' = 'exact') =>
  figures(aggregatesFor(state, view)).sort();

const gauge = (state: IndexState, view: 'exact' | 'public', year = 2026) =>
  publishedGauge(state, head, view, method, '2026-06-01', year);

test('a deregistered contract leaves the month in which it was registered, not the running one', () => {
  const june = factAt(2, { registeredOn: '2026-06-01' });
  const state = fold([factAt(1, { registeredOn: '2026-03-02' }), june, leftAt(3, 1)]);
  expect(state.cells.get('city')?.get('2026-03')).toBeUndefined();
  expect(state.cells.get('city')?.get('2026-06')?.contracts).toBe(1);
  expect(gauge(state, 'exact')).toMatchObject({ contractCount: 1, contractValueFen: '50000000' });
});

test('an amended value counts from its sequence on, in the month of registration', () => {
  const before = fold([factAt(1, { registeredOn: '2025-12-30' }), factAt(2)]);
  const after = fold([amendedAt(3, 1, { contractValueFen: 700_000_00n })], before);
  expect(gauge(before, 'exact', 2025).contractValueFen).toBe('50000000');
  expect(gauge(after, 'exact', 2025)).toMatchObject({
    ...{ contractCount: 1, contractValueFen: '70000000' },
  });
  expect(gauge(after, 'exact', 2026).contractValueFen).toBe('50000000');
});

test('amended to a related party, a contract leaves the index and stays in the gauge', () => {
  const state = fold([factAt(1), amendedAt(2, 1, { relatedParty: true })]);
  const tally = state.cells.get('city')?.get('2026-03');
  expect(tally).toMatchObject({ contracts: 1, crowd: { contracts: 0 } });
});

test('a revocation after a deregistration changes nothing more; an unknown amendment is a fault', () => {
  const once = fold([factAt(1), leftAt(2, 1)]);
  expect(fold([leftAt(3, 1)], once)).toStrictEqual({ ...once, seq: 3 });
  expect(() => fold([amendedAt(3, 1, {})], once)).toThrow('is not registered');
});

test('a corrected title moves no figure, and nothing waits', () => {
  const state = fold([factAt(1), amendedAt(2, 1, {})]);
  expect(state.shown).toBeNull();
});

const AnyContract = fc.record({
  registeredOn: fc.constantFrom('2025-12-30', '2026-01-05', '2026-01-31'),
  fieldCode: fc.constantFrom(...FieldCode.options.slice(0, 3)),
  sellerDistrict: fc.constantFrom(...DistrictCode.options.slice(0, 3)),
  relatedParty: fc.boolean(),
  contractValueFen: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  technologyValueFen: fc.bigInt({ min: 0n, max: 10n ** 11n }),
  sellerId: fc.constantFrom('s1', 's2', 's3', 's4'),
  buyerId: fc.constantFrom('b1', 'b2', 'b3', 'b4'),
});
type Given = typeof AnyContract extends fc.Arbitrary<infer T> ? T : never;
const AnyChange = fc.record({
  of: fc.nat(),
  to: fc.option(AnyContract.map(({ registeredOn: _, ...facts }) => facts)),
});

/** A history, and the contracts that stand at its end. */
const historyOf = (given: readonly Given[], changes: readonly { of: number; to: unknown }[]) => {
  const facts = given.map((contract, i) => factAt(i + 1, contract));
  const standing = new Map<number, RegisteredContract>(
    given.map((contract, i) => [i + 1, contractAt(i + 1, contract)]),
  );
  for (const { of, to } of changes) {
    const seq = (of % given.length) + 1;
    const before = standing.get(seq);
    if (!before) continue;
    const next = to as Partial<AmendedContract> | null;
    const when = facts.length + 1;
    if (next === null) {
      facts.push(leftAt(when, seq));
      standing.delete(seq);
    } else {
      const after = { ...before, ...next };
      const { seq: _, recordedAt: __, registeredOn: ___, ...rest } = after;
      facts.push(amendedAt(when, seq, rest));
      standing.set(seq, after);
    }
  }
  return { facts, standing: [...standing.values()].sort((a, b) => a.seq - b.seq) };
};

const Histories = fc
  .tuple(fc.array(AnyContract, { minLength: 1, maxLength: 25 }), fc.array(AnyChange))
  .map(([given, changes]) => historyOf(given, changes));

test('incremental = batch: after any changes the figures are those of the contracts that stand', () => {
  fc.assert(
    fc.property(Histories, ({ facts, standing }) => {
      const batch = fold(
        standing.map((registered) => ({ ...at(registered.seq), registered, changed: null })),
      );
      expect(sorted(fold(facts))).toEqual(sorted(batch));
    }),
    { numRuns: 150 },
  );
});

test('as-of: a state that somebody holds stays what it was; a fold from it, with what is kept, too', () => {
  fc.assert(
    fc.property(Histories, fc.nat(), ({ facts }, cut) => {
      const middle = cut % facts.length;
      const history = createIndexHistory(parameters);
      const first = history.fold(facts.slice(0, middle));
      history.accept(first);
      const was = sorted(first.state);
      const second = history.fold(facts.slice(middle));
      expect(sorted(first.state)).toEqual(was);
      // A checkpoint has no standing: the facts bring what their changes did.
      const checkpoint = { ...first.state, standing: EMPTY_STATE.standing };
      const again = second.facts
        .filter((fact) => fact.changed)
        .reduce((state, fact) => evolve(state, fact, parameters), {
          ...checkpoint,
        });
      if (second.facts.every((fact) => fact.changed)) {
        expect(sorted(again)).toEqual(sorted(second.state));
      }
    }),
    { numRuns: 100 },
  );
});
