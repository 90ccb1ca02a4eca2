import type { Contributions } from '@jishi/contracts/ledger/index-family';
import { byComponent, type ChangeEnd, printChange } from '../index/family/contribution-points.ts';
import { type Contribution, LINK_LINE } from '../index/family/contributions.ts';
import type { Fixed } from '../index/family/logarithm.ts';
import { COMPONENTS, type Component } from '../index/family/method-file.ts';

/** The line in which everything is summed that is too small to be told by itself. */
export const OTHERS_LINE = '(others)';

const summed = (code: string, lines: readonly Contribution[]): Contribution => {
  const sum = (of: (line: Contribution) => Fixed): Fixed =>
    lines.reduce((all, line) => all + of(line), 0n);
  const pairs = COMPONENTS.map((j) => [j, sum(({ terms }) => terms[j])] as const);
  return {
    code,
    terms: Object.fromEntries(pairs) as Record<Component, Fixed>,
    total: sum(({ total }) => total),
  };
};

/** Sums the lines of some codes in one, after the others and before what the link made. */
const withOthers = (
  lines: readonly Contribution[],
  codes: readonly string[],
): readonly Contribution[] => {
  if (codes.length === 0) return lines;
  const merged = lines.filter(({ code }) => codes.includes(code));
  const told = lines.filter(({ code }) => !codes.includes(code) && code !== LINK_LINE);
  const link = lines.filter(({ code }) => code === LINK_LINE);
  return [...told, summed(OTHERS_LINE, merged), ...link];
};

/** A table of the city as it is published: lines add up across and down, to the last digit. */
export const printedTable = (
  by: Contributions['by'],
  lines: readonly Contribution[],
  merged: readonly string[],
  ends: readonly [ChangeEnd, ChangeEnd],
): Contributions => {
  const told = by === 'component' ? byComponent(lines) : withOthers(lines, merged);
  const change = printChange(told, ends);
  return { series: 'city', by, ...change, lines: [...change.lines], merged: [...merged] };
};
