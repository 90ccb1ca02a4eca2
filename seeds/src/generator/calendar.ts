import { addDays, addMonths, daysBetween, type LocalDate, monthOf } from '@jishi/contracts/time';
import { addWorkingDays, isWorkingDay } from '@jishi/contracts/working-days';
import {
  COUNT_GROWTH,
  FESTIVAL_DAYS,
  FESTIVAL_WEIGHT,
  MONTH_WEIGHT,
  SPRING_FESTIVAL,
} from './calibration.ts';

const DAYS_A_YEAR = 365.25;

/**
 * The first day of a history of some calendar months, the last of which is that of its last day:
 * whole months, so that the first value of a series is no stump.
 */
export const firstDay = (until: LocalDate, months: number): LocalDate =>
  `${addMonths(monthOf(until), 1 - months)}-01`;

const isNearFestival = (day: LocalDate): boolean => {
  const festival = SPRING_FESTIVAL[Number(day.slice(0, 4))];
  return festival !== undefined && Math.abs(daysBetween(festival, day)) <= FESTIVAL_DAYS;
};

/** How many registrations a day sees, against an ordinary working day at the beginning. */
const weightOf = (day: LocalDate, first: LocalDate): number => {
  if (!isWorkingDay(day).working) return 0;
  const month = MONTH_WEIGHT[Number(day.slice(5, 7)) - 1] ?? 1;
  const growth = COUNT_GROWTH ** (daysBetween(first, day) / DAYS_A_YEAR);
  return month * growth * (isNearFestival(day) ? FESTIVAL_WEIGHT : 1);
};

export const daysFrom = (first: LocalDate, last: LocalDate): readonly LocalDate[] =>
  Array.from({ length: daysBetween(first, last) + 1 }, (_, i) => addDays(first, i));

/**
 * A day of registration for each of `count` contracts, in order, and as many more beyond the last
 * day as the same density gives: those are in review when the history ends.
 */
export const registrationDays = (
  first: LocalDate,
  last: LocalDate,
  count: number,
  workingDaysBeyond: number,
): readonly LocalDate[] => {
  const days = daysFrom(first, last);
  const weights = days.map((day) => weightOf(day, first));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const end = addWorkingDays(last, workingDaysBeyond).day;
  const beyond = daysFrom(addDays(last, 1), end);
  const all = [...days, ...beyond];
  const result: LocalDate[] = [];
  let share = 0;
  all.forEach((day, i) => {
    share += weights[i] ?? weightOf(day, first);
    // The last day takes what rounding left, so that exactly `count` lie within the history.
    const upTo = i === days.length - 1 ? count : Math.floor((share / whole) * count + 1e-9);
    while (result.length < upTo) result.push(day);
  });
  return result;
};
