import type { VintageMark } from '@jishi/contracts/ledger/index-family';
import { addDays, businessDay, type LocalDate, type LocalMonth } from '@jishi/contracts/time';
import { addWorkingDays, isWorkingDay } from '@jishi/contracts/working-days';
import { z } from 'zod';
import { addToMonth, daysInMonth, monthNumber, monthSpan } from './family/calendar.ts';

const Whole = z.string().regex(/^\d{1,3}$/);
const Said = { status: z.enum(['METHOD', 'ASSUMPTION']), source: z.string().min(1) };

/** The offsets of releases that the index parameters do not have, with where they come from. */
export const ReleaseRules = z.strictObject({
  effectiveFrom: z.string(),
  flash: z.strictObject({ workingDays: Whole, ...Said }),
  second: z.strictObject({ months: Whole, ...Said }),
  annualClose: z.strictObject({ monthDay: z.string().regex(/^\d\d-\d\d$/), ...Said }),
  checkedOn: z.string(),
});
export type ReleaseRules = z.infer<typeof ReleaseRules>;

export type Release = 'flash' | 'first' | 'second' | 'annual-close';

export interface ReleaseItem {
  readonly period: LocalMonth;
  readonly release: Release;
  readonly dueOn: LocalDate;
  readonly dueProvisional: boolean;
  readonly isAssumed: boolean;
  readonly published: VintageMark | null;
}

interface Due {
  readonly day: LocalDate;
  readonly provisional: boolean;
}

const lastDayOf = (month: LocalMonth): LocalDate =>
  `${month}-${String(daysInMonth(monthNumber(month))).padStart(2, '0')}`;

/** A day, or the working day after it. */
const onWorkingDay = (day: LocalDate): Due => {
  const { working, provisional } = isWorkingDay(day);
  return working ? { day, provisional } : addWorkingDays(day, 1);
};

/** The same day some months on; the month's last day where it has no such day. */
const monthsAfter = (day: LocalDate, months: number): LocalDate => {
  const last = lastDayOf(addToMonth(day.slice(0, 7), months));
  return last.slice(8) < day.slice(8) ? last : `${last.slice(0, 8)}${day.slice(8)}`;
};

const duesOf = (
  period: LocalMonth,
  rules: ReleaseRules,
  firstWorkingDays: number,
): readonly (readonly [Release, Due, boolean])[] => {
  const end = lastDayOf(period);
  const first = addWorkingDays(end, firstWorkingDays);
  const second = onWorkingDay(monthsAfter(first.day, Number(rules.second.months)));
  const assumed = ({ status }: { readonly status: string }): boolean => status === 'ASSUMPTION';
  const flash = addWorkingDays(end, Number(rules.flash.workingDays));
  const close = onWorkingDay(`${Number(period.slice(0, 4)) + 1}-${rules.annualClose.monthDay}`);
  return [
    ['flash', flash, assumed(rules.flash)],
    ['first', first, false],
    [
      'second',
      { ...second, provisional: first.provisional || second.provisional },
      assumed(rules.second),
    ],
    ...(period.endsWith('-12')
      ? ([['annual-close', close, assumed(rules.annualClose)]] as const)
      : []),
  ];
};

/** What looks at a month once more: the first publication of all is none of these, however late. */
const isAgain = (release: Release): boolean => release === 'second' || release === 'annual-close';

/**
 * Which release of each month of a year is due when, and which publication met it: the first since
 * the release before it was due. Source: index methodology, B6.
 */
export const releaseCalendar = (
  year: number,
  rules: ReleaseRules,
  firstWorkingDays: number,
  vintages: readonly { readonly period: LocalMonth; readonly mark: VintageMark }[],
): readonly ReleaseItem[] =>
  monthSpan(`${year}-01`, `${year}-12`).flatMap((period) => {
    const marks = vintages.filter((one) => one.period === period).map(({ mark }) => mark);
    let since: LocalDate = '0000-01-01';
    return duesOf(period, rules, firstWorkingDays).map(([release, due, isAssumed]) => {
      const met = marks.find(
        ({ publishedAt, vintage }) =>
          businessDay(publishedAt) >= since && (vintage > 1 || !isAgain(release)),
      );
      since = addDays(due.day, 1);
      return {
        ...{ period, release, dueOn: due.day, dueProvisional: due.provisional, isAssumed },
        published: met ?? null,
      };
    });
  });
