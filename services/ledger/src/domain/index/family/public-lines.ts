import type { LocalMonth } from '@jishi/contracts/time';
import type { Series } from './series.ts';
import type { ValueLine } from './value-lines.ts';

/** A line without any figure: the public is told why, and nothing else. */
const bareLine = (series: Series, period: LocalMonth, why: Partial<ValueLine>): ValueLine => ({
  series: series.key,
  windowMonths: series.length,
  period,
  ...{ value: null, reason: null, state: null, sub: null, chainGapPercent: null },
  ...{ grade: 'S', hidden: null, flags: [], provisional: false },
  ...why,
});

/** A month that is over and of which nothing was published; before the base there is nothing. */
export const unpublishedLine = (
  series: Series,
  period: LocalMonth,
  baseFrom: LocalMonth,
): ValueLine =>
  bareLine(
    series,
    period,
    period < baseFrom ? { reason: 'before-base' } : { hidden: 'not-published' },
  );

/**
 * The running month of the city as the public sees it, as of a public step: the composite alone.
 * Sub-indices of single steps would tell a conversion's days, and so the listing it came from.
 */
export const publicRunningLine = (line: ValueLine): ValueLine => ({
  ...line,
  ...{ value: line.hidden === null ? line.value : null, state: null, sub: null },
  ...{ chainGapPercent: null, provisional: true },
});

/** The running month where it is not told: too little has changed in it, or of an earlier head. */
export const untoldRunningLine = (
  series: Series,
  period: LocalMonth,
  hidden: 'waits-for-crowd' | 'not-published',
): ValueLine => bareLine(series, period, { hidden, provisional: true });
