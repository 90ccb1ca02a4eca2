import type { HiddenReason } from '@jishi/contracts/ledger/index-family';
import type { LocalMonth } from '@jishi/contracts/time';
import { addToMonth, monthSpan } from '../index/family/calendar.ts';
import { type Cap, cappedFen } from '../index/family/cap.ts';
import type { ContractFact } from '../index/family/facts.ts';
import type { Family } from '../index/family/family-state.ts';
import { officialMonth } from '../index/family/freeze.ts';
import { viewOf } from '../index/family/market-state.ts';
import type { MethodFile } from '../index/family/method-file.ts';
import {
  crowdOf,
  crowdOfContracts,
  primaryReason,
  publishedRule,
} from '../index/family/primary-disclosure.ts';
import { suppress } from '../index/family/suppression.ts';
import { listTable } from '../index/family/suppression-table.ts';
import { emptyTally } from '../index/family/tally.ts';
import type { WindowReading } from '../index/family/window.ts';
import { type GuardedMonth, mayShowWindow } from '../index/family/window-guard.ts';
import { type Counting, countedAt } from './counted.ts';
import { partitionOf } from './showings.ts';

type Rule = MethodFile['disclosure'];

/** Contracts with the value that figures have of them: up to the cap. */
export const cappedContracts = (
  contracts: readonly ContractFact[],
  cap: Cap | null,
): readonly ContractFact[] =>
  contracts.map((one) => ({
    ...one,
    technologyValueFen: cappedFen(one.technologyValueFen, cap),
  }));

/**
 * Why the sum over some contracts may not be known, by the primary rule. A contract whose value is
 * published covers no other, and is one itself: of its technology value nothing was said.
 */
export const reasonOfContracts = (
  contracts: readonly ContractFact[],
  rule: Rule,
): HiddenReason | null => {
  if (contracts.length === 0) return null;
  const covering = contracts.filter(({ isValuePublished }) => !isValuePublished);
  if (covering.length === 0) return 'few-contracts';
  return primaryReason(crowdOfContracts(covering), rule);
};

/** What a base year is of: its months, and the head as of which it was taken. */
export interface Pooled {
  readonly months: readonly LocalMonth[];
  readonly linkHead: number;
  readonly cap: Cap | null;
  /** The windows whose mean is published; none where the year is one window. */
  readonly windows: readonly (readonly LocalMonth[])[];
}

/**
 * Whether too few stand behind a series' base: its reference values are published (B12-10), and
 * from a mean over windows the one that was never shown follows where the others were.
 */
export const isBaseThin = (
  counting: Counting,
  cell: string,
  { months, linkHead, cap, windows }: Pooled,
  rule: Rule,
): boolean => {
  const isThin = (of: readonly LocalMonth[]): boolean => {
    const contracts = countedAt(counting, cell, of, () => linkHead).map((one) => one.contract);
    const judged = cell === 'city' ? cappedContracts(contracts, cap) : contracts;
    return reasonOfContracts(judged, rule) !== null;
  };
  return isThin(months) || windows.some(isThin);
};

/**
 * The cells of one partition that stay hidden so that no other hidden one is known within ± p %:
 * the parts and the city's total over the window are a table (B12-20). Parts that are no cell
 * count as hidden.
 */
export const protectedNeighbours = (
  reading: WindowReading,
  cells: readonly string[],
  hidden: ReadonlySet<string>,
  counting: Counting,
  rule: Rule,
): ReadonlySet<string> => {
  const partition = partitionOf(cells[0] ?? '');
  const all = [...counting.parts].filter((part) => partitionOf(part) === partition);
  const parts = new Map(
    [...new Set([...cells, ...all])].map((part) => [part, reading.cell(part).tally.rawFen]),
  );
  const isHidden = (part: string): boolean => hidden.has(part) || !cells.includes(part);
  const primary = new Set([...parts.keys()].filter(isHidden).map((part) => `*|${part}`));
  const codes = suppress(listTable(parts), primary, BigInt(rule.secondaryPercent));
  return new Set(cells.filter((cell) => codes.has(`*|${cell}`) && !hidden.has(cell)));
};

const guardedMonths = (
  { market }: Family,
  cell: string,
  months: readonly LocalMonth[],
  cap: Cap | null,
  rule: Rule,
): readonly GuardedMonth[] =>
  months.map((month) => {
    const tally = viewOf(officialMonth(market, month), cap).cells.get(cell) ?? emptyTally();
    const isUnsafe = primaryReason(crowdOf(tally, 'raw'), rule) !== null;
    return { month, rawFen: tally.rawFen, isUnsafe };
  });

/** So many months around a window are looked at: what is further away hardly bounds a month. */
const REACH_MONTHS = 12;

/** Whether a rolling window may stand beside the cell's windows that have been shown (B12-21). */
export const mayOverlap = (
  family: Family,
  cell: string,
  { period, length, cap }: { period: LocalMonth; length: number; cap: Cap | null },
  shown: ReadonlySet<LocalMonth>,
): boolean => {
  const rule = publishedRule(family.method.file.disclosure);
  const near = monthSpan(addToMonth(period, -REACH_MONTHS), addToMonth(period, REACH_MONTHS));
  const last =
    [period, ...shown]
      .filter((month) => near.includes(month))
      .sort()
      .at(-1) ?? period;
  const months = guardedMonths(
    family,
    cell,
    near.filter((month) => month <= last),
    cap,
    rule,
  );
  if (!months.some(({ isUnsafe }) => isUnsafe)) return true;
  return mayShowWindow(months, shown, period, length, BigInt(rule.secondaryPercent));
};

export type Hidden = ReadonlyMap<string, HiddenReason>;
