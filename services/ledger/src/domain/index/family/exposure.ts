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

/** Adds a span (sign 1) or takes it away (−1). A span that ends before it begins is none. */
export const addSpan = (exposure: Exposure, { from, to }: OpenSpan, sign: 1 | -1): void => {
  if (to !== null && to <= from) return;
  const { partlyOpenDays, wholeMonthSteps } = exposure;
  const opening = monthNumber(from);
  const openingDays = firstDayNumber(opening + 1) - dayNumber(from);
  const ending = to === null ? null : monthNumber(to);
  if (to !== null && ending === opening) {
    add(partlyOpenDays, opening, sign * (dayNumber(to) - dayNumber(from)));
    return;
  }
  add(partlyOpenDays, opening, sign * openingDays);
  add(wholeMonthSteps, opening + 1, sign);
  if (to === null || ending === null) return;
  add(wholeMonthSteps, ending, -sign);
  add(partlyOpenDays, ending, sign * (dayNumber(to) - firstDayNumber(ending)));
};

/** Listing-days of a month. */
export const listingDays = (exposure: Exposure, month: LocalMonth): number => {
  const number = monthNumber(month);
  let open = 0;
  for (const [step, change] of exposure.wholeMonthSteps) if (step <= number) open += change;
  return open * daysInMonth(number) + (exposure.partlyOpenDays.get(number) ?? 0);
};
