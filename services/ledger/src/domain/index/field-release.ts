import type { FieldCode } from '@jishi/contracts/codes';
import type { RegisteredContract } from './registered-contract.ts';
import type { DisclosureRule } from './step-rule.ts';
import { type Crowd, isCrowdEnough, joinCrowd, mergeCrowds, NOBODY } from './tally.ts';

/** A field's contract value in one year: what the public has been shown, and what waits. */
export interface FieldRelease {
  readonly shownFen: bigint;
  readonly waitingFen: bigint;
  /** Of the waiting contracts, those whose value was not published: a published one hides none. */
  readonly waiting: Crowd;
}

const NOTHING: FieldRelease = { shownFen: 0n, waitingFen: 0n, waiting: NOBODY };

export type YearReleases = ReadonlyMap<FieldCode, FieldRelease>;

export const addWaiting = (
  year: YearReleases,
  contract: RegisteredContract,
  rule: DisclosureRule,
): YearReleases => {
  const before = year.get(contract.fieldCode) ?? NOTHING;
  return new Map(year).set(contract.fieldCode, {
    shownFen: before.shownFen,
    waitingFen: before.waitingFen + contract.contractValueFen,
    waiting:
      contract.publishedValueFen === null
        ? joinCrowd(before.waiting, contract, rule)
        : before.waiting,
  });
};

/**
 * A restated amount. What has gathered is no cover for it, so the field waits for a fresh crowd:
 * one contract without parties can only be shown with three sellers and buyers more.
 */
export const moveWaiting = (
  year: YearReleases,
  fieldCode: FieldCode,
  byFen: bigint,
): YearReleases => {
  const before = year.get(fieldCode) ?? NOTHING;
  return new Map(year).set(fieldCode, {
    ...before,
    waitingFen: before.waitingFen + byFen,
    waiting: { contracts: 1, sellers: [], buyers: [] },
  });
};

const isWaiting = ({ waitingFen, waiting }: FieldRelease): boolean =>
  waitingFen > 0n || waiting.contracts > 0;

const isReady = ({ waiting }: FieldRelease, rule: DisclosureRule): boolean =>
  waiting.contracts === 0 || isCrowdEnough(waiting, rule);

type Waiting = readonly [FieldCode, FieldRelease];

const bySizeThenCode = ([codeA, a]: Waiting, [codeB, b]: Waiting): number =>
  a.waitingFen < b.waitingFen ? -1 : a.waitingFen > b.waitingFen ? 1 : codeA < codeB ? -1 : 1;

const crowdOf = (waiting: readonly Waiting[], rule: DisclosureRule): Crowd =>
  waiting.reduce((crowd, [, field]) => mergeCrowds(crowd, field.waiting, rule), NOBODY);

/**
 * What a public step may show of a year's fields. The year's total is public, so whatever stays
 * hidden is known as a sum: that sum must itself be over enough contracts, sellers and buyers.
 * While it is not, one field more is held back, the smallest first. The comparison of two steps
 * is covered too, because a field moves only by an amount over a crowd of its own.
 */
export const releaseFields = (year: YearReleases, rule: DisclosureRule): YearReleases => {
  const waiting = [...year].filter(([, field]) => isWaiting(field));
  if (waiting.length === 0) return year;
  const ready = waiting.filter(([, field]) => isReady(field, rule)).sort(bySizeThenCode);
  const held = waiting.filter(([, field]) => !isReady(field, rule));
  while (held.length > 0 && !isCrowdEnough(crowdOf(held, rule), rule)) {
    const next = ready.shift();
    if (!next) break;
    held.push(next);
  }
  const shown = ready.map(
    ([code, field]): Waiting => [
      code,
      { shownFen: field.shownFen + field.waitingFen, waitingFen: 0n, waiting: NOBODY },
    ],
  );
  return new Map([...year, ...shown]);
};

/** What the public sees of a field: null when it has contracts and none of them may be shown. */
export const shownOf = (field: FieldRelease | undefined): bigint | null => {
  if (!field) return 0n;
  return field.shownFen === 0n && isWaiting(field) ? null : field.shownFen;
};
