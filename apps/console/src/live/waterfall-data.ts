import type { Contributions } from '@jishi/contracts/ledger/index-family';
import { printedOf, signed, unitsAt } from './printed.ts';

/** One step of the way from the earlier value to the later one. */
export interface WaterfallStep {
  readonly code: string;
  /** Index points as printed, with their sign. */
  readonly points: string;
  readonly direction: 'up' | 'down' | 'flat';
  /** Where its bar lies, 0–100 of the axis; for drawing only. */
  readonly leftPercent: number;
  readonly widthPercent: number;
}

export interface Waterfall {
  readonly steps: readonly WaterfallStep[];
  readonly sum: string;
  /** Start + steps = end, in the digits that are printed. */
  readonly addsUp: boolean;
  /** Where the two values lie on the axis, 0–100. */
  readonly startPercent: number;
  readonly endPercent: number;
}

/** Not parts of the partition: they come last, in this order. */
const LAST = ['(listings)', '(others)', '(link)'];
/** Free room on either side of the steps. */
const MARGIN = 0.06;

type Line = Contributions['lines'][number];

/** Components keep their order; the parts of a partition come from most up to most down. */
const ordered = ({ by, lines }: Contributions, unitsOf: (line: Line) => bigint): Line[] => {
  const rank = ({ code }: Line): number => LAST.indexOf(code) + 1;
  return [...lines].sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    if (by === 'component') return 0;
    const [x, y] = [unitsOf(a), unitsOf(b)];
    return x === y ? 0 : x > y ? -1 : 1;
  });
};

/** Bars that begin where the one before ends, from the earlier value to the later one. */
export const waterfallOf = (table: Contributions): Waterfall => {
  const printed = [table.from.value, table.to.value, ...table.lines.map(({ points }) => points)];
  const place = Math.max(...printed.map((text) => printedOf(text).decimals));
  const unitsOf = (text: string): bigint => unitsAt(printedOf(text), place);
  const [start, end] = [unitsOf(table.from.value), unitsOf(table.to.value)];
  let level = start;
  const bars = ordered(table, (line) => unitsOf(line.points)).map(({ code, points }) => {
    const from = level;
    level += unitsOf(points);
    return { code, from, to: level };
  });
  const levels = [start, end, ...bars.map(({ to }) => to)].map(Number);
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const margin = Math.max(1, (high - low) * MARGIN);
  const percentOf = (units: bigint): number =>
    Math.round(((Number(units) - low + margin) / (high - low + 2 * margin)) * 10_000) / 100;
  return {
    steps: bars.map(({ code, from, to }) => {
      const [left, right] = from < to ? [from, to] : [to, from];
      return {
        code,
        points: signed(to - from, place),
        direction: to > from ? 'up' : to < from ? 'down' : 'flat',
        leftPercent: percentOf(left),
        widthPercent: Math.round((percentOf(right) - percentOf(left)) * 100) / 100,
      };
    }),
    sum: signed(level - start, place),
    addsUp: level === end && unitsAt(printedOf(table.sum.points), place) === end - start,
    startPercent: percentOf(start),
    endPercent: percentOf(end),
  };
};
