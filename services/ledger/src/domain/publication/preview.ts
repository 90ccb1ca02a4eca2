import type { PublishedContent, PublishedValue } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import { windowMonths } from '../index/family/calendar.ts';
import { type Counted, type Counting, countedAt } from './counted.ts';
import { cellOfSeries } from './showings.ts';

/** Contracts of a window by what became of them between two heads. */
export interface ChangeCount {
  readonly added: number;
  readonly amended: number;
  readonly cancelled: number;
}

export const NO_CHANGE: ChangeCount = { added: 0, amended: 0, cancelled: 0 };

const byContract = (counted: readonly Counted[]): ReadonlyMap<string, number> =>
  new Map(counted.map(({ contract, unknown }) => [contract.contractId, unknown]));

/** What changed in a window since a head; an amendment that moves no figure is none. */
export const changeCount = (
  counting: Counting,
  { series, windowMonths: length }: PublishedValue,
  period: LocalMonth,
  [since, until]: readonly [(month: LocalMonth) => number, (month: LocalMonth) => number],
): ChangeCount => {
  const months = windowMonths(period, length);
  const cell = cellOfSeries(series);
  const before = byContract(countedAt(counting, cell, months, since));
  const after = byContract(countedAt(counting, cell, months, until));
  const common = [...after].filter(([id]) => before.has(id));
  return {
    added: after.size - common.length,
    amended: common.filter(([id, unknown]) => before.get(id) !== unknown).length,
    cancelled: before.size - common.length,
  };
};

export const valueIn = (
  content: PublishedContent | null,
  series: string,
): PublishedValue | undefined => content?.values.find((one) => one.series === series);
