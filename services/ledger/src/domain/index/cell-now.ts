import type { IndexCell } from '@jishi/contracts/ledger/index-cell';
import type { CellNow, IndexPoint, LiveSnapshot } from '@jishi/contracts/ledger/live';
import type { LocalMonth } from '@jishi/contracts/time';
import { addToMonth, monthSpan } from './family/calendar.ts';
import { changeBp } from './family/hundredths.ts';
import type { Method } from './family/method.ts';
import type { ValueLine } from './family/value-lines.ts';
import { DISTRICT_CELLS, FIELD_CELLS, INDUSTRY_CELLS } from './registered-contract.ts';

/** The line of a series and month as somebody may see it; null: nothing is told of it. */
export type TellLine = (series: string, period: LocalMonth) => ValueLine | null;

/** What the live screen shows of the index, beside gauge and feed. */
export type IndexNow = Pick<LiveSnapshot, 'overall' | 'running' | 'districts' | 'industries'> & {
  readonly fields: readonly CellNow[];
};

const SERIES_MONTHS = 24;
const MONTHS_PER_YEAR = 12;

/** A line as a point: where there is no value, why it is hidden or not defined. */
export const pointOf = (line: ValueLine): IndexPoint => {
  const { period, value, hidden, reason, provisional } = line;
  const at = { month: period, value, provisional };
  if (value !== null) return { ...at, state: 'defined', reason: null };
  return {
    ...at,
    state: hidden === null ? 'not-defined' : 'hidden',
    reason: (hidden ?? reason) as IndexPoint['reason'],
  };
};

const baseOf = ({ value, flags }: ValueLine): CellNow['base'] => {
  if (value === null) return null;
  return flags.includes('arithmetic-reference') ? 'arithmetic' : 'geometric';
};

/** A series in a month, against the month and the year before. */
const seriesNow = (
  tell: TellLine,
  [series, cell]: readonly [string, IndexCell],
  month: LocalMonth | null,
): CellNow => {
  const line = month === null ? null : tell(series, month);
  if (month === null || line === null) {
    const nothing = { base: null, point: null, monthOnMonthBp: null, yearOnYearBp: null };
    return { cell, ...nothing, stateIndex: null, grade: null, flags: [] };
  }
  const valueAt = (back: number) => tell(series, addToMonth(month, -back))?.value ?? null;
  return {
    ...{ cell, base: baseOf(line), point: pointOf(line) },
    monthOnMonthBp: changeBp(line.value, valueAt(1)),
    yearOnYearBp: changeBp(line.value, valueAt(MONTHS_PER_YEAR)),
    stateIndex: line.state,
    grade: line.grade as CellNow['grade'],
    flags: [...line.flags],
  };
};

/** The last two years up to a month, within the base and after it. */
const shownMonths = (from: LocalMonth, to: LocalMonth | null): readonly LocalMonth[] =>
  to === null ? [] : monthSpan(from, to).slice(-SERIES_MONTHS);

/** The months whose lines a screen about a month needs: of every cell, and of the city. */
export const neededMonths = (from: LocalMonth, month: LocalMonth) => ({
  cells: [0, 1, MONTHS_PER_YEAR].map((back) => addToMonth(month, -back)),
  city: shownMonths(from, month),
});

/** `month`: the latest one that is over and told of; `running`: the one after it, if any. */
export const indexNow = (
  { cells, windows, file }: Method,
  tell: TellLine,
  month: LocalMonth | null,
  running: ValueLine | null,
): IndexNow => {
  const of = (codes: readonly string[], inOrder: readonly IndexCell[]): CellNow[] =>
    inOrder
      .filter((cell) => codes.includes(cell))
      .map((cell) => seriesNow(tell, [cell, cell], month));
  const rolling = seriesNow(tell, [`city@${windows.cityLong}`, 'city'], month);
  const points = shownMonths(file.base.from, month).flatMap((one) => {
    const line = tell('city', one);
    return line ? [pointOf(line)] : [];
  });
  return {
    overall: {
      ...seriesNow(tell, ['city', 'city'], month),
      series: points,
      rolling: rolling.point?.state === 'not-defined' ? null : rolling,
    },
    running: running && pointOf(running),
    districts: of(cells.district, DISTRICT_CELLS),
    industries: of(cells.industry, INDUSTRY_CELLS),
    fields: of(cells.field, FIELD_CELLS),
  };
};
