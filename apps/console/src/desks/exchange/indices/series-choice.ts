import type { IndexCell } from '@jishi/contracts/ledger/index-cell';
import type { SeriesKey } from '@jishi/contracts/ledger/index-family';
import { ALL_CELLS, type CellKind, kindOfCell } from '../cell-name.ts';

export const YEAR_SERIES = 'city@12';

/** Every series that is published, in the order in which the page offers them. */
export const ALL_SERIES: readonly SeriesKey[] = [
  'city',
  YEAR_SERIES,
  ...ALL_CELLS.filter((cell) => cell !== 'city'),
];

export const seriesOfText = (text: string | null): SeriesKey =>
  ALL_SERIES.find((series) => series === text) ?? 'city';

/** How a series is asked for: its cell, and the months of its window. */
export interface AskedSeries {
  readonly cell: IndexCell;
  readonly window: number;
}

const CITY_MONTHS = 1;
const YEAR_MONTHS = 12;
const CELL_MONTHS = 3;

export const askedSeries = (series: SeriesKey): AskedSeries => {
  if (series === YEAR_SERIES) return { cell: 'city', window: YEAR_MONTHS };
  return { cell: series, window: series === 'city' ? CITY_MONTHS : CELL_MONTHS };
};

export const kindOfSeries = (series: SeriesKey): CellKind =>
  series === YEAR_SERIES ? 'city' : kindOfCell(series);
