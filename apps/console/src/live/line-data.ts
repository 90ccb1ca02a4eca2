import type { IndexPoint, LiveSnapshot } from '@jishi/contracts/ledger/live';
import { isSpringFestivalMonth } from '../format/spring-festival.ts';

export const LINE_MONTHS = 24;
export const INDEX_BASE = 1000;

export interface LineMonth {
  readonly month: string;
  /** For drawing only; null leaves a gap in the line. */
  readonly value: number | null;
  readonly springFestival: boolean;
  /** Said at the point, such as the label of a revision. */
  readonly mark?: string;
}

/** How far below a point its label must hang so as to lie under the line beside it, in points. */
export const labelDrop = (months: readonly LineMonth[], index: number): number => {
  const value = months[index]?.value ?? 0;
  const near = months.slice(Math.max(0, index - 1), index + 2);
  return value - Math.min(value, ...near.flatMap((m) => (m.value === null ? [] : [m.value])));
};

export interface LineData {
  readonly months: readonly LineMonth[];
  /** Last closed month with a value. */
  readonly last: IndexPoint | null;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The last 24 closed months, oldest first. The running month is not in the line: its value still
 * moves and is said in words beside it.
 */
export const lineData = (snapshot: LiveSnapshot): LineData => {
  const closed = snapshot.overall.series.filter((point) => !point.provisional);
  const shown = closed.slice(-LINE_MONTHS);
  const months = shown.map((point) => ({
    month: point.month,
    value: point.value === null ? null : Number(point.value),
    springFestival: isSpringFestivalMonth(point.month),
  }));
  const values = months.flatMap(({ value }) => (value === null ? [] : [value]));
  return {
    months,
    last: shown.findLast((point) => point.value !== null) ?? null,
    lowest: values.length > 0 ? Math.min(...values) : INDEX_BASE,
    highest: values.length > 0 ? Math.max(...values) : INDEX_BASE,
  };
};

/** A step of 1, 2 or 5 times a power of ten that cuts the range into two to four parts. */
export const axisStep = (range: number): number => {
  const rough = Math.max(range, 1) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((n) => n * power >= rough) ?? 10;
  return factor * power;
};

export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/**
 * The axis always contains the base. Its ends lie a little beyond the values and carry no label;
 * it need not start at 0, and the page says so.
 */
export const axisOf = ({ lowest, highest }: Pick<LineData, 'lowest' | 'highest'>): Axis => {
  const low = Math.min(lowest, INDEX_BASE);
  const high = Math.max(highest, INDEX_BASE);
  const step = axisStep(high - low);
  const margin = Math.max(step * 0.4, (high - low) * 0.2);
  return { min: Math.max(0, low - margin), max: high + margin / 2, step };
};

/** Share of the axis within which the two labels at the end of the line would touch. */
const CROWDED = 0.14;
const SHIFT = 1.15;

/**
 * How far the last value's label moves from its point, in text heights: down below the base, up
 * above it. The label of the base stays at its line. 0 where both have room.
 */
export const endShift = (data: LineData): number => {
  const axis = axisOf(data);
  const last = Number(data.last?.value ?? INDEX_BASE);
  if (Math.abs(last - INDEX_BASE) >= (axis.max - axis.min) * CROWDED) return 0;
  return last < INDEX_BASE ? SHIFT : -SHIFT;
};
