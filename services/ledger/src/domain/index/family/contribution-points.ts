import type { LocalMonth } from '@jishi/contracts/time';
import { roundedQuotient } from '../exact-root.ts';
import { type PrintedContribution, printContributions, roundToSum } from './contribution-table.ts';
import { type Contribution, contributions } from './contributions.ts';
import type { Family } from './family-state.ts';
import { hundredthsOf } from './hundredths.ts';
import { exp, FIXED_ONE, type Fixed, formatDecimal } from './logarithm.ts';
import { COMPONENTS, type Component } from './method-file.ts';
import { indexValue } from './official.ts';
import type { Parting } from './parts.ts';
import type { Series } from './series.ts';

/** By what a change is told: its components, or one of the partings. */
export type TellBy = Parting | 'component';

/** Decimals of a contribution to ln I, and of one in index points. */
const LN_DECIMALS = 6;
const POINT_DECIMALS = 2;

/** A printed line with its share of the change in index points. */
export interface PointedContribution extends PrintedContribution {
  readonly points: string;
}

/** A change told by its parts: lines add up across, and down to I(t) − I(s) as printed. */
export interface ToldChange {
  readonly from: { readonly period: LocalMonth; readonly value: string };
  readonly to: { readonly period: LocalMonth; readonly value: string };
  readonly lines: readonly PointedContribution[];
  readonly sum: PointedContribution;
}

const NONE: Readonly<Record<Component, Fixed>> = { S: 0n, A: 0n, B: 0n, C: 0n, P: 0n };

/** One line for each component, the sums of the columns; the link stays a line of its own. */
export const byComponent = (table: readonly Contribution[]): readonly Contribution[] => {
  const components = COMPONENTS.map((j): Contribution => {
    const total = table.reduce((sum, { terms }) => sum + terms[j], 0n);
    return { code: j, terms: { ...NONE, [j]: total }, total };
  });
  const beside = table.filter(({ code }) => code === '(link)');
  return [...components, ...beside];
};

/**
 * Parts of ln I(t) − ln I(s) in index points, through the logarithmic mean: a part times
 * L = (I(t) − I(s))/(ln I(t) − ln I(s)). Rounded so that they add up to the printed change.
 */
const pointsOf = (
  totals: readonly Fixed[],
  [before, after]: readonly [Fixed, Fixed],
  change: bigint,
): readonly bigint[] => {
  const unit = FIXED_ONE / 10n ** BigInt(POINT_DECIMALS);
  const rise = exp(after) - exp(before);
  const parts = totals.map((total) =>
    after === before
      ? roundedQuotient(total * exp(after), FIXED_ONE)
      : roundedQuotient(total * rise, after - before),
  );
  return roundToSum(parts, unit, change);
};

/** Index points of a change as they are printed: the two values are rounded before. */
const printedChange = (from: string, to: string): bigint => hundredthsOf(to) - hundredthsOf(from);

/** One end of a comparison: the value as printed, and its logarithm. */
export interface ChangeEnd {
  readonly period: LocalMonth;
  readonly value: string;
  readonly ln: Fixed;
}

/** Prints a table of contributions so that it adds up to the printed change between two values. */
export const printChange = (
  table: readonly Contribution[],
  [from, to]: readonly [ChangeEnd, ChangeEnd],
): ToldChange => {
  const change = printedChange(from.value, to.value);
  const points = pointsOf(
    table.map(({ total }) => total),
    [from.ln, to.ln],
    change,
  );
  const printed = printContributions(table, LN_DECIMALS);
  const pointed = (line: PrintedContribution, value: bigint): PointedContribution => ({
    ...line,
    points: formatDecimal(value, POINT_DECIMALS),
  });
  return {
    from: { period: from.period, value: from.value },
    to: { period: to.period, value: to.value },
    lines: printed.lines.map((line, i) => pointed(line, points[i] ?? 0n)),
    sum: pointed(printed.sum, change),
  };
};

/**
 * Tells who moved an index from one period to another. Refusals (`invalid-input`): no-value and
 * over-two-links, as `contributions` has them.
 */
export const tellChange = (
  family: Family,
  series: Series,
  periods: readonly [LocalMonth, LocalMonth],
  by: TellBy,
): ToldChange => {
  const parting = by === 'component' ? 'field' : by;
  const parts = contributions(family, series, periods, parting);
  const table = by === 'component' ? byComponent(parts) : parts;
  const [from, to] = periods.map((period) => indexValue(family, series, period));
  if (!from || !to || from.ln === null || to.ln === null) throw new Error('no value to tell');
  return printChange(table, [
    { period: from.period, value: from.value ?? '', ln: from.ln },
    { period: to.period, value: to.value ?? '', ln: to.ln },
  ]);
};
