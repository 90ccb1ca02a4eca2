import type { IndexCell } from '@jishi/contracts/ledger/index-cell';
import { type LocalDate, type LocalMonth, monthOf, yearOf } from '@jishi/contracts/time';
import { addWaiting, moveWaiting, type YearReleases } from './field-release.ts';
import {
  cellsOf,
  type RegisteredContract,
  type Remaining,
  type Restatement,
} from './registered-contract.ts';
import type { StepRule } from './step-rule.ts';
import { addToTally, EMPTY_TALLY, removeFromTally, type Tally, withParties } from './tally.ts';

export type CellMonths = ReadonlyMap<LocalMonth, Tally>;

/** All contracts that were registered on one day. */
export interface DayTally {
  readonly contracts: number;
  readonly contractValueFen: bigint;
}

/** What index and gauge are computed from. */
export interface Aggregates {
  readonly cells: ReadonlyMap<IndexCell, CellMonths>;
  readonly days: ReadonlyMap<LocalMonth, ReadonlyMap<LocalDate, DayTally>>;
  readonly fields: ReadonlyMap<number, YearReleases>;
}

/** Without the key when there is no value: what holds nothing is not there. */
const put = <K, V>(map: ReadonlyMap<K, V> | undefined, key: K, value: V | null): Map<K, V> => {
  const changed = new Map(map);
  if (value === null) changed.delete(key);
  else changed.set(key, value);
  return changed;
};

const addToDay = (
  days: Aggregates['days'],
  contract: RegisteredContract,
  sign: 1 | -1,
): Aggregates['days'] => {
  const month = monthOf(contract.registeredOn);
  const before = days.get(month);
  const day = before?.get(contract.registeredOn);
  const contracts = (day?.contracts ?? 0) + sign;
  const value = (day?.contractValueFen ?? 0n) + BigInt(sign) * contract.contractValueFen;
  const changed = put(
    before,
    contract.registeredOn,
    contracts === 0 ? null : { contracts, contractValueFen: value },
  );
  return put(days, month, changed.size === 0 ? null : changed);
};

const addToCells = (
  cells: Aggregates['cells'],
  contract: RegisteredContract,
  parameters: StepRule,
): Aggregates['cells'] => {
  const month = monthOf(contract.registeredOn);
  const changed = new Map(cells);
  for (const cell of cellsOf(contract)) {
    const months = changed.get(cell);
    const tally = addToTally(months?.get(month) ?? EMPTY_TALLY, contract, parameters);
    changed.set(cell, put(months, month, tally));
  }
  return changed;
};

const removeFromCells = (
  cells: Aggregates['cells'],
  contract: RegisteredContract,
  remaining: readonly Remaining[],
  parameters: StepRule,
): Aggregates['cells'] => {
  const month = monthOf(contract.registeredOn);
  const changed = new Map(cells);
  for (const cell of cellsOf(contract)) {
    const months = changed.get(cell);
    const rest = remaining.find((left) => left.cell === cell);
    const tally = removeFromTally(months?.get(month) ?? EMPTY_TALLY, contract, parameters);
    const kept = put(
      months,
      month,
      tally.contracts === 0 ? null : withParties(tally, rest?.sellers ?? [], rest?.buyers ?? []),
    );
    if (kept.size === 0) changed.delete(cell);
    else changed.set(cell, kept);
  }
  return changed;
};

/** One registration more. */
export const addContract = (
  all: Aggregates,
  contract: RegisteredContract,
  parameters: StepRule,
): Aggregates => {
  const year = yearOf(contract.registeredOn);
  const releases = all.fields.get(year) ?? new Map();
  return {
    cells: addToCells(all.cells, contract, parameters),
    days: addToDay(all.days, contract, 1),
    fields: put(all.fields, year, addWaiting(releases, contract, parameters.disclosure)),
  };
};

export const moveFields = (
  fields: Aggregates['fields'],
  { before, after }: Restatement,
): Aggregates['fields'] => {
  const year = yearOf(before.registeredOn);
  const releases = fields.get(year) ?? new Map();
  const without = moveWaiting(releases, before.fieldCode, -before.contractValueFen);
  const moved = after ? moveWaiting(without, after.fieldCode, after.contractValueFen) : without;
  return put(fields, year, moved);
};

/** One contract restated, in the period in which it was registered. */
export const restateContract = (
  all: Aggregates,
  change: Restatement,
  parameters: StepRule,
): Aggregates => {
  const { before, after, remaining } = change;
  const cells = removeFromCells(all.cells, before, remaining, parameters);
  const days = addToDay(all.days, before, -1);
  return {
    cells: after ? addToCells(cells, after, parameters) : cells,
    days: after ? addToDay(days, after, 1) : days,
    fields: moveFields(all.fields, change),
  };
};

/** One month of all cells and days taken over from other aggregates; the rest is kept. */
export const withMonthOf = (
  all: Aggregates,
  source: Aggregates,
  month: LocalMonth,
): Pick<Aggregates, 'cells' | 'days'> => {
  const cells = new Map<IndexCell, CellMonths>();
  for (const cell of new Set([...all.cells.keys(), ...source.cells.keys()])) {
    const months = put(all.cells.get(cell), month, source.cells.get(cell)?.get(month) ?? null);
    if (months.size > 0) cells.set(cell, months);
  }
  return { cells, days: put(all.days, month, source.days.get(month) ?? null) };
};
