import { businessDay, type Instant, type LocalMonth } from '@jishi/contracts/time';
import { monthSpan } from './calendar.ts';
import type { Family } from './family-state.ts';
import { type Adjustment, priorPeriodAdjustments } from './freeze.ts';
import { editionText } from './method.ts';
import {
  chainGapPercent,
  editionFor,
  type IndexValue,
  indexValue,
  lnDirect,
  readPeriod,
  settingUnder,
} from './official.ts';
import { citySeriesOf, PARTITIONS, type Series, seriesOf } from './series.ts';
import { stateIndex } from './state-index.ts';

/** State index of a cell in its own window; null for the city and where it is not defined. */
export const stateValue = (family: Family, series: Series, period: LocalMonth): string | null => {
  const partition = PARTITIONS.find((one) => series.cell.startsWith(`${one}:`));
  const edition = editionFor(family, period);
  if (!partition || typeof edition === 'string') return null;
  const setting = settingUnder(family, citySeriesOf(family.method, false), edition);
  if (typeof setting === 'string') return null;
  const reading = readPeriod(family, series, period, setting);
  if (typeof reading === 'string') return null;
  const { method } = family;
  const state = stateIndex(reading, series.cell, {
    ...{ method, edition, cellCount: method.cells[partition].length },
    strata: setting.own.priors.strata,
  });
  return state?.value ?? null;
};

/** One published number with its circumstances, as every reader of the log recomputes it. */
export interface ValueLine {
  readonly series: string;
  readonly windowMonths: number;
  readonly period: LocalMonth;
  readonly value: string | null;
  readonly reason: string | null;
  readonly state: string | null;
  readonly sub: IndexValue['subIndices'];
  readonly chainGapPercent: string | null;
  readonly grade: string;
  readonly hidden: string | null;
  readonly flags: readonly string[];
  readonly provisional: boolean;
}

const gapOf = (family: Family, { series, period, ln, linkYear }: IndexValue): string | null => {
  if (ln === null || linkYear === family.method.editions[0]?.linkYear) return null;
  const direct = lnDirect(family, series, period);
  return typeof direct === 'string' ? null : chainGapPercent(ln, direct);
};

let lastDay = { recordedAt: '', month: '' };
/** The running month of an instant; many lines ask for that of the same head. */
const runningMonth = (recordedAt: Instant): LocalMonth => {
  if (lastDay.recordedAt !== recordedAt) {
    lastDay = { recordedAt, month: businessDay(recordedAt).slice(0, 7) };
  }
  return lastDay.month;
};

/** A period can be released only at heads recorded after its last day (B12-27). */
export const isProvisional = ({ market }: Family, period: LocalMonth): boolean =>
  market.recordedAt === null || runningMonth(market.recordedAt) <= period;

export const valueLine = (family: Family, series: Series, period: LocalMonth): ValueLine => {
  const one = indexValue(family, series, period);
  return {
    series: series.key,
    windowMonths: series.length,
    period,
    value: one.value,
    reason: one.reason,
    state: stateValue(family, series, period),
    sub: one.subIndices,
    chainGapPercent: gapOf(family, one),
    grade: one.grade,
    hidden: one.hidden,
    flags: one.flags,
    provisional: isProvisional(family, period),
  };
};

/** Every value of the family from one period to another, series by series. */
export const valueLines = (
  family: Family,
  from: LocalMonth,
  to: LocalMonth,
): readonly ValueLine[] => {
  // Computed month by month, as all series of a month read the same few windows.
  const all = seriesOf(family.method);
  const byMonth = monthSpan(from, to).map((period) =>
    all.map((series) => valueLine(family, series, period)),
  );
  return all.flatMap((_, i) => byMonth.flatMap((lines) => lines[i] ?? []));
};

/** What the values are as of: the head, θ of each link year, and what is booked beside them. */
export interface ValuesHead {
  readonly head: { readonly seq: number; readonly recordedAt: string | null };
  readonly methods: readonly {
    readonly linkYear: number;
    readonly linkHead: string;
    readonly capFen: string | null;
    readonly hash: string;
  }[];
  readonly adjustments: readonly { month: string; units: number; rawFen: string }[];
}

const adjustmentText = ({ month, units, rawFen }: Adjustment) => ({
  ...{ month, units, rawFen: `${rawFen}` },
});

/** `sha256` of a text in hex: the hash of θ with its reference block. */
export const valuesHead = (family: Family, sha256: (text: string) => string): ValuesHead => ({
  head: { seq: family.market.seq, recordedAt: family.market.recordedAt },
  methods: [...family.references].map(([linkYear, { file }]) => ({
    ...{ linkYear, linkHead: file.linkHead, capFen: file.capFen },
    hash: sha256(editionText(family.method, linkYear, file)),
  })),
  adjustments: priorPeriodAdjustments(family.market).map(adjustmentText),
});
