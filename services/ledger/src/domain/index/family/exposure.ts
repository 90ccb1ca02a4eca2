import type { LocalDate, LocalMonth } from '@jishi/contracts/time';
import { dayNumber, daysInMonth, firstDayNumber, monthNumber } from './calendar.ts';

/**
 * Listing-days 挂出日数 of one cell: how many days its listings and needs stood open in each month.
 * m = listing-days / 30 (B12-8). Held as the days of months that are partly open, and as the
 * change in the number that stay open for whole months: one event costs the same however long a
 * listing stays open.
 */
export interface Exposure {
  readonly partlyOpenDays: Map<number, number>;
  readonly wholeMonthSteps: Map<number, number>;
}

export const noExposure = (): Exposure => ({
  partlyOpenDays: new Map(),
  wholeMonthSteps: new Map(),
});

/** Opened on `from`, ended on `to` (that day does not count); null: open to the end of time. */
export interface OpenSpan {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

const add = (counts: Map<number, number>, month: number, change: number): void => {
  const sum = (counts.get(month) ?? 0) + change;
  if (sum === 0) counts.delete(month);
  else counts.set(month, sum);
};

/** A span as the days of the months in which it begins and ends; null: it ends before it begins. */
interface MeasuredSpan {
  readonly opening: number;
  readonly openingDays: number;
  /** Another month than the first; null: the first, or none. */
  readonly ending: number | null;
  readonly endingDays: number;
  readonly isEndless: boolean;
}

/** Measured once for all the cells of a listing. */
export const measureSpan = ({ from, to }: OpenSpan): MeasuredSpan | null => {
  if (to !== null && to <= from) return null;
  const opening = monthNumber(from);
  const begin = dayNumber(from);
  const toMonthEnd = firstDayNumber(opening + 1) - begin;
  const none = { opening, ending: null, endingDays: 0 };
  if (to === null) return { ...none, openingDays: toMonthEnd, isEndless: true };
  const ending = monthNumber(to);
  const end = dayNumber(to);
  if (ending === opening) return { ...none, openingDays: end - begin, isEndless: false };
  const endingDays = end - firstDayNumber(ending);
  return { opening, openingDays: toMonthEnd, ending, endingDays, isEndless: false };
};

/** Adds a span (sign 1) or takes it away (−1). */
export const addSpan = (exposure: Exposure, span: MeasuredSpan, sign: 1 | -1): void => {
  const { partlyOpenDays, wholeMonthSteps } = exposure;
  add(partlyOpenDays, span.opening, sign * span.openingDays);
  if (span.isEndless || span.ending !== null) add(wholeMonthSteps, span.opening + 1, sign);
  if (span.ending === null) return;
  add(wholeMonthSteps, span.ending, -sign);
  add(partlyOpenDays, span.ending, sign * span.endingDays);
};

/** Listing-days of a month. */
export const listingDays = (exposure: Exposure, month: LocalMonth): number => {
  const number = monthNumber(month);
  let open = 0;
  for (const [step, change] of exposure.wholeMonthSteps) if (step <= number) open += change;
  return open * daysInMonth(number) + (exposure.partlyOpenDays.get(number) ?? 0);
};
