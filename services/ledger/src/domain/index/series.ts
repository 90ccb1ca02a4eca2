import type { IndexCell, IndexPoint } from '@jishi/contracts/ledger/live';
import { addMonths, businessDay, type LocalDate, monthOf } from '@jishi/contracts/time';
import type { CellMonths } from './aggregates.ts';
import { baseOf, type CellBase, formatHundredths, indexHundredths } from './formula.ts';
import type { IndexParameters } from './parameters.ts';
import { aggregatesFor, type IndexState } from './state.ts';
import { EMPTY_TALLY, isCrowdEnough, primitivesOf, type Tally } from './tally.ts';

/** Who looks: operator and auditor exactly, everybody else by the disclosure rule. */
export type View = 'exact' | 'public';

/** The day that a state's numbers are as of: the business day of its last event. */
export const dayOf = (state: IndexState): LocalDate | null =>
  state.recordedAt === null ? null : businessDay(state.recordedAt);

/** Whether the twelve months of the base year are over on a day. */
export const isBaseComplete = (parameters: IndexParameters, day: LocalDate | null): boolean =>
  day !== null && day > `${parameters.baseYear}-12-31`;

const NO_MONTHS: CellMonths = new Map();

const undefinedPoint = (
  month: string,
  reason: 'base-incomplete' | 'no-base' | 'no-trade',
  provisional: boolean,
): IndexPoint => ({ month, state: 'not-defined', value: null, reason, provisional });

/** What was computed of one cell: states are immutable, so it holds as long as the cell does. */
interface Computed {
  readonly base: CellBase | null;
  readonly hundredths: Map<string, bigint | null>;
}

/** By parameters, then by the cell's months; a live screen then computes only what has changed. */
const computed = new WeakMap<IndexParameters, WeakMap<CellMonths, Computed>>();

const tallyOf = (months: CellMonths, month: string): Tally => months.get(month) ?? EMPTY_TALLY;

const computedOf = (months: CellMonths, parameters: IndexParameters): Computed => {
  const ofMethod = computed.get(parameters) ?? new WeakMap<CellMonths, Computed>();
  computed.set(parameters, ofMethod);
  const known = ofMethod.get(months);
  if (known) return known;
  const base = baseOf(
    parameters.baseMonths.map((month) => primitivesOf(tallyOf(months, month))),
    parameters,
  );
  const fresh = { base, hundredths: new Map<string, bigint | null>() };
  ofMethod.set(months, fresh);
  return fresh;
};

const hundredthsOf = (months: CellMonths, cell: Computed, month: string): bigint | null => {
  if (cell.base === null) return null;
  const known = cell.hundredths.get(month);
  if (known !== undefined) return known;
  const value = indexHundredths(cell.base, primitivesOf(tallyOf(months, month)));
  cell.hundredths.set(month, value);
  return value;
};

/** One cell as of a state: its base once, and a point for any month. */
export interface CellReader {
  readonly base: CellBase | null;
  readonly point: (month: string) => IndexPoint;
  /** The value itself in hundredths, for changes; null where the point shows none. */
  readonly hundredths: (month: string) => bigint | null;
}

/**
 * Reads a cell. Refusals of a value, in this order: base not complete, no base, hidden from the
 * public (fewer than three contracts, sellers or buyers in the month), no trade in the month.
 * A month without any contract is shown as such: an empty cell hides nobody.
 */
export const readCell = (
  state: IndexState,
  cell: IndexCell,
  view: View,
  parameters: IndexParameters,
): CellReader => {
  const months = aggregatesFor(state, view).cells.get(cell) ?? NO_MONTHS;
  const day = dayOf(state);
  const complete = isBaseComplete(parameters, day);
  const cellComputed = complete ? computedOf(months, parameters) : null;
  const base = cellComputed?.base ?? null;
  const isHidden = (month: string): boolean => {
    const { crowd } = tallyOf(months, month);
    return view === 'public' && crowd.contracts > 0 && !isCrowdEnough(crowd, parameters.disclosure);
  };
  const hundredths = (month: string): bigint | null =>
    cellComputed === null || isHidden(month) ? null : hundredthsOf(months, cellComputed, month);
  const point = (month: string): IndexPoint => {
    const provisional = day === null || month >= monthOf(day);
    if (!complete) return undefinedPoint(month, 'base-incomplete', provisional);
    if (base === null) return undefinedPoint(month, 'no-base', provisional);
    if (isHidden(month)) {
      return { month, state: 'hidden', value: null, reason: 'few-contracts', provisional };
    }
    const value = hundredths(month);
    if (value === null) return undefinedPoint(month, 'no-trade', provisional);
    return { month, state: 'defined', value: formatHundredths(value), reason: null, provisional };
  };
  return { base, point, hundredths };
};

/** Months from one to another, both included; empty when they are the wrong way round. */
export const monthsBetween = (from: string, to: string): readonly string[] => {
  const months: string[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
};

/** The first month with a registered contract in the city. */
export const firstMonth = (state: IndexState): string | null =>
  [...(state.cells.get('city') ?? NO_MONTHS).keys()].sort()[0] ?? null;

/**
 * The last month that a view shows of a cell. The running month moves with single contracts, so
 * the public sees it for the city alone, where it moves in steps.
 */
export const lastMonth = (state: IndexState, cell: IndexCell, view: View): string | null => {
  const day = dayOf(state);
  if (day === null) return null;
  return view === 'exact' || cell === 'city' ? monthOf(day) : addMonths(monthOf(day), -1);
};

/** The months of a series within the asked span, inside what the log has and the view shows. */
export const seriesMonths = (
  state: IndexState,
  cell: IndexCell,
  view: View,
  span: { readonly from?: string | undefined; readonly to?: string | undefined },
): readonly string[] => {
  const first = firstMonth(state);
  const last = lastMonth(state, cell, view);
  if (first === null || last === null) return [];
  const from = span.from !== undefined && span.from > first ? span.from : first;
  const to = span.to !== undefined && span.to < last ? span.to : last;
  return monthsBetween(from, to);
};
