import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { IndexCell, MethodRef } from '@jishi/contracts/ledger/live';
import type { PublishedCell, PublishedContent } from '@jishi/contracts/ledger/publication';
import { type LocalDate, type LocalMonth, monthOf } from '@jishi/contracts/time';
import { baseOf, type CellBase, formatHundredths, indexHundredths } from '../index/formula.ts';
import type { IndexParameters } from '../index/parameters.ts';
import { isBaseComplete } from '../index/series.ts';
import { primitivesOf } from '../index/tally.ts';
import type { Changes } from './changes.ts';
import { type HiddenReason, hiddenCells } from './disclosure.ts';
import { releasedAt, type Showings } from './release.ts';
import { PUBLISHED_CELLS, type Table, tallyAt } from './units.ts';

/** Where each cell was shown to the public: its base in any period, its month in this one. */
export interface ShownBefore {
  readonly base: Showings;
  readonly month: Showings;
}

export interface ContentSources {
  readonly parameters: IndexParameters;
  readonly method: MethodRef;
  readonly head: LogHead;
  readonly headDay: LocalDate;
  /** What the contracts that stand as of a sequence add up to. */
  readonly tableAt: (seq: number) => Table;
  /** What changed from a sequence to the head. */
  readonly changesSince: (seq: number) => Changes;
  readonly shown: ShownBefore;
}

interface Place {
  readonly cell: IndexCell;
  readonly period: LocalMonth;
  readonly monthAt: number;
  readonly baseAt: number;
}

const EMPTY = { value: null, valueFen: null, contracts: null, base: null } as const;

/** A cell's value, from whole numbers alone; the same numbers are published beside it. */
const shownCell = (place: Place, sources: ContentSources): PublishedCell => {
  const { cell, period, monthAt, baseAt } = place;
  const { parameters, tableAt } = sources;
  const month = primitivesOf(tallyAt(tableAt(monthAt), cell, period));
  const counted = {
    cell,
    asOfSeq: monthAt,
    valueFen: `${month.valueFen}`,
    contracts: Number(month.contracts),
  };
  if (!isBaseComplete(parameters, sources.headDay)) {
    return { ...counted, state: 'not-defined', reason: 'base-incomplete', value: null, base: null };
  }
  const months = parameters.baseMonths.map((baseMonth) => ({
    month: baseMonth,
    ...primitivesOf(tallyAt(tableAt(baseAt), cell, baseMonth)),
  }));
  const cellBase: CellBase | null = baseOf(months, parameters);
  if (!cellBase) {
    return { ...counted, state: 'not-defined', reason: 'no-base', value: null, base: null };
  }
  const base = {
    mean: cellBase.mean,
    asOfSeq: baseAt,
    months: months.map(({ month: of, valueFen, contracts }) => ({
      ...{ month: of, valueFen: `${valueFen}`, contracts: Number(contracts) },
    })),
  };
  const hundredths = indexHundredths(cellBase, month);
  if (hundredths === null) {
    return { ...counted, state: 'not-defined', reason: 'no-trade', value: null, base };
  }
  const value = formatHundredths(hundredths);
  return { ...counted, state: 'defined', reason: null, value, base };
};

/** A cell as of the head itself, shown or not: for the people who publish, and the auditor. */
export const exactCell = (
  cell: IndexCell,
  period: LocalMonth,
  sources: ContentSources,
): PublishedCell => {
  const { seq } = sources.head;
  return shownCell({ cell, period, monthAt: seq, baseAt: seq }, sources);
};

/** When each cell's month and base are released; in the base year they are one and the same. */
const releases = (period: LocalMonth, sources: ContentSources, hidden: ReadonlySet<IndexCell>) => {
  const { parameters, head, changesSince, shown } = sources;
  const given = { changesSince, rule: parameters.disclosure };
  const { baseMonths } = parameters;
  const ofBase = { months: baseMonths, shownAt: shown.base, hidden };
  const base = releasedAt(ofBase, head.seq, given);
  const ofMonth = { months: [period], shownAt: shown.month, hidden };
  const month = baseMonths.includes(period) ? base : releasedAt(ofMonth, head.seq, given);
  return {
    monthAt: (cell: IndexCell): number => month.at.get(cell) ?? head.seq,
    baseAt: (cell: IndexCell): number => base.at.get(cell) ?? head.seq,
    withheld: new Set([...base.withheld, ...month.withheld]),
  };
};

type Hidden = ReadonlyMap<IndexCell, HiddenReason>;

interface Decided {
  readonly monthAt: (cell: IndexCell) => number;
  readonly baseAt: (cell: IndexCell) => number;
  readonly hidden: Hidden;
}

/**
 * What is hidden and what is released depend on each other: a cell that is hidden covers, and one
 * that must wait and was never shown is hidden. Repeated until nothing more is hidden.
 */
const decide = (
  period: LocalMonth,
  sources: ContentSources,
  known: Hidden = new Map(),
): Decided => {
  const { parameters, tableAt } = sources;
  const release = releases(period, sources, new Set(known.keys()));
  const { monthAt, baseAt, withheld } = release;
  const found = hiddenCells({
    period,
    baseMonths: parameters.baseMonths,
    tables: {
      monthOf: (cell) => tableAt(monthAt(cell)),
      baseOf: (cell) => tableAt(baseAt(cell)),
    },
    rule: parameters.disclosure,
    withheld: new Set([...withheld, ...known.keys()]),
  });
  const hidden: Hidden = new Map([...found, ...known]);
  return hidden.size > known.size ? decide(period, sources, hidden) : { monthAt, baseAt, hidden };
};

/** Everything that a publication of a month says to anybody. The same log gives the same bytes. */
export const contentOf = (
  period: LocalMonth,
  vintage: number,
  sources: ContentSources,
): PublishedContent => {
  const { head, method } = sources;
  const { monthAt, baseAt, hidden } = decide(period, sources);
  const cells = PUBLISHED_CELLS.map((cell): PublishedCell => {
    const place = { cell, period, monthAt: monthAt(cell), baseAt: baseAt(cell) };
    const reason = hidden.get(cell);
    if (!reason) return shownCell(place, sources);
    return { cell, asOfSeq: place.monthAt, state: 'hidden', reason, ...EMPTY };
  });
  return { period, vintage, revision: vintage > 1 ? 'R1' : null, head, method, cells };
};

/** A month can be published once a later one has begun, on the day of the head itself. */
export const isEnded = (period: LocalMonth, headDay: LocalDate): boolean =>
  monthOf(headDay) > period;
