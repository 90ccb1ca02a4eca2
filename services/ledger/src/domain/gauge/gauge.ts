import { addDays, type LocalDate, monthOf, yearOf } from '@jishi/contracts/time';
import { countWorkingDays, isWorkingDay } from '@jishi/contracts/working-days';
import type { CellMonths, DayTally } from '../index/aggregates.ts';
import type { Target } from './targets.ts';

/** What the gauge reads of the state: the city by month, and each day. */
export interface Registered {
  readonly months: CellMonths;
  readonly days: ReadonlyMap<string, ReadonlyMap<LocalDate, DayTally>>;
  /**
   * For the public: totals of all time by day of a public step. A mean of the days themselves
   * would show, when the window moves on, what was registered on the day that leaves it.
   */
  readonly stepTotals: ReadonlyMap<LocalDate, bigint> | null;
}

/** A year against its target, as of a day. Amounts in fen; days are working days. */
export interface GaugeFigures {
  readonly contractValueFen: bigint;
  readonly technologyValueFen: bigint;
  readonly contractCount: number;
  readonly allTimeContractValueFen: bigint;
  readonly workingDaysTotal: number;
  readonly workingDaysGone: number;
  readonly workingDaysLeft: number;
  readonly calendarProvisional: boolean;
  readonly requiredPerWorkingDayFen: bigint | null;
  readonly meanOfLast20WorkingDaysFen: bigint;
  readonly projectedFen: bigint;
  readonly reachedOn: LocalDate | null;
}

const MEAN_DAYS = 20;

const isReached = (target: Target, amountFen: bigint): boolean =>
  target.rule === 'exceed' ? amountFen > target.amountFen : amountFen >= target.amountFen;

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);

/** The first of the last twenty working days that end on a day (itself, if it is one). */
const firstOfLastWorkingDays = (last: LocalDate): LocalDate => {
  let day = last;
  for (let found = isWorkingDay(day).working ? 1 : 0; found < MEAN_DAYS; ) {
    day = addDays(day, -1);
    if (isWorkingDay(day).working) found += 1;
  }
  return day;
};

/** Contract value registered from a day to a day, both included; weekends count with them. */
const valueBetween = (days: Registered['days'], from: LocalDate, to: LocalDate): bigint => {
  let sum = 0n;
  for (const [month, tallies] of days) {
    if (month < monthOf(from) || month > monthOf(to)) continue;
    for (const [day, tally] of tallies) {
      if (day >= from && day <= to) sum += tally.contractValueFen;
    }
  }
  return sum;
};

/** Contract value between public steps: from the last before a day to the last up to one. */
const valueBetweenSteps = (
  totals: ReadonlyMap<LocalDate, bigint>,
  from: LocalDate,
  to: LocalDate,
): bigint => {
  const lastBefore = (end: LocalDate): bigint =>
    [...totals].filter(([day]) => day < end).sort(([a], [b]) => (a < b ? 1 : -1))[0]?.[1] ?? 0n;
  return lastBefore(addDays(to, 1)) - lastBefore(from);
};

/** The day on which the year's running total first met the target. */
const reachedOn = (days: Registered['days'], year: number, target: Target): LocalDate | null => {
  const ofYear = [...days]
    .filter(([month]) => month.startsWith(`${year}-`))
    .flatMap(([, tallies]) => [...tallies])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  let sum = 0n;
  for (const [day, tally] of ofYear) {
    sum += tally.contractValueFen;
    if (isReached(target, sum)) return day;
  }
  return null;
};

const workingDays = (year: number, day: LocalDate) => {
  const first = `${year}-01-01`;
  const after = `${year + 1}-01-01`;
  const total = countWorkingDays(first, after);
  const gone = countWorkingDays(first, earlier(after, later(first, addDays(day, 1))));
  return {
    workingDaysTotal: total.days,
    workingDaysGone: gone.days,
    workingDaysLeft: total.days - gone.days,
    calendarProvisional: total.provisional,
  };
};

const sums = (months: CellMonths, year: number) => {
  let contractValueFen = 0n;
  let technologyValueFen = 0n;
  let contractCount = 0;
  let allTimeContractValueFen = 0n;
  for (const [month, tally] of months) {
    allTimeContractValueFen += tally.contractValueFen;
    if (yearOf(month) !== year) continue;
    contractValueFen += tally.contractValueFen;
    technologyValueFen += tally.technologyValueFen;
    contractCount += tally.contracts;
  }
  return { contractValueFen, technologyValueFen, contractCount, allTimeContractValueFen };
};

/**
 * The gauge of a year as of a business day: Σ contract value of ALL registered contracts (related
 * parties and subcontracts too) by the year of registration. Working days left begin with the day
 * after. Required per day is rounded up, the mean of twenty days down; the projection is the year
 * to date + that mean × the days left. A year that is over is as of its last day. For the public
 * the twenty days are counted from step to step.
 * Rule: the 2022-12-20 plan's annual target; index methodology, gauge.
 */
export const gaugeOf = (
  registered: Registered,
  year: number,
  day: LocalDate,
  target: Target | undefined,
): GaugeFigures => {
  const amounts = sums(registered.months, year);
  const calendar = workingDays(year, day);
  const lastDay = earlier(day, `${year}-12-31`);
  const firstDay = firstOfLastWorkingDays(lastDay);
  const last20Fen = registered.stepTotals
    ? valueBetweenSteps(registered.stepTotals, firstDay, lastDay)
    : valueBetween(registered.days, firstDay, lastDay);
  const mean = last20Fen / BigInt(MEAN_DAYS);
  const left = BigInt(calendar.workingDaysLeft);
  const ytd = amounts.contractValueFen;
  const open = target !== undefined && !isReached(target, ytd) && left > 0n;
  return {
    ...amounts,
    ...calendar,
    requiredPerWorkingDayFen: open ? (target.amountFen - ytd + left - 1n) / left : null,
    meanOfLast20WorkingDaysFen: mean,
    projectedFen: ytd + mean * left,
    reachedOn: target ? reachedOn(registered.days, year, target) : null,
  };
};
