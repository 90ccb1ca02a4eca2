import type { IndexCell } from '@jishi/contracts/ledger/live';
import type { LocalMonth } from '@jishi/contracts/time';
import type { DisclosureRule } from '../index/parameters.ts';
import { type Crowd, isCrowdEnough, mergeCrowds, NOBODY, type Tally } from '../index/tally.ts';
import { PARTITIONS, type Partition, PUBLISHED_CELLS, type Table, tallyAt } from './units.ts';

/** Why a cell is not shown. In this order: the first that holds is told. */
export type HiddenReason = 'few-contracts' | 'base-few-contracts' | 'protects-neighbour';

/** The tables in which a cell's month and its base stand: they may be as of different heads. */
export interface Tables {
  readonly monthOf: (cell: IndexCell) => Table;
  readonly baseOf: (cell: IndexCell) => Table;
}

const isBare = (tally: Tally, rule: DisclosureRule): boolean =>
  tally.crowd.contracts > 0 && !isCrowdEnough(tally.crowd, rule);

interface Asked {
  readonly period: LocalMonth;
  readonly baseMonths: readonly LocalMonth[];
  readonly tables: Tables;
  readonly rule: DisclosureRule;
  /** Cells that must stay hidden whatever stands in them. */
  readonly withheld: ReadonlySet<IndexCell>;
}

const ownReason = (cell: IndexCell, asked: Asked): HiddenReason | null => {
  const { period, baseMonths, tables, rule } = asked;
  if (isBare(tallyAt(tables.monthOf(cell), cell, period), rule)) return 'few-contracts';
  const base = tables.baseOf(cell);
  const bareInBase = baseMonths.some((month) => isBare(tallyAt(base, cell, month), rule));
  return bareInBase ? 'base-few-contracts' : null;
};

/** As of the city's head: what is hidden is known as the city less what is shown. */
const crowdAt = (part: string, month: LocalMonth, { period, tables }: Asked): Crowd => {
  const table = month === period ? tables.monthOf('city') : tables.baseOf('city');
  return tallyAt(table, part, month).crowd;
};

/** Whether the sum of what is hidden, which anybody can subtract, is over a crowd in each month. */
const isSumSafe = (hidden: ReadonlySet<string>, asked: Asked): boolean =>
  [asked.period, ...asked.baseMonths].every((month) => {
    const crowd = [...hidden].reduce(
      (sum, part) => mergeCrowds(sum, crowdAt(part, month, asked), asked.rule),
      NOBODY,
    );
    return crowd.contracts === 0 || isCrowdEnough(crowd, asked.rule);
  });

const strangersOf = (partition: Partition, table: Table): readonly string[] => {
  const [kind = ''] = (partition.cells[0] ?? '').split(':');
  const cells: readonly string[] = partition.cells;
  return [...table.keys()].filter((part) => part.startsWith(`${kind}:`) && !cells.includes(part));
};

/** Hides the smallest further cells of a partition until no single contract can be worked out. */
const protect = (
  partition: Partition,
  hidden: Map<IndexCell, HiddenReason>,
  asked: Asked,
): void => {
  const { period, tables } = asked;
  const sizeOf = (cell: IndexCell): bigint =>
    tallyAt(tables.monthOf(cell), cell, period).indexValueFen;
  const shown = partition.cells
    .filter((cell) => !hidden.has(cell))
    .filter((cell) => sizeOf(cell) > 0n)
    .sort((a, b) => (sizeOf(a) < sizeOf(b) ? -1 : sizeOf(a) > sizeOf(b) ? 1 : a < b ? -1 : 1));
  const ofCity = [tables.monthOf('city'), tables.baseOf('city')];
  const strangers = ofCity.flatMap((table) => strangersOf(partition, table));
  const hiddenParts = (): ReadonlySet<string> =>
    new Set([...strangers, ...partition.cells.filter((cell) => hidden.has(cell))]);
  while (!isSumSafe(hiddenParts(), asked)) {
    const next = shown.shift();
    if (next === undefined) return;
    hidden.set(next, 'protects-neighbour');
  }
};

/**
 * The cells that are not shown. Primary: fewer than three contracts, sellers or buyers in the month
 * or in a month of the base (its figures are published, so that anybody can recompute). Secondary:
 * the city and the other parts are public, so what stays hidden is known as a sum.
 */
export const hiddenCells = (asked: Asked): ReadonlyMap<IndexCell, HiddenReason> => {
  const hidden = new Map<IndexCell, HiddenReason>();
  for (const cell of PUBLISHED_CELLS) {
    const reason = ownReason(cell, asked);
    if (reason) hidden.set(cell, reason);
    else if (asked.withheld.has(cell)) hidden.set(cell, 'protects-neighbour');
  }
  for (const partition of PARTITIONS) protect(partition, hidden, asked);
  return hidden;
};
