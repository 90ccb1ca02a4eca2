import { FieldCode } from '@jishi/contracts/codes';
import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type {
  FeedLine,
  Gauge,
  IndexCell,
  IndexPoint,
  IndexSeries,
  LiveSnapshot,
  MethodRef,
} from '@jishi/contracts/ledger/live';
import { addMonths, type LocalDate, monthOf, yearOf } from '@jishi/contracts/time';
import { gaugeOf } from '../gauge/gauge.ts';
import { type Target, targetFor } from '../gauge/targets.ts';
import { shownOf } from './field-release.ts';
import { changeBp } from './formula.ts';
import type { IndexParameters } from './parameters.ts';
import { DISTRICT_CELLS, INDUSTRY_CELLS, type RegisteredContract } from './registered-contract.ts';
import { dayOf, firstMonth, monthsBetween, readCell, seriesMonths, type View } from './series.ts';
import { aggregatesFor, type IndexState, totalOf } from './state.ts';

/** What the published objects are made from, beside the state. */
export interface Method {
  readonly parameters: IndexParameters;
  readonly parameterHash: string;
  readonly targets: readonly Target[];
}

const SERIES_MONTHS = 24;
const FEED_LINES = 20;

export const methodRef = (method: Method): MethodRef => ({
  name: method.parameters.name,
  version: method.parameters.version,
  parameterHash: method.parameterHash,
});

const asOfOf = (state: IndexState, head: LogHead): LogHead => ({
  seq: state.seq,
  recordedAt: state.recordedAt,
  kind: state.kind ?? head.kind,
});

/** One series, by month. */
export const indexSeries = (
  state: IndexState,
  head: LogHead,
  view: View,
  method: Method,
  asked: {
    readonly cell: IndexCell;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  },
): IndexSeries => {
  const reader = readCell(state, asked.cell, view, method.parameters);
  return {
    cell: asked.cell,
    method: methodRef(method),
    base: reader.base?.mean ?? null,
    asOf: asOfOf(state, head),
    points: seriesMonths(state, asked.cell, view, asked).map(reader.point),
  };
};

/** What the public may know of the course of time: the totals of its own steps, this one too. */
const stepTotalsOf = (state: IndexState): ReadonlyMap<LocalDate, bigint> => {
  const total = totalOf(state);
  return total ? new Map(state.stepTotals).set(...total) : state.stepTotals;
};

/** The gauge of a year; without one, of the year of the day that the numbers are as of. */
export const publishedGauge = (
  state: IndexState,
  head: LogHead,
  view: View,
  method: Method,
  asOfDay: LocalDate,
  year: number = yearOf(asOfDay),
): Gauge => {
  const target = targetFor(method.targets, state.city, year);
  const { cells, days } = aggregatesFor(state, view);
  const figures = gaugeOf(
    {
      months: cells.get('city') ?? new Map(),
      days,
      stepTotals: view === 'public' ? stepTotalsOf(state) : null,
    },
    year,
    asOfDay,
    target,
  );
  return {
    year,
    asOf: asOfOf(state, head),
    asOfDay,
    target: target
      ? {
          amountFen: `${target.amountFen}`,
          setForYear: target.year,
          carried: target.year !== year,
          rule: target.rule,
          source: target.source,
        }
      : null,
    ...figures,
    contractValueFen: `${figures.contractValueFen}`,
    technologyValueFen: `${figures.technologyValueFen}`,
    allTimeContractValueFen: `${figures.allTimeContractValueFen}`,
    requiredPerWorkingDayFen: figures.requiredPerWorkingDayFen?.toString() ?? null,
    meanOfLast20WorkingDaysFen: `${figures.meanOfLast20WorkingDaysFen}`,
    projectedFen: `${figures.projectedFen}`,
  };
};

interface CellNow {
  readonly cell: IndexCell;
  readonly base: 'geometric' | 'arithmetic' | null;
  readonly point: IndexPoint | null;
  readonly monthOnMonthBp: number | null;
  readonly yearOnYearBp: number | null;
}

/** The latest closed month of a cell, against the month before and the year before. */
const cellNow = (
  state: IndexState,
  cell: IndexCell,
  view: View,
  method: Method,
  closed: string | null,
): CellNow => {
  const reader = readCell(state, cell, view, method.parameters);
  const base = reader.base?.mean ?? null;
  if (closed === null) {
    return { cell, base, point: null, monthOnMonthBp: null, yearOnYearBp: null };
  }
  const now = reader.hundredths(closed);
  return {
    cell,
    base,
    point: reader.point(closed),
    monthOnMonthBp: changeBp(now, reader.hundredths(addMonths(closed, -1))),
    yearOnYearBp: changeBp(now, reader.hundredths(addMonths(closed, -12))),
  };
};

const feedLine = (contract: RegisteredContract): FeedLine => ({
  seq: contract.seq,
  recordedAt: contract.recordedAt,
  registeredOn: contract.registeredOn,
  fieldCode: contract.fieldCode,
  contractType: contract.contractType,
  sellerDistrict: contract.sellerDistrict,
  buyerDistrict: contract.buyerDistrict,
  publishedValueFen: contract.publishedValueFen?.toString() ?? null,
});

/** Contract value of a field in a year: exact, or as far as the public steps have shown it. */
const fieldValue = (
  state: IndexState,
  code: FieldCode,
  view: View,
  year: number,
): string | null => {
  const release = aggregatesFor(state, view).fields.get(year)?.get(code);
  if (view === 'exact') return `${(release?.shownFen ?? 0n) + (release?.waitingFen ?? 0n)}`;
  return shownOf(release)?.toString() ?? null;
};

/** Everything that the live screen shows, from one state. `day`: see `dayOf`. */
export const liveSnapshot = (
  state: IndexState,
  head: LogHead,
  view: View,
  method: Method,
  day: LocalDate,
): LiveSnapshot => {
  const first = firstMonth(state);
  const closed = addMonths(monthOf(day), -1);
  const hasClosed = dayOf(state) !== null && first !== null && first <= closed;
  const now = (cell: IndexCell): CellNow =>
    cellNow(state, cell, view, method, hasClosed ? closed : null);
  const city = readCell(state, 'city', view, method.parameters);
  const months = hasClosed ? monthsBetween(first, closed).slice(-SERIES_MONTHS) : [];
  const year = yearOf(day);
  return {
    exact: view === 'exact',
    city: state.city,
    head,
    asOf: asOfOf(state, head),
    method: methodRef(method),
    overall: { ...now('city'), series: months.map(city.point) },
    running: first === null ? null : city.point(monthOf(day)),
    gauge: publishedGauge(state, head, view, method, day),
    districts: DISTRICT_CELLS.map(now),
    industries: INDUSTRY_CELLS.map(now),
    fields: FieldCode.options.map((code) => ({
      ...now(`field:${code}`),
      contractValueFen: fieldValue(state, code, view, year),
    })),
    feed: state.recent.slice(0, FEED_LINES).map(feedLine),
    registeredToday: aggregatesFor(state, view).days.get(monthOf(day))?.get(day)?.contracts ?? 0,
  };
};
