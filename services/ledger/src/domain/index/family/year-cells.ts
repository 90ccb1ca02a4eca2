import type { Cap } from './cap.ts';
import type { DealUnit } from './deal-unit.ts';
import { textsOf } from './known-texts.ts';
import type { Method } from './method.ts';
import type { Series } from './series.ts';
import { addUnit, emptyTally, type Tally } from './tally.ts';

/**
 * Cells of district × field 板块×领域. They are too small for months and quarters, so they stand
 * in yearly tables alone (B4): a calendar year is one window, its reference year another.
 */
const YEAR_CELL = 'district-field:';

export const yearCellOf = textsOf((district, field) => `${YEAR_CELL}${district}×${field}`);

export const isYearCell = (code: string): boolean => code.startsWith(YEAR_CELL);

/** The codes behind full codes like `district:sip`, in their order. */
export const shortCodes = (cells: readonly string[]): readonly string[] =>
  cells.map((cell) => cell.slice(cell.indexOf(':') + 1));

/**
 * The series of one cell: like the city's over twelve months (B12-13), the reference year is one
 * window and the level is linked at December's value; priors and κ are those of cells.
 */
export const yearSeries = ({ windows }: Method, cell: string): Series => ({
  ...{ key: cell, cell, length: windows.cityLong, isCity: false, isLong: true },
});

/** Every district by every field, in code order. */
export const yearSeriesOf = (method: Method): readonly Series[] =>
  shortCodes(method.cells.district).flatMap((district) =>
    shortCodes(method.cells.field).map((field) => yearSeries(method, yearCellOf(district, field))),
  );

/** The accumulators of every cell that has a unit. */
export const tallyYearCells = (
  units: readonly DealUnit[],
  cap: Cap | null,
): ReadonlyMap<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const unit of units) {
    const code = yearCellOf(unit.district, unit.fieldCode);
    let tally = tallies.get(code);
    if (!tally) {
      tally = emptyTally();
      tallies.set(code, tally);
    }
    addUnit(tally, unit, cap, 1);
  }
  return tallies;
};
