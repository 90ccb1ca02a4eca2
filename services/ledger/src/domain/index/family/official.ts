import type { LocalMonth } from '@jishi/contracts/time';
import { roundedQuotient } from '../exact-root.ts';
import { monthSpan, yearOfMonth } from './calendar.ts';
import { type ComponentRatios, componentRatios, formatIndex, lnComposite } from './change-index.ts';
import type { ComponentRule } from './components.ts';
import { type Grade, gradeOf } from './evidence.ts';
import type { Family } from './family-state.ts';
import { exp, FIXED_ONE, type Fixed, formatFixed, lnWhole } from './logarithm.ts';
import type { Edition } from './method.ts';
import { crowdOf, type HiddenReason, primaryReason } from './primary-disclosure.ts';
import type { Reference, SeriesReference } from './priors.ts';
import type { LinkLevel } from './reference.ts';
import { citySeriesOf, monthsOfWindow, type Series, shrinkOf } from './series.ts';
import { readWindow, type WindowReading } from './window.ts';

/** Why there is no value; the first that holds is told, in this order. */
export type NoValue =
  | 'before-base'
  | 'no-parameters'
  | 'base-incomplete'
  | 'no-base'
  | 'window-incomplete'
  | 'no-trade';

/** A period under one θ, ready to be computed with. */
export interface Setting {
  readonly edition: Edition;
  readonly reference: Reference;
  readonly own: SeriesReference;
  readonly rule: ComponentRule;
}

/** θ of a month: its link year's; the base shares the first link year's (B12-15). */
export const editionFor = ({ method }: Family, month: LocalMonth): Edition | NoValue => {
  const [first] = method.editions;
  if (month < method.file.base.from) return 'before-base';
  if (first && yearOfMonth(month) < first.linkYear) return first;
  const year = yearOfMonth(month);
  return method.editions.find(({ linkYear }) => linkYear === year) ?? 'no-parameters';
};

export const settingUnder = (
  { method, references }: Family,
  series: Series,
  edition: Edition,
): Setting | NoValue => {
  const reference = references.get(edition.linkYear);
  if (!reference) return 'base-incomplete';
  const own = reference.series.get(series.key);
  if (!own) return 'no-base';
  const { daysPerListingMonth } = method;
  return {
    ...{ edition, reference, own },
    rule: { edition, shrink: shrinkOf(series, edition), daysPerListingMonth },
  };
};

/** The first month with a unit, or the base's own first. */
const firstMonth = ({ market, method }: Family): LocalMonth => {
  let first = method.file.base.from;
  for (const month of market.months.keys()) if (month < first) first = month;
  return first;
};

/**
 * Whether a window reaches back over the beginning of the ledger. A cell's windows of the base
 * year all count once the ledger has a month before the base (B12-12), as its reference has them.
 */
const isBeforeLedger = (family: Family, series: Series, start: LocalMonth): boolean => {
  const first = firstMonth(family);
  const isCovered = !series.isLong && first < family.method.file.base.from;
  return !isCovered && start < first;
};

/** Reads the window of a period under the cap of its last month's link year (B12-2). */
export const readPeriod = (
  family: Family,
  series: Series,
  end: LocalMonth,
  { reference }: Setting,
): WindowReading | NoValue => {
  const months = monthsOfWindow(series, end);
  if (isBeforeLedger(family, series, months[0] ?? end)) return 'window-incomplete';
  return readWindow(family.market, months, reference.cap);
};

interface Computed {
  readonly ln: Fixed;
  readonly ratios: ComponentRatios;
  readonly reading: WindowReading;
  readonly setting: Setting;
}

const computeUnder = (
  family: Family,
  series: Series,
  end: LocalMonth,
  edition: Edition | NoValue,
): Computed | NoValue => {
  if (typeof edition === 'string') return edition;
  const setting = settingUnder(family, series, edition);
  if (typeof setting === 'string') return setting;
  const reading = readPeriod(family, series, end, setting);
  if (typeof reading === 'string') return reading;
  const ratios = componentRatios(reading.cell(series.cell), setting.own, setting.rule);
  if (!ratios) return 'no-trade';
  const ln = setting.own.lnLevel + lnComposite(ratios, edition.weights);
  return { ln, ratios, reading, setting };
};

/** I(t) = Ī(y−1) · Π (c_j(t|θ_y)/c̄_j(y−1|θ_y))^(w_j,y), unrounded, or why there is none. */
export const lnOfficial = (family: Family, series: Series, end: LocalMonth): Fixed | NoValue => {
  const computed = computeUnder(family, series, end, editionFor(family, end));
  return typeof computed === 'string' ? computed : computed.ln;
};

/** The direct index: the first link year's θ throughout. */
export const lnDirect = (family: Family, series: Series, end: LocalMonth): Fixed | NoValue => {
  const [first] = family.method.editions;
  const computed = computeUnder(family, series, end, first ?? 'no-parameters');
  return typeof computed === 'string' ? computed : computed.ln;
};

/** Chain gap 链接偏差: chained over direct, less one, in per cent to two decimals. */
export const chainGapPercent = (lnChained: Fixed, lnOfDirect: Fixed): string =>
  formatFixed(100n * (exp(lnChained - lnOfDirect) - FIXED_ONE), 2);

/**
 * ln Ī(y−1): the mean of the twelve unrounded official logarithms of the year before, as known
 * now; of the long series December's value. A cell that cannot be linked restarts at the city's.
 */
export const linkLevel = (family: Family, edition: Edition, series: Series): LinkLevel => {
  const { method } = family;
  if (edition === method.editions[0]) return { lnLevel: lnWhole(method.level), linked: true };
  const year = edition.linkYear - 1;
  const ends = series.isLong ? [`${year}-12`] : monthSpan(`${year}-01`, `${year}-12`);
  const values = ends.map((end) => lnOfficial(family, series, end));
  const known = values.filter((value) => typeof value === 'bigint');
  if (known.length === values.length) {
    const sum = known.reduce((all, value) => all + value, 0n);
    return { lnLevel: roundedQuotient(sum, BigInt(known.length)), linked: true };
  }
  if (series.isCity) return { lnLevel: lnWhole(method.level), linked: false };
  const ofCity = linkLevel(family, edition, citySeriesOf(method, series.isLong));
  return { lnLevel: ofCity.lnLevel, linked: false };
};

/** One value of the change index 变动指数 with what a reader needs to judge it. */
export interface IndexValue {
  readonly series: Series;
  readonly period: LocalMonth;
  readonly reason: NoValue | null;
  readonly ln: Fixed | null;
  readonly value: string | null;
  /** level · c_j(t)/c̄_j, to two decimals. */
  readonly subIndices: Readonly<Record<'S' | 'A' | 'B' | 'C' | 'P', string>> | null;
  readonly flags: readonly string[];
  readonly grade: Grade;
  /** Why value figures of this window may not be shown to the public, by the primary rule. */
  readonly hidden: HiddenReason | null;
  readonly linkYear: number | null;
}

const subIndicesOf = ({ lnRatios }: ComponentRatios, level: bigint): IndexValue['subIndices'] => {
  const text = (ln: Fixed): string => formatFixed(level * exp(ln), 2);
  const { S, A, B, C, P } = lnRatios;
  return { S: text(S), A: text(A), B: text(B), C: text(C), P: text(P) };
};

/** Held components, and evidence of the period itself that is thin (flagged only, B12-11). */
const flagsOf = ({ ratios, setting, reading }: Computed, series: Series, low: number): string[] => {
  const { units, conversions, contracts } = reading.cell(series.cell).tally;
  const { minEvidence } = setting.edition;
  return [
    ...ratios.held.map((j) => `held:${j}`),
    ...(ratios.crossHeld ? ['held:X'] : []),
    ...(setting.own.mean === 'arithmetic' ? ['arithmetic-reference'] : []),
    ...(setting.own.linked ? [] : ['not-linked']),
    ...(units < minEvidence ? ['thin:units'] : []),
    ...(conversions < minEvidence ? ['thin:conversions'] : []),
    ...(contracts < low ? ['low-sample'] : []),
  ];
};

export const indexValue = (family: Family, series: Series, period: LocalMonth): IndexValue => {
  const { method } = family;
  const computed = computeUnder(family, series, period, editionFor(family, period));
  if (typeof computed === 'string') {
    const nothing = { ln: null, value: null, subIndices: null, flags: [], linkYear: null };
    return { series, period, reason: computed, grade: 'S', hidden: null, ...nothing };
  }
  const { ln, ratios, reading, setting } = computed;
  const { tally } = reading.cell(series.cell);
  const crowd = crowdOf(tally, series.isCity ? 'capped' : 'raw');
  const hidden = primaryReason(crowd, method.file.disclosure);
  return {
    ...{ series, period, reason: null, ln, value: formatIndex(ln) },
    subIndices: subIndicesOf(ratios, method.level),
    flags: flagsOf(computed, series, Number(method.file.disclosure.lowSample)),
    grade: gradeOf(tally, method.file.grades, hidden !== null),
    hidden,
    linkYear: setting.edition.linkYear,
  };
};
