import type { LocalMonth } from '@jishi/contracts/time';
import { windowMonths } from './calendar.ts';
import type { Edition, Method, Shrink } from './method.ts';

/** One published series: a cell with the length of its windows in months. */
export interface Series {
  /** `city`, `city@12`, `district:sip` …: how references and values are keyed. */
  readonly key: string;
  readonly cell: string;
  readonly length: number;
  readonly isCity: boolean;
  /** The reference year as one window, and linked at December's value (B12-13). */
  readonly isLong: boolean;
}

export const PARTITIONS = ['district', 'industry', 'field'] as const;
export type Partition = (typeof PARTITIONS)[number];

const citySeries = (length: number, isLong: boolean): Series => ({
  key: isLong ? `city@${length}` : 'city',
  cell: 'city',
  length,
  isCity: true,
  isLong,
});

/** The city by month, or over twelve months. */
export const citySeriesOf = ({ windows }: Method, isLong: boolean): Series =>
  citySeries(isLong ? windows.cityLong : windows.city, isLong);

/** City by month and over twelve, then every cell over its window, in code order. */
export const seriesOf = (method: Method): readonly Series[] => [
  citySeriesOf(method, false),
  citySeriesOf(method, true),
  ...PARTITIONS.flatMap((partition) =>
    method.cells[partition].map((cell) => ({
      ...{ key: cell, cell, length: method.windows.cell, isCity: false, isLong: false },
    })),
  ),
];

export const monthsOfWindow = (series: Series, end: LocalMonth): readonly LocalMonth[] =>
  windowMonths(end, series.length);

export const shrinkOf = (series: Series, edition: Edition): Shrink =>
  series.isCity ? edition.shrink.city : edition.shrink.cell;
