import type { LocalDate, LocalMonth } from '@jishi/contracts/time';

/**
 * Whole-number calendar of the fold: the proleptic Gregorian calendar counted in days and months.
 * The fold reads a date for every event, so this must cost nothing; it knows no zone and no clock.
 */

const DAYS_PER_ERA = 146_097;

/** Days since 1970-01-01 of a calendar day (the civil-day count by eras of 400 years). */
const dayNumberOf = (givenYear: number, month: number, day: number): number => {
  const year = givenYear - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * DAYS_PER_ERA + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
};

export const dayNumber = (day: LocalDate): number =>
  dayNumberOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));

/** Months since year 0 of a calendar month or of the month of a day. */
export const monthNumber = (month: LocalMonth | LocalDate): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

export const monthText = (number: number): LocalMonth =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;

export const addToMonth = (month: LocalMonth, months: number): LocalMonth =>
  monthText(monthNumber(month) + months);

/** Day number of the first day of a month, given as a month number. */
export const firstDayNumber = (month: number): number =>
  dayNumberOf(Math.floor(month / 12), (month % 12) + 1, 1);

export const daysInMonth = (month: number): number =>
  firstDayNumber(month + 1) - firstDayNumber(month);

/** Months from one to another, both included; empty when they are the wrong way round. */
export const monthSpan = (from: LocalMonth, to: LocalMonth): readonly LocalMonth[] => {
  const first = monthNumber(from);
  const count = Math.max(0, monthNumber(to) - first + 1);
  return Array.from({ length: count }, (_, i) => monthText(first + i));
};

/** The months of a window of a length that ends in a month. */
export const windowMonths = (end: LocalMonth, length: number): readonly LocalMonth[] =>
  monthSpan(addToMonth(end, 1 - length), end);

export const yearOfMonth = (month: LocalMonth): number => Number(month.slice(0, 4));
