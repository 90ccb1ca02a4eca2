import type { LocalMonth } from '@jishi/contracts/time';

/**
 * What a changed value is called: R1 new data, R2 routine (seasonal factors), R3 another method,
 * C an error of ours. The first publication has no label. Source: B2, B6.
 */
export type RevisionLabel = 'R1' | 'R2' | 'R3' | 'C';

/** A value as it was published, for good: I(cell, t | k_pub, θ_pub). */
export interface Vintage {
  readonly seriesKey: string;
  readonly period: LocalMonth;
  /** 1 the first publication of the period, then 2, 3 … */
  readonly number: number;
  /** k: the ledger head it is as of. */
  readonly headSeq: number;
  /** θ: SHA-256 of the parameter object with its reference block. */
  readonly methodHash: string;
  /** Decimal text; null: not defined, or hidden. */
  readonly value: string | null;
  readonly label: RevisionLabel | null;
}

/**
 * The label of the next vintage: C or R2 where the operator says so, R3 where θ is another, else
 * R1. Null where neither value nor method moved: then there is no new vintage.
 */
export const revisionLabel = (
  before: Pick<Vintage, 'methodHash' | 'value'>,
  after: Pick<Vintage, 'methodHash' | 'value'>,
  declared: 'R2' | 'C' | null = null,
): RevisionLabel | null => {
  const isOtherMethod = before.methodHash !== after.methodHash;
  if (before.value === after.value && !isOtherMethod) return null;
  if (declared !== null) return declared;
  return isOtherMethod ? 'R3' : 'R1';
};

/** The three views of one number (B3): all are vintages of the same series and period. */
export const firstPublished = (vintages: readonly Vintage[]): Vintage | null =>
  vintages.find(({ number }) => number === 1) ?? null;

export const asOfHead = (vintages: readonly Vintage[], headSeq: number): Vintage | null =>
  vintages
    .filter((vintage) => vintage.headSeq <= headSeq)
    .reduce<Vintage | null>((last, one) => (last && last.number > one.number ? last : one), null);

export const nowRestated = (vintages: readonly Vintage[]): Vintage | null =>
  asOfHead(vintages, Number.MAX_SAFE_INTEGER);

const hundredths = (text: string): bigint => BigInt(text.replace('.', ''));
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
const directionOf = (from: bigint, to: bigint): number => (to > from ? 1 : to < from ? -1 : 0);

/** Half a per cent, as a fraction of a thousand. */
const AT_ONCE_PER_THOUSAND = 5n;

/**
 * Whether an error of ours is corrected at once: a headline moves by half a per cent or more, or
 * a published direction against the period before flips. Else it waits for the next release (B6).
 */
export const isCorrectedAtOnce = (
  wrong: string,
  right: string,
  periodBefore: string | null,
): boolean => {
  const [before, after] = [hundredths(wrong), hundredths(right)];
  if (1_000n * absolute(after - before) >= AT_ONCE_PER_THOUSAND * before) return true;
  if (periodBefore === null) return false;
  const last = hundredths(periodBefore);
  return directionOf(last, before) !== directionOf(last, after);
};
