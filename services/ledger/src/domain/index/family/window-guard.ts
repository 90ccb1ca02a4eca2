import type { LocalMonth } from '@jishi/contracts/time';
import { monthNumber, windowMonths } from './calendar.ts';

/** A month of a cell as the guard sees it: raw value, and whether it fails the primary rule. */
export interface GuardedMonth {
  readonly month: LocalMonth;
  readonly rawFen: bigint;
  readonly isUnsafe: boolean;
}

/** P_to − P_from ≤ most, for running sums P of the months. */
interface Bound {
  readonly from: number;
  readonly to: number;
  readonly most: bigint;
}

/** The tightest upper bound of P_to − P_from that follows; null: none (Bellman and Ford). */
const tightest = (bounds: readonly Bound[], nodes: number, from: number, to: number) => {
  const reach: (bigint | null)[] = Array.from({ length: nodes }, () => null);
  reach[from] = 0n;
  for (let round = 1; round < nodes; round += 1) {
    let moved = false;
    for (const bound of bounds) {
      const start = reach[bound.from];
      if (start === null || start === undefined) continue;
      const sum = start + bound.most;
      const known = reach[bound.to] ?? null;
      if (known !== null && known <= sum) continue;
      reach[bound.to] = sum;
      moved = true;
    }
    if (!moved) break;
  }
  return reach[to] ?? null;
};

const exactly = (from: number, to: number, value: bigint): readonly Bound[] => [
  { from, to, most: value },
  { from: to, to: from, most: -value },
];

/** Whether every unsafe month stays free within ± p % of its value, given published windows. */
const areMonthsSafe = (
  months: readonly GuardedMonth[],
  ends: readonly number[],
  length: number,
  percent: bigint,
): boolean => {
  const nodes = months.length + 1;
  const sumOf = (end: number): bigint =>
    months.slice(end + 1 - length, end + 1).reduce((sum, { rawFen }) => sum + rawFen, 0n);
  const bounds: Bound[] = [
    // Nothing is negative, and a month without trade is published as zero.
    ...months.flatMap(({ rawFen }, i) =>
      rawFen === 0n ? exactly(i, i + 1, 0n) : [{ from: i + 1, to: i, most: 0n }],
    ),
    ...ends.flatMap((end) => exactly(end + 1 - length, end + 1, sumOf(end))),
  ];
  return months.every(({ rawFen, isUnsafe }, i) => {
    if (!isUnsafe || rawFen === 0n) return true;
    const most = tightest(bounds, nodes, i, i + 1);
    const negative = tightest(bounds, nodes, i + 1, i);
    const isHighFree = most === null || 100n * (most - rawFen) >= percent * rawFen;
    const isLowFree = negative === null || 100n * (rawFen + negative) >= percent * rawFen;
    return isHighFree && isLowFree;
  });
};

const MONTHS_PER_QUARTER = 3;

/**
 * Which rolling windows of a cell may show value figures: overlapping windows are a table too, for
 * month(t) = R(t) − R(t−1) + month(t−3). Windows that end with a quarter come first; each further
 * one, in time order, only if no unsafe month becomes known within ± p % (B12-21). Primary rules
 * on the windows themselves are for the caller.
 */
export const publishableWindows = (
  months: readonly GuardedMonth[],
  length: number,
  percent: bigint,
): ReadonlySet<LocalMonth> => {
  const ends = months.map((_, i) => i).filter((i) => i + 1 >= length);
  const isQuarterEnd = (i: number): boolean =>
    (monthNumber(months[i]?.month ?? '0000-01') + 1) % MONTHS_PER_QUARTER === 0;
  const published = ends.filter(isQuarterEnd);
  for (const end of ends) {
    if (isQuarterEnd(end)) continue;
    const tried = [...published, end];
    if (areMonthsSafe(months, tried, length, percent)) published.push(end);
  }
  return new Set(published.map((i) => months[i]?.month ?? ''));
};

/**
 * Whether one more window may be shown beside those that are shown already: no unsafe month
 * becomes known within ± p %. Months without a gap, up to the last window's end at least.
 */
export const mayShowWindow = (
  months: readonly GuardedMonth[],
  shown: ReadonlySet<LocalMonth>,
  end: LocalMonth,
  length: number,
  percent: bigint,
): boolean => {
  const isTold = ({ month }: GuardedMonth): boolean => month === end || shown.has(month);
  const ends = months.map((one, i) => (isTold(one) ? i : -1)).filter((i) => i + 1 >= length);
  return areMonthsSafe(months, ends, length, percent);
};

/** The months that two windows do not share: what their difference tells of. */
export const differingMonths = (
  a: LocalMonth,
  b: LocalMonth,
  length: number,
): readonly LocalMonth[] => {
  const [first, second] = [windowMonths(a, length), windowMonths(b, length)];
  return [
    ...first.filter((month) => !second.includes(month)),
    ...second.filter((month) => !first.includes(month)),
  ].sort();
};
