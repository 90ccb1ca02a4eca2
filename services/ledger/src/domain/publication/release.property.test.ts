import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { methodLinkedAt, openLog, type Publishing, publish } from '../../testing/publications.ts';
import { addToMonth } from '../index/family/calendar.ts';
import type { ContractFact, FamilyFact } from '../index/family/facts.ts';
import { PARTITIONS } from '../index/family/series.ts';
import { contractOf } from '../index/family/testing-market.ts';
import { checkPublished } from './check-published.ts';
import { knownCombinations } from './testing-combinations.ts';
import { readEquations } from './testing-reader.ts';

/**
 * What anybody can work out from all publications, whatever was registered, amended and cancelled
 * between them: never the value of one contract, nor any combination of fewer than a crowd.
 */
const CROWD = 5;
const DISTRICTS = ['gusu', 'sip', 'kunshan', 'outside'] as const;
const FIELDS = ['electronics', 'materials'] as const;
const INDUSTRIES = ['C', 'I', 'M'] as const;
const BASE = ['2025-10', '2025-11', '2025-12'] as const;
const MONTHS = [...BASE, '2026-01', '2026-02', '2026-03'] as const;

interface Act {
  readonly does: 'register' | 'cancel' | 'amend';
  readonly count: number;
  readonly place: number;
  readonly field: number;
  readonly back: number;
  readonly party: number;
  readonly pick: number;
}

const at = <T>(list: readonly T[], i: number): T => {
  const one = list[i % list.length];
  if (one === undefined) throw new Error('an empty list');
  return one;
};

let serial = 0;

/** Parties of a district, each in an industry of its own: a unit's attributes never differ. */
const contractFor = (act: Act, n: number, month: LocalMonth): ContractFact => {
  serial += 1;
  const party = (act.party + n) % 4;
  const district = at(DISTRICTS, act.place);
  return contractOf(`c${serial}`, {
    ...{ registeredOn: `${month}-10`, district, fieldCode: at(FIELDS, act.field) },
    industryCode: at(INDUSTRIES, party + act.place),
    technologyValueFen: BigInt(50_000_000 + 7_919 * serial + 10_000_000 * (serial % 13)),
    ...{ sellerId: `s-${district}-${party}`, buyerId: `b-${district}-${party}-${serial % 3}` },
  });
};

/** Plays a step's acts: new contracts of the newest months, changes of any that stands. */
const play = (log: ReturnType<typeof openLog>, acts: readonly Act[], newest: number): void => {
  for (const act of acts) {
    const standing = standingIn(log.facts);
    const target = standing.length === 0 ? undefined : at(standing, act.pick);
    if (act.does === 'cancel' && target) log.cancel(target);
    else if (act.does === 'amend' && target) {
      const technologyValueFen = target.technologyValueFen + 1_000_003n * BigInt(act.pick + 1);
      log.amend({ ...target, technologyValueFen });
    } else {
      const month = at(MONTHS, Math.max(0, newest - act.back));
      for (let n = 0; n < act.count; n += 1) log.register(contractFor(act, n, month));
    }
  }
};

const standingIn = (facts: readonly FamilyFact[]): readonly ContractFact[] => {
  const standing = new Map<string, ContractFact>();
  for (const fact of facts) {
    if (fact.kind === 'registered') standing.set(fact.contract.contractId, fact.contract);
    if (fact.kind === 'left') standing.delete(fact.contractId);
    const before = fact.kind === 'amended' ? standing.get(fact.contract.contractId) : undefined;
    if (fact.kind === 'amended' && before) {
      const { registeredOn } = before;
      standing.set(before.contractId, { ...fact.contract, registeredOn });
    }
  }
  return [...standing.values()];
};

interface Step {
  readonly acts: readonly Act[];
  /** So many months back a restatement is tried, too. */
  readonly again: number;
}

/** Base months with crowds, then step by step a new month, and restatements of earlier ones. */
const runHistory = (base: readonly Act[], steps: readonly Step[]): Publishing => {
  serial = 0;
  const log = openLog();
  for (const [i, month] of BASE.entries()) {
    for (const place of [0, 1, 2]) {
      for (let n = 0; n < 4; n += 1) {
        const act = { does: 'register', count: 1, place, field: n, back: 0, party: n, pick: 0 };
        log.register(contractFor(act as Act, 0, month));
      }
    }
    play(log, base.slice(i, i + 1), i);
  }
  const publishing = { method: methodLinkedAt(log.head()), facts: log.facts, published: [] };
  for (const [i, { acts, again }] of steps.entries()) {
    const newest = BASE.length - 1 + Math.min(i, MONTHS.length - BASE.length);
    play(log, acts, newest + 1);
    publish(publishing, at(MONTHS, newest));
    if (again > 0) publish(publishing, at(MONTHS, Math.max(0, newest - again)));
  }
  return publishing;
};

const requireNothingKnown = ({ published, facts }: Publishing): void => {
  const readings = published.map((content) => readEquations(content, facts));
  for (const partition of PARTITIONS) {
    const isOfIt = (cell: string): boolean => cell === 'city' || cell.startsWith(`${partition}:`);
    const equations = readings
      .flat()
      .filter(({ cell }) => isOfIt(cell))
      .map(({ equation }) => equation);
    expect([partition, knownCombinations(equations, CROWD)]).toEqual([partition, []]);
  }
  for (const [i, { period }] of published.entries()) {
    // Of all partitions at once: what was told of months whose windows share some with this one.
    const near = [addToMonth(period, -1), period, addToMonth(period, 1)];
    const beside = readings.filter(
      (_, other) => other <= i && near.includes(published[other]?.period ?? ''),
    );
    const solved = knownCombinations(
      beside.flat().map(({ equation }) => equation),
      CROWD,
    );
    expect([`publication ${i}`, solved]).toEqual([`publication ${i}`, []]);
  }
};

/** Or the test would prove nothing: something is shown, and something is kept back. */
const countsOf = (published: readonly PublishedContent[]) => {
  const values = published.flatMap((content) => content.values);
  return {
    shown: values.filter(({ value }) => value !== null).length,
    hidden: values.filter(({ hidden }) => hidden !== null).length,
    kept: published.reduce(
      (sum, { head, values: own }) => sum + own.filter((one) => one.asOfSeq < head.seq).length,
      0,
    ),
  };
};

const act: fc.Arbitrary<Act> = fc.record({
  does: fc.constantFrom('register', 'register', 'register', 'cancel', 'amend'),
  count: fc.integer({ min: 1, max: 5 }),
  place: fc.nat({ max: 3 }),
  field: fc.nat({ max: 1 }),
  back: fc.nat({ max: 3 }),
  party: fc.nat({ max: 3 }),
  pick: fc.nat({ max: 30 }),
});
const step = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 6 }),
  again: fc.nat({ max: 3 }),
});

test('of any history of publications nobody solves for fewer contracts than a crowd', () => {
  const total = { shown: 0, hidden: 0, kept: 0 };
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 3 }),
      fc.array(step, { minLength: 2, maxLength: 5 }),
      (base, steps) => {
        const publishing = runHistory(base, steps);
        requireNothingKnown(publishing);
        for (const content of publishing.published) {
          expect(checkPublished(content).differences).toEqual([]);
        }
        const { shown, hidden, kept } = countsOf(publishing.published);
        total.shown += shown;
        total.hidden += hidden;
        total.kept += kept;
      },
    ),
    { numRuns: 100 },
  );
  expect(Math.min(total.shown, total.hidden, total.kept)).toBeGreaterThan(20);
}, 180_000);
