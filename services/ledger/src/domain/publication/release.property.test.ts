import type { IndexCell } from '@jishi/contracts/ledger/live';
import type { PublishedContent } from '@jishi/contracts/ledger/publication';
import type { LocalMonth } from '@jishi/contracts/time';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import file from '../../../parameters/index-0.1.json' with { type: 'json' };
import { readParameters } from '../index/parameters.ts';
import type { RegisteredContract } from '../index/registered-contract.ts';
import { isCrowdEnough, mergeCrowds, NOBODY } from '../index/tally.ts';
import { contractAt } from '../index/testing-contracts.ts';
import { type Change, changeAt, changesBetween, isCover } from './changes.ts';
import { contentOf } from './content.ts';
import { shownBefore } from './publication.ts';
import { type Contracts, PARTITIONS, tableOf, tallyAt } from './units.ts';

/**
 * What anybody can work out from the publications of a month, whatever was added and cancelled
 * between them. Before the end of the base year only the month itself is shown: no root is taken.
 */

const parameters = { ...readParameters(file), baseMonths: ['2025-01', '2025-02'] };
const { disclosure: rule } = parameters;
const method = { name: 'test', version: '0.1', parameterHash: '0'.repeat(64) };
const DISTRICTS = ['sip', 'wuzhong', 'kunshan', 'outside'] as const;
type District = (typeof DISTRICTS)[number];

interface Act {
  readonly district: District;
  readonly parties: number;
  readonly cancels: boolean;
}

const actOf = (district: District, count: number, cancels = false): Act[] =>
  Array.from({ length: count }, (_, i) => ({ district, parties: i, cancels }));

/** The contracts of a month after each step, at heads 10, 20, 30 … */
const play = (steps: readonly (readonly Act[])[], month: LocalMonth): Contracts[] => {
  let standing: readonly RegisteredContract[] = [];
  let serial = 0;
  return steps.map((acts) => {
    for (const { district, parties, cancels } of acts) {
      const gone = standing.find((one) => one.sellerDistrict === district);
      const party = `${district}${parties}`;
      const given = { sellerDistrict: district, sellerId: `s${party}`, buyerId: `b${party}` };
      standing = cancels
        ? standing.filter((one) => one !== gone)
        : [...standing, contractAt(++serial, { registeredOn: `${month}-02`, ...given })];
    }
    return new Map(standing.map((one) => [one.contractId, one]));
  });
};

const headOf = (i: number): number => (i + 1) * 10;

const publishAll = (log: readonly Contracts[], period: LocalMonth): PublishedContent[] => {
  const at = (seq: number): Contracts => log[seq / 10 - 1] ?? new Map();
  const published: PublishedContent[] = [];
  for (const i of log.keys()) {
    const seq = headOf(i);
    const head = { seq, recordedAt: '2025-06-02T04:00:00.000Z', kind: 'synthetic' } as const;
    const content = contentOf(period, i + 1, {
      ...{ parameters, method, head, headDay: '2025-06-02' },
      tableAt: (asked) => tableOf(at(asked), parameters),
      changesSince: (asked) => changesBetween(at(asked), at(seq), parameters),
      shown: shownBefore(published, period, parameters.baseMonths),
    });
    published.push(content);
  }
  return published;
};

const showingsIn = (published: readonly PublishedContent[]) =>
  published.flatMap(({ cells }) => cells.filter(({ state }) => state !== 'hidden'));

/** Every sum of changes that a reader of all vintages can work out by subtracting. */
const requireNothingLeaks = (log: readonly Contracts[], period: LocalMonth): void => {
  const published = publishAll(log, period);
  const at = (seq: number): Contracts => log[seq / 10 - 1] ?? new Map();
  const change = (part: string, from: number, to: number): Change =>
    changeAt(changesBetween(at(from), at(to), parameters), part, period);
  const requireCover = (what: string, changes: readonly Change[]): void =>
    expect([what, isCover(changes, rule)]).toEqual([what, true]);
  const shown = showingsIn(published);
  const headsOf = (cell: string): number[] =>
    [...new Set(shown.filter((one) => one.cell === cell).map((one) => one.asOfSeq))].sort(
      (a, b) => a - b,
    );
  const pairsOf = (heads: readonly number[]) =>
    heads.flatMap((from, i) => heads.slice(i + 1).map((to) => [from, to] as const));
  for (const cell of new Set(shown.map((one) => one.cell))) {
    for (const [from, to] of pairsOf(headsOf(cell))) {
      requireCover(`${cell} ${from} to ${to}`, [change(cell, from, to)]);
    }
  }
  for (const { cells } of PARTITIONS) {
    const kind = cells[0]?.split(':')[0] ?? '';
    const parts = [...cells, `${kind}:outside`];
    for (const [from, to] of pairsOf(headsOf('city'))) {
      const unknown = parts.filter(
        (part) => !headsOf(part).includes(from) || !headsOf(part).includes(to),
      );
      const changes = unknown.map((part) => change(part, from, to));
      requireCover(`city less ${kind} ${from} to ${to}`, changes);
    }
    for (const content of published) requireOneIsSafe(content, parts);
  }

  /** Of one publication: the city less its parts, some of them as of an earlier head. */
  function requireOneIsSafe(content: PublishedContent, parts: readonly string[]): void {
    const cityAt = content.cells.find(({ cell }) => cell === 'city')?.asOfSeq ?? 0;
    const own = showingsIn([content]).filter(({ cell }) => parts.includes(cell));
    const isShown = (part: string): boolean => own.some(({ cell }) => cell === part);
    const table = tableOf(at(cityAt), parameters);
    const hidden = parts
      .filter((part) => !isShown(part))
      .map((part) => tallyAt(table, part, period).crowd)
      .reduce((sum, crowd) => mergeCrowds(sum, crowd, rule), NOBODY);
    const what = `vintage ${content.vintage}`;
    if (hidden.contracts > 0) expect([what, isCrowdEnough(hidden, rule)]).toEqual([what, true]);
    else
      requireCover(
        what,
        own.map(({ cell, asOfSeq }) => change(cell, asOfSeq, cityAt)),
      );
  }
};

const CROWDS = (['sip', 'wuzhong', 'kunshan'] as const).flatMap((name) => actOf(name, 3));
const MONTHS = ['2025-03', '2025-01'];

test('what waited before is no cover again: three vintages do not show a single contract', () => {
  for (const period of MONTHS) {
    const second = [...actOf('sip', 3), ...actOf('wuzhong', 1), ...actOf('kunshan', 2)];
    const third = [...actOf('sip', 3), ...actOf('wuzhong', 1)];
    const log = play([CROWDS, second, third], period);
    const cityAt = publishAll(log, period).map(({ cells }) => cells[0]?.asOfSeq);
    expect(cityAt.slice(0, 2)).toEqual([10, 20]);
    requireNothingLeaks(log, period);
  }
});

test('a cell that was never shown does not appear while it covers another', () => {
  for (const period of MONTHS) {
    const few = [...actOf('kunshan', 2), ...actOf('outside', 1)];
    const first = [...actOf('sip', 3), ...actOf('wuzhong', 3), ...few];
    const moved = [...actOf('kunshan', 3).slice(1), ...actOf('outside', 1, true)];
    const second = [...actOf('sip', 1), ...moved];
    const log = play([first, second], period);
    const cells = publishAll(log, period).map(
      (content) => new Map(content.cells.map((one) => [one.cell, one])),
    );
    const kunshan: IndexCell = 'district:kunshan';
    expect(cells[0]?.get(kunshan)?.state).toBe('hidden');
    expect(cells[1]?.get(kunshan)).toMatchObject({ state: 'hidden', reason: 'protects-neighbour' });
    requireNothingLeaks(log, period);
  }
});

test('of any sequence of publications no difference is less than a crowd', () => {
  const act = fc.record({
    district: fc.constantFrom(...DISTRICTS),
    parties: fc.nat({ max: 3 }),
    cancels: fc.boolean(),
  });
  const more = fc
    .tuple(fc.constantFrom(...DISTRICTS), fc.integer({ min: 1, max: 4 }))
    .map(([district, count]) => actOf(district, count));
  const step = fc
    .array(
      fc.oneof(
        { weight: 2, arbitrary: more },
        act.map((one) => [one]),
      ),
      { maxLength: 4 },
    )
    .map((acts) => acts.flat());
  const steps = fc.tuple(fc.constant(CROWDS), step, step, step, step);
  fc.assert(
    fc.property(steps, fc.constantFrom(...MONTHS), (acts, period) =>
      requireNothingLeaks(play(acts, period), period),
    ),
    { numRuns: 25 },
  );
}, 120_000);
