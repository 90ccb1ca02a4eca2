import type { HiddenReason, SeriesKey } from '@jishi/contracts/ledger/index-family';
import type {
  PublishedReference,
  PublishedValue,
  ValuePrimitives,
  WindowPrimitives,
} from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import { lnPrice } from '../index/family/components.ts';
import type { Family } from '../index/family/family-state.ts';
import { type Fixed, formatFixed } from '../index/family/logarithm.ts';
import { editionFor, readPeriod, type Setting, settingUnder } from '../index/family/official.ts';
import { formatRational } from '../index/family/rational.ts';
import { PARTITIONS, type Series, seriesOf } from '../index/family/series.ts';
import { stateRatios } from '../index/family/state-index.ts';
import type { ValueLine } from '../index/family/value-lines.ts';
import type { Figures, WindowReading } from '../index/family/window.ts';

/** Decimals of a logarithm as it is published: all that there are. */
const LN_DECIMALS = 40;
export const lnText = (ln: Fixed): string => formatFixed(ln, LN_DECIMALS);

/** A series' window under θ, read from the log. */
export interface Window {
  readonly setting: Setting;
  readonly reading: WindowReading;
  readonly figures: Figures;
}

/**
 * Null where the index has no value for another reason than the window itself. Cells share their
 * windows: a reading that is known for the same months is taken again.
 */
export const windowOf = (
  family: Family,
  series: Series,
  period: LocalMonth,
  known: Map<string, WindowReading> = new Map(),
): Window | null => {
  const edition = editionFor(family, period);
  if (typeof edition === 'string') return null;
  const setting = settingUnder(family, series, edition);
  if (typeof setting === 'string') return null;
  const key = `${period} ${series.length}`;
  const reading = known.get(key) ?? readPeriod(family, series, period, setting);
  if (typeof reading === 'string') return null;
  known.set(key, reading);
  return { setting, reading, figures: reading.cell(series.cell) };
};

export const windowPrimitives = ({
  tally,
  participants,
  listingDays,
}: Figures): WindowPrimitives => ({
  contracts: tally.contracts,
  units: tally.units,
  parties: tally.parties.size,
  cappedFen: `${tally.cappedFen}`,
  squares: `${tally.squares}`,
  participants: formatRational(participants),
  crossRegion: tally.crossRegion,
  conversions: tally.conversions,
  listingDays,
  daysLogSum: `${tally.daysLogSum}`,
});

/** ln of the state index's price term; its other terms follow from whole numbers. */
const lnStatePrice = (family: Family, series: Series, window: Window): string | null => {
  const partition = PARTITIONS.find((one) => series.cell.startsWith(`${one}:`));
  const city = seriesOf(family.method)[0];
  const setting = city && settingUnder(family, city, window.setting.edition);
  if (!partition || !setting || typeof setting === 'string') return null;
  const { method } = family;
  const ratios = stateRatios(window.figures, window.reading.city, {
    ...{ method, edition: setting.edition, cellCount: method.cells[partition].length },
    strata: setting.own.priors.strata,
  });
  return ratios && lnText(ratios.P);
};

export const valuePrimitives = (
  family: Family,
  series: Series,
  window: Window,
): ValuePrimitives => ({
  ...windowPrimitives(window.figures),
  lnPrice: lnText(
    lnPrice(window.figures, window.setting.rule.shrink, window.setting.own.priors.strata),
  ),
  lnStatePrice: lnStatePrice(family, series, window),
});

/** A value that is shown, with what it is computed from; the state index only where it may be. */
export const shownValue = (
  family: Family,
  series: Series,
  given: ValueLine,
  window: Window,
  withState: boolean,
): PublishedValue => {
  const { period, provisional, ...line } = given;
  const primitives = valuePrimitives(family, series, window);
  const state = withState ? line.state : null;
  return {
    ...(line as Pick<PublishedValue, 'grade'> & typeof line),
    ...{ series: series.key as SeriesKey, reason: null, hidden: null, flags: [...line.flags] },
    state,
    asOfSeq: family.market.seq,
    primitives: { ...primitives, lnStatePrice: state === null ? null : primitives.lnStatePrice },
  };
};

const bare = (series: Series, asOfSeq: number): PublishedValue => ({
  series: series.key as SeriesKey,
  windowMonths: series.length,
  ...{ value: null, reason: null, state: null, sub: null, chainGapPercent: null },
  grade: 'S',
  ...{ hidden: null, flags: [], asOfSeq, primitives: null },
});

/** A value that is not shown: the public reads why, and nothing else. */
export const hiddenValue = (
  series: Series,
  asOfSeq: number,
  hidden: HiddenReason,
): PublishedValue => ({ ...bare(series, asOfSeq), hidden });

export const undefinedValue = (
  series: Series,
  asOfSeq: number,
  reason: PublishedValue['reason'],
): PublishedValue => ({ ...bare(series, asOfSeq), reason });

/** What a stranger needs of θ for one series; sums by stratum and thin counts stay inside. */
export const publishedReference = ({ own }: Setting): PublishedReference => ({
  mean: own.mean,
  lnMeans: {
    S: lnText(own.lnMeans.S),
    A: lnText(own.lnMeans.A),
    B: lnText(own.lnMeans.B),
    C: lnText(own.lnMeans.C),
    P: lnText(own.lnMeans.P),
  },
  lnMeanCross: own.lnMeanCross === null ? null : lnText(own.lnMeanCross),
  held: [...own.held],
  crossHeld: own.crossHeld,
  lnLevel: lnText(own.lnLevel),
  linked: own.linked,
  crossShare: own.priors.crossShare && formatRational(own.priors.crossShare),
  hazard: own.priors.hazard && formatRational(own.priors.hazard),
  days: own.priors.days && {
    logSum: `${own.priors.days.logSum}`,
    count: `${own.priors.days.count}`,
  },
});
