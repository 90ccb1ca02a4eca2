import { windowMonths, yearOfMonth } from './calendar.ts';
import type { DealUnit } from './deal-unit.ts';
import { type Family, referenceMonths } from './family-state.ts';
import { officialMonth } from './freeze.ts';
import { editionFor, type IndexValue, indexValue } from './official.ts';
import { codeOf, SUM } from './suppression-table.ts';
import { addUnit, emptyTally, mergeTallies, type Tally } from './tally.ts';
import { isProvisional } from './value-lines.ts';
import { shortCodes, yearCellOf, yearSeries } from './year-cells.ts';

/** District by field, or where the technology went: seller's district by buyer's region. */
export type YearTableName = 'district-field' | 'flows';

/**
 * Deal units of a year by row and column, with every sum; the accumulators are uncapped, for the
 * table tells raw technology value. Rows and columns that the parameters do not name stand last,
 * so that the sums are whole: a registrant outside the city, a buyer of unknown region.
 */
export interface YearGrid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** By code `row|column`, with `*` for a sum; nothing there is nothing traded. */
  readonly tallies: ReadonlyMap<string, Tally>;
}

const NOTHING = emptyTally();
export const tallyAt = ({ tallies }: YearGrid, row: string, column: string): Tally =>
  tallies.get(codeOf(row, column)) ?? NOTHING;

type Codes = readonly [row: string, column: string];
type Place = (unit: DealUnit) => Codes;

const withOthers = (known: readonly string[], seen: ReadonlySet<string>): readonly string[] => [
  ...known,
  ...[...seen].filter((code) => !known.includes(code)).sort(),
];

/** Each row, each column and everything, as sums of the cells. */
const withSums = (cells: ReadonlyMap<string, Tally>, places: ReadonlyMap<string, Codes>) => {
  const parts = new Map<string, Tally[]>();
  for (const [code, tally] of cells) {
    const [row, column] = places.get(code) ?? [SUM, SUM];
    for (const sum of [codeOf(row, SUM), codeOf(SUM, column), codeOf(SUM, SUM)]) {
      const known = parts.get(sum) ?? [];
      parts.set(sum, known);
      known.push(tally);
    }
  }
  const sums = [...parts].map(([code, tallies]) => [code, mergeTallies(tallies)] as const);
  return new Map([...cells, ...sums]);
};

const gridOf = (
  units: readonly DealUnit[],
  [rows, columns]: readonly [readonly string[], readonly string[]],
  placeOf: Place,
): YearGrid => {
  const cells = new Map<string, Tally>();
  const places = new Map<string, Codes>();
  for (const unit of units) {
    const place = placeOf(unit);
    const code = codeOf(...place);
    places.set(code, place);
    const tally = cells.get(code) ?? emptyTally();
    cells.set(code, tally);
    addUnit(tally, unit, null, 1);
  }
  const [seenRows, seenColumns] = [new Set<string>(), new Set<string>()];
  for (const [row, column] of places.values()) {
    seenRows.add(row);
    seenColumns.add(column);
  }
  const tallies = withSums(cells, places);
  return { rows: withOthers(rows, seenRows), columns: withOthers(columns, seenColumns), tallies };
};

/** A calendar year as a window; short methods of tests have a shorter one. */
const lastMonth = (year: number): string => `${String(year).padStart(4, '0')}-12`;
const unitsOf = ({ market, method }: Family, year: number): readonly DealUnit[] =>
  windowMonths(lastMonth(year), method.windows.cityLong).flatMap((month) => [
    ...officialMonth(market, month).units.values(),
  ]);

/** Region of a buyer that nobody knows the district of. */
export const UNKNOWN_REGION = 'unknown';

/**
 * Both tables of a year. An import, whose seller is abroad, stands with the domestic buyer's
 * district on either side (B12-6), so that the rows of both tables are the districts' own totals.
 */
export const yearGrids = (
  family: Family,
  year: number,
): Readonly<Record<YearTableName, YearGrid>> => {
  const units = unitsOf(family, year);
  const districts = shortCodes(family.method.cells.district);
  const fields = shortCodes(family.method.cells.field);
  return {
    'district-field': gridOf(units, [districts, fields], (unit) => [unit.district, unit.fieldCode]),
    flows: gridOf(units, [districts, [...districts, 'outside', 'abroad']], (unit) => [
      unit.district,
      unit.isImport ? unit.district : unit.buyerRegion || UNKNOWN_REGION,
    ]),
  };
};

/** Whether the year is over at the head: before, an index of it would compare parts with wholes. */
export const isYearOver = (family: Family, year: number): boolean =>
  !isProvisional(family, lastMonth(year));

/**
 * Change index of district × field over a year, own base 1000: the year as one window against the
 * reference year as one window, with the parameters of cells. Null while the year is running.
 */
export const yearIndex = (
  family: Family,
  year: number,
  district: string,
  field: string,
): IndexValue | null =>
  isYearOver(family, year)
    ? indexValue(family, yearSeries(family.method, yearCellOf(district, field)), lastMonth(year))
    : null;

/** The calendar year that a year's index is compared with: the base itself in it; null: none. */
export const referenceYear = (family: Family, year: number): number | null => {
  const edition = editionFor(family, lastMonth(year));
  if (typeof edition === 'string') return null;
  const last = referenceMonths(family.method, edition).at(-1);
  return last === undefined ? null : yearOfMonth(last);
};
