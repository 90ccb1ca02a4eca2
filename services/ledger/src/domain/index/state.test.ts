import { DistrictCode, FieldCode, IndustryCode } from '@jishi/contracts/codes';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RULE_IN_FORCE } from '../../testing/step-rule.ts';
import { cellsOf, factOf, type IndexFact, type RegisteredContract } from './registered-contract.ts';
import { standingOf } from './standing.ts';
import { EMPTY_STATE, evolve, type IndexState, RECENT_MAX } from './state.ts';
import { contractAt, factAt, OPENED } from './testing-contracts.ts';

const parameters = RULE_IN_FORCE;
const fold = (facts: readonly IndexFact[], from: IndexState = EMPTY_STATE): IndexState =>
  facts.reduce((state, fact) => evolve(state, fact, parameters), from);

const AnyContract = fc.record({
  registeredOn: fc.constantFrom('2025-11-03', '2025-12-30', '2026-01-05', '2026-01-31'),
  fieldCode: fc.constantFrom(...FieldCode.options),
  industryCode: fc.constantFrom(...IndustryCode.options),
  sellerDistrict: fc.constantFrom(...DistrictCode.options, 'outside' as const),
  relatedParty: fc.boolean(),
  subcontract: fc.boolean(),
  contractValueFen: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  technologyValueFen: fc.bigInt({ min: 0n, max: 10n ** 11n }),
  sellerId: fc.constantFrom('s1', 's2', 's3', 's4'),
  buyerId: fc.constantFrom('b1', 'b2', 'b3', 'b4'),
});
const Contracts = fc.array(AnyContract, { maxLength: 60 });

/** The same sums from scratch, written another way: group, then add. */
const batch = (contracts: readonly RegisteredContract[]) => {
  const groups = new Map<string, RegisteredContract[]>();
  for (const contract of contracts) {
    for (const cell of cellsOf(contract)) {
      const key = `${cell} ${contract.registeredOn.slice(0, 7)}`;
      groups.set(key, [...(groups.get(key) ?? []), contract]);
    }
  }
  const sum = (list: readonly bigint[]): string => `${list.reduce((a, b) => a + b, 0n)}`;
  const lines = [...groups].map(([key, list]) => {
    const inIndex = list.filter((c) => !c.relatedParty && !c.subcontract);
    const distinct = (pick: (c: RegisteredContract) => string): number =>
      Math.min(3, new Set(inIndex.map(pick)).size);
    return [
      key,
      list.length,
      sum(list.map((c) => c.contractValueFen)),
      sum(list.map((c) => c.technologyValueFen)),
      inIndex.length,
      distinct((c) => c.sellerId),
      distinct((c) => c.buyerId),
    ].join('|');
  });
  return lines.sort();
};

const folded = (state: IndexState): string[] =>
  [...state.cells]
    .flatMap(([cell, months]) =>
      [...months].map(([month, tally]) =>
        [
          `${cell} ${month}`,
          tally.contracts,
          tally.contractValueFen,
          tally.technologyValueFen,
          tally.crowd.contracts,
          tally.crowd.sellers.length,
          tally.crowd.buyers.length,
        ].join('|'),
      ),
    )
    .sort();

test('incremental = batch, after every event', () => {
  fc.assert(
    fc.property(Contracts, (given) => {
      let state = EMPTY_STATE;
      const contracts = given.map((contract, i) => contractAt(i + 1, contract));
      contracts.forEach((registered, i) => {
        const { seq, recordedAt } = registered;
        state = evolve(
          state,
          { seq, recordedAt, opened: null, registered, changed: null },
          parameters,
        );
        expect(folded(state)).toEqual(batch(contracts.slice(0, i + 1)));
      });
    }),
    { numRuns: 25 },
  );
});

test('the order of the contracts changes no sum', () => {
  fc.assert(
    fc.property(Contracts, (given) => {
      const forth = given.map((contract, i) => factAt(i + 1, contract));
      const back = [...given].reverse().map((contract, i) => factAt(i + 1, contract));
      expect(folded(fold(back))).toEqual(folded(fold(forth)));
    }),
    { numRuns: 25 },
  );
});

test('as-of: a state that somebody holds does not change when events follow', () => {
  fc.assert(
    fc.property(Contracts, Contracts, (before, after) => {
      const held = fold(before.map((contract, i) => factAt(i + 1, contract)));
      const was = folded(held);
      fold(
        after.map((contract, i) => factAt(before.length + i + 1, contract)),
        held,
      );
      expect(folded(held)).toEqual(was);
      expect(held.seq).toBe(before.length);
    }),
    { numRuns: 25 },
  );
});

test('partition sums: districts, industries and fields add up to the city', () => {
  fc.assert(
    fc.property(Contracts, (given) => {
      const inside = given.map((c) => ({ ...c, sellerDistrict: 'kunshan' as const }));
      const state = fold(inside.map((contract, i) => factAt(i + 1, contract)));
      const total = (prefix: string): bigint =>
        [...state.cells]
          .filter(([cell]) => cell.startsWith(prefix))
          .flatMap(([, months]) => [...months.values()])
          .reduce((sum, tally) => sum + tally.technologyValueFen, 0n);
      expect([total('district:'), total('industry:'), total('field:')]).toEqual(
        Array(3).fill(total('city')),
      );
    }),
    { numRuns: 25 },
  );
});

test('other events move the sequence and nothing else; the first says what the log is', () => {
  const opened = evolve(EMPTY_STATE, OPENED, parameters);
  expect(opened).toMatchObject({ seq: 1, kind: 'synthetic', city: '苏州' });
  const other = { ...OPENED, seq: 2, opened: null };
  expect(evolve(opened, other, parameters)).toStrictEqual({ ...opened, seq: 2 });
});

test('a registrant outside the city counts for the city and its industry and field only', () => {
  expect(cellsOf(contractAt(1, { sellerDistrict: 'abroad' }))).toEqual([
    'city',
    'industry:M',
    'field:electronics',
  ]);
});

test('a contract that comes twice breaks the fold', () => {
  const state = fold([factAt(1)]);
  const twice = factAt(2, { contractId: contractAt(1).contractId });
  expect(() => evolve(state, twice, parameters)).toThrow('registered twice');
  expect(standingOf(state.standing, contractAt(1).contractId)?.seq).toBe(1);
  expect(standingOf(state.standing, contractAt(2).contractId)).toBeUndefined();
});

test('the newest contracts come first, and only so many are kept', () => {
  const state = fold(Array.from({ length: RECENT_MAX + 5 }, (_, i) => factAt(i + 1)));
  expect(state.recent).toHaveLength(RECENT_MAX);
  expect(state.recent[0]?.seq).toBe(RECENT_MAX + 5);
});

test('a registration without its private part stops the reader', () => {
  const envelope = {
    seq: 9,
    recordedAt: '2026-03-02T04:00:00.000Z',
    stream: 's',
    version: 1,
    type: 'ContractRegistered',
    schema: 1,
    id: contractAt(9).contractId,
    actor: { kind: 'service' as const, service: 'ledger' as const },
    data: {},
    commit: null,
  };
  expect(() => factOf({ seq: 9, envelope, privateText: null })).toThrow('private part is missing');
  const accepted = { ...envelope, type: 'ContractAccepted' };
  expect(factOf({ seq: 9, envelope: accepted, privateText: null }).registered).toBeNull();
});
