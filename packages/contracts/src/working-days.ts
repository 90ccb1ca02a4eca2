import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { LocalDate } from './time.ts';

/**
 * Working days by the holiday notices of the State Council, as the calendar package has them. It
 * covers whole years only; its functions call 2027-01-01 a working day and read dates in the zone
 * of the server. So only its table is used, the years that it really covers are found first, and
 * any day outside them counts Monday to Friday and is marked provisional.
 */
export interface WorkingDay {
  readonly working: boolean;
  /** The calendar does not cover this day yet; count again when it does. */
  readonly provisional: boolean;
}

const FIRST_YEAR_COVERED = 2004;
const MS_PER_DAY = 86_400_000;
/** Twenty years: a longer count is a mistake of the caller, not a legal clock. */
const SPAN_DAYS_MAX = 7_400;

const msOf = (day: LocalDate): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms: number): LocalDate => new Date(ms).toISOString().slice(0, 10);
const isWeekday = (ms: number): boolean => ![0, 6].includes(new Date(ms).getUTCDay());

/** The notices of a year always set its National Day. */
const isCovered = (year: number): boolean => `${year}-10-01` in calendar.holidays;

const lastYearCovered = (): number => {
  let year = FIRST_YEAR_COVERED;
  while (isCovered(year + 1)) year += 1;
  return year;
};

/** First and last year whose holidays are known. */
export const WORKING_DAY_YEARS = { first: FIRST_YEAR_COVERED, last: lastYearCovered() } as const;

const workingAt = (ms: number): WorkingDay => {
  const day = dayOf(ms);
  const year = Number(day.slice(0, 4));
  if (year < WORKING_DAY_YEARS.first || year > WORKING_DAY_YEARS.last) {
    return { working: isWeekday(ms), provisional: true };
  }
  const working = day in calendar.workdays || (isWeekday(ms) && !(day in calendar.holidays));
  return { working, provisional: false };
};

export const isWorkingDay = (day: LocalDate): WorkingDay => workingAt(msOf(day));

/**
 * The day that is `days` working days after a day, which itself does not count (as legal clocks
 * do). Zero gives the day itself, working or not. Negative counts are a fault of the caller.
 */
export const addWorkingDays = (
  day: LocalDate,
  days: number,
): { readonly day: LocalDate; readonly provisional: boolean } => {
  if (!Number.isInteger(days) || days < 0 || days > SPAN_DAYS_MAX) {
    throw new RangeError(`working days out of range: ${days}`);
  }
  let ms = msOf(day);
  let provisional = false;
  for (let left = days; left > 0; ) {
    ms += MS_PER_DAY;
    const next = workingAt(ms);
    provisional ||= next.provisional;
    if (next.working) left -= 1;
  }
  return { day: dayOf(ms), provisional };
};

/** Working days in a half-open span; zero when it is empty or turned round. */
export const countWorkingDays = (
  fromInclusive: LocalDate,
  toExclusive: LocalDate,
): { readonly days: number; readonly provisional: boolean } => {
  const end = msOf(toExclusive);
  if (end - msOf(fromInclusive) > SPAN_DAYS_MAX * MS_PER_DAY) {
    throw new RangeError(`span too long: ${fromInclusive} to ${toExclusive}`);
  }
  let days = 0;
  let provisional = false;
  for (let ms = msOf(fromInclusive); ms < end; ms += MS_PER_DAY) {
    const at = workingAt(ms);
    provisional ||= at.provisional;
    if (at.working) days += 1;
  }
  return { days, provisional };
};
