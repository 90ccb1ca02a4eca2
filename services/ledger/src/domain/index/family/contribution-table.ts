import { roundedQuotient } from '../exact-root.ts';
import type { Contribution } from './contributions.ts';
import { FIXED_ONE, type Fixed, formatDecimal } from './logarithm.ts';
import { COMPONENTS, type Component } from './method-file.ts';

/**
 * Rounds parts so that they add up to the rounded sum: each down, then one unit more to the
 * largest rests; ties go to the earlier one. `unit` is one unit in the last place.
 */
export const roundToSum = (parts: readonly Fixed[], unit: Fixed, sum: bigint): bigint[] => {
  const down = parts.map((part) => {
    const whole = part / unit;
    return part < 0n && part % unit !== 0n ? whole - 1n : whole;
  });
  const rests = parts.map((part, i) => part - (down[i] ?? 0n) * unit);
  let missing = Number(sum - down.reduce((all, one) => all + one, 0n));
  const order = parts
    .map((_, i) => i)
    .sort((a, b) => {
      const [restA, restB] = [rests[a] ?? 0n, rests[b] ?? 0n];
      return restA === restB ? a - b : restA > restB ? -1 : 1;
    });
  for (let i = 0; missing > 0 && i < order.length; i += 1, missing -= 1) {
    const at = order[i] ?? 0;
    down[at] = (down[at] ?? 0n) + 1n;
  }
  return down;
};

/** A line as published: decimals that add up across and down, to the last digit. */
export interface PrintedContribution {
  readonly code: string;
  readonly terms: Readonly<Record<Component, string>>;
  readonly total: string;
}

export interface PrintedTable {
  readonly lines: readonly PrintedContribution[];
  readonly sum: PrintedContribution;
}

const add = (values: readonly bigint[]): bigint => values.reduce((sum, one) => sum + one, 0n);

/** What a line adds beside its components: only the link line has it. */
const beside = ({ total, terms }: Contribution): Fixed =>
  total - add(COMPONENTS.map((j) => terms[j]));

/**
 * Rounds a table half to even in its grand total; then the component totals so that they add up
 * to it, and each column so that it adds up to its total. A line's total is the sum of its cells.
 */
export const printContributions = (
  table: readonly Contribution[],
  decimals: number,
): PrintedTable => {
  const unit = FIXED_ONE / 10n ** BigInt(decimals);
  const columns = [...COMPONENTS.map((j) => table.map(({ terms }) => terms[j])), table.map(beside)];
  const grand = roundedQuotient(add(columns.map(add)), unit);
  const totals = roundToSum(columns.map(add), unit, grand);
  const cells = columns.map((column, i) => roundToSum(column, unit, totals[i] ?? 0n));
  const text = (value: bigint): string => formatDecimal(value, decimals);
  const print = (code: string, row: readonly bigint[]): PrintedContribution => ({
    code,
    terms: Object.fromEntries(COMPONENTS.map((j, i) => [j, text(row[i] ?? 0n)])) as Record<
      Component,
      string
    >,
    total: text(add(row)),
  });
  return {
    lines: table.map(({ code }, row) =>
      print(
        code,
        cells.map((column) => column[row] ?? 0n),
      ),
    ),
    sum: print('(sum)', totals),
  };
};
