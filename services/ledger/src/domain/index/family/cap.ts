import { roundedQuotient } from '../exact-root.ts';
import { unitLog } from './logarithm.ts';
import { type Rational, rational } from './rational.ts';

/** The cap U_y of a link year with its logarithm; fen. Without a cap every value stands. */
export interface Cap {
  readonly fen: bigint;
  readonly log: bigint;
}

export const capOf = (fen: bigint): Cap => ({ fen, log: unitLog(fen) });

/** v* = min(v, U). */
export const cappedFen = (rawFen: bigint, cap: Cap | null): bigint =>
  cap !== null && rawFen > cap.fen ? cap.fen : rawFen;

/**
 * U_y: the value at rank ⌈p·n⌉ (nearest rank, ascending) of the uncapped deal units of the
 * reference year, rounded half to even to a multiple of the step, at least one step (B12-3).
 * Null without a unit: there is nothing to cap by.
 */
export const capFenOf = (
  unitValuesFen: readonly bigint[],
  percentile: Rational,
  stepFen: bigint,
): bigint | null => {
  const ascending = [...unitValuesFen].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const { top, bottom } = rational(percentile.top * BigInt(ascending.length), percentile.bottom);
  const rank = Number((top + bottom - 1n) / bottom);
  const value = ascending[Math.max(rank, 1) - 1];
  if (value === undefined) return null;
  const steps = roundedQuotient(value, stepFen);
  return (steps < 1n ? 1n : steps) * stepFen;
};
