import type { LocalMonth } from '@jishi/contracts/time';
import { roundedQuotient } from '../exact-root.ts';
import { capFenOf, capOf } from './cap.ts';
import {
  type ComponentLogs,
  type ComponentRule,
  componentLogs,
  crossRegionShare,
  emptyWindowLevels,
  isCrossMissing,
  type Priors,
} from './components.ts';
import { officialMonth } from './freeze.ts';
import {
  exp,
  FIXED_ONE,
  type Fixed,
  formatFixed,
  lnRational,
  lnWhole,
  scaled,
} from './logarithm.ts';
import type { MarketState } from './market-state.ts';
import type { Edition, Method } from './method.ts';
import {
  COMPONENTS,
  type Component,
  type ReferenceFile,
  type SeriesReferenceFile,
} from './method-file.ts';
import { priorsOf } from './priors.ts';
import { formatRational } from './rational.ts';
import { monthsOfWindow, type Series, seriesOf, shrinkOf } from './series.ts';
import { type Figures, readWindow } from './window.ts';
import { yearSeriesOf } from './year-cells.ts';

/** ln Ī(y−1) of a series, and whether it could be linked. */
export interface LinkLevel {
  readonly lnLevel: Fixed;
  readonly linked: boolean;
}

/** What a reference is computed from. */
export interface ReferenceTask {
  readonly market: MarketState;
  readonly method: Method;
  readonly edition: Edition;
  readonly linkHead: number;
  /** The months of the reference year. */
  readonly months: readonly LocalMonth[];
  /** Ends of the cells' reference windows (B12-12). */
  readonly windowEnds: readonly LocalMonth[];
  readonly levelOf: (series: Series) => LinkLevel;
}

interface Means {
  readonly mean: 'geometric' | 'arithmetic';
  readonly lnMeans: Readonly<Record<Component, Fixed>>;
  readonly lnMeanCross: Fixed | null;
  readonly crossHeld: boolean;
  /** Some window has no hazard, so that C cannot be compared. */
  readonly conversionMissing: boolean;
}

const meanOf = (values: readonly Fixed[]): Fixed =>
  roundedQuotient(
    values.reduce((sum, value) => sum + value, 0n),
    BigInt(values.length),
  );

const byComponent = (value: (j: Component) => Fixed): Record<Component, Fixed> => ({
  S: value('S'),
  A: value('A'),
  B: value('B'),
  C: value('C'),
  P: value('P'),
});

/** ln of the arithmetic mean of levels; 0 where they are all 0 (the component is held then). */
const lnMeanLevel = (levels: readonly Fixed[]): Fixed => {
  const sum = levels.reduce((all, level) => all + level, 0n);
  return sum === 0n ? 0n : lnWhole(sum) - lnWhole(FIXED_ONE * BigInt(levels.length));
};

const crossLogOf = (figures: Figures, priors: Priors, rule: ComponentRule): Fixed => {
  const share = crossRegionShare(figures, rule.shrink, priors.crossShare);
  return share ? scaled(lnRational(share), rule.edition.breadth.X) : 0n;
};

/**
 * c̄_j: geometric means of the component over the reference windows; where a window has S = 0 or
 * N = 0 all five are arithmetic means of levels, with S = A = B = 0 in it (B4, B12-12).
 */
const meansOf = (windows: readonly Figures[], priors: Priors, rule: ComponentRule): Means => {
  const traded = windows.filter(({ tally }) => tally.units > 0 && tally.cappedFen > 0n);
  const crossHeld = traded.some((figures) => isCrossMissing(figures, rule.shrink, priors));
  const logs = windows.map((figures) => componentLogs(figures, priors, rule, crossHeld));
  const known = logs.filter((one): one is ComponentLogs => one !== null);
  const conversionMissing = known.some(({ C }) => C === null);
  if (known.length === windows.length) {
    const lnMeans = byComponent((j) => meanOf(known.map((one) => one[j] ?? 0n)));
    const lnMeanCross = crossHeld
      ? null
      : meanOf(windows.map((figures) => crossLogOf(figures, priors, rule)));
    return { mean: 'geometric', lnMeans, lnMeanCross, crossHeld, conversionMissing };
  }
  const levels = windows.map((figures, i) => {
    const one = logs[i];
    return one ? byComponent((j) => exp(one[j] ?? 0n)) : emptyWindowLevels(figures, priors, rule);
  });
  const lnMeans = byComponent((j) => lnMeanLevel(levels.map((level) => level[j])));
  return { mean: 'arithmetic', lnMeans, lnMeanCross: null, crossHeld, conversionMissing };
};

const fixedText = (value: Fixed): string => formatFixed(value, 40);

/** Held 固定为 1 in the whole link year: too few events in the pooled reference year (B12-11). */
const heldOf = (pooled: Figures, priors: Priors, means: Means, edition: Edition): Component[] => {
  const { units, conversions } = pooled.tally;
  const few = (count: number): boolean => count < edition.minEvidence;
  const isHeld = (j: Component): boolean => {
    if (j === 'B' || j === 'P') return few(units);
    if (j !== 'C') return false;
    return few(conversions) || priors.hazard === null || means.conversionMissing;
  };
  return COMPONENTS.filter(isHeld);
};

const textOf = (
  pooled: Figures,
  priors: Priors,
  means: Means,
  held: Component[],
  { lnLevel, linked }: LinkLevel,
): SeriesReferenceFile => ({
  units: `${pooled.tally.units}`,
  closings: `${pooled.tally.conversions}`,
  crossShare: priors.crossShare && formatRational(priors.crossShare),
  hazard: priors.hazard && formatRational(priors.hazard),
  days: priors.days && { logSum: `${priors.days.logSum}`, count: `${priors.days.count}` },
  strata: Object.fromEntries(
    [...priors.strata]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { logSum, count, share }]) => [
        key,
        { logSum: `${logSum}`, count: `${count}`, share: formatRational(share) },
      ]),
  ),
  mean: means.mean,
  lnMeans: {
    S: fixedText(means.lnMeans.S),
    A: fixedText(means.lnMeans.A),
    B: fixedText(means.lnMeans.B),
    C: fixedText(means.lnMeans.C),
    P: fixedText(means.lnMeans.P),
  },
  lnMeanCross: means.lnMeanCross === null ? null : fixedText(means.lnMeanCross),
  held,
  crossHeld: means.crossHeld,
  lnLevel: fixedText(lnLevel),
  linked,
});

/**
 * Everything that θ_y takes from year y − 1, for the city and every cell (B12-14). Computed once,
 * at the link head; a series without enough reference units is null, and so not defined.
 */
export const computeReference = (task: ReferenceTask): ReferenceFile => {
  const { market, method, edition, months, windowEnds } = task;
  const values = months.flatMap((month) =>
    [...officialMonth(market, month).units.values()].map(({ rawFen }) => rawFen),
  );
  const capFen = capFenOf(values, edition.capPercentile, edition.capStepFen);
  const cap = capFen === null ? null : capOf(capFen);
  const year = readWindow(market, months, cap);
  const monthly = months.map((end) => readWindow(market, [end], cap));
  const rolling = windowEnds.map((end) =>
    readWindow(market, monthsOfWindow({ length: method.windows.cell } as Series, end), cap),
  );
  const referenceOf = (series: Series): SeriesReferenceFile | null => {
    const pooled = year.cell(series.cell);
    const { units, cappedFen } = pooled.tally;
    if (units < Math.max(1, edition.minEvidence) || cappedFen === 0n) return null;
    const priors = priorsOf(pooled, year.city, method.daysPerListingMonth);
    const shrink = shrinkOf(series, edition);
    const rule = { edition, shrink, daysPerListingMonth: method.daysPerListingMonth };
    const readings = series.isLong ? [year] : series.isCity ? monthly : rolling;
    const means = meansOf(
      readings.map((one) => one.cell(series.cell)),
      priors,
      rule,
    );
    const held = heldOf(pooled, priors, means, edition);
    return textOf(pooled, priors, means, held, task.levelOf(series));
  };
  return {
    linkHead: `${task.linkHead}`,
    capFen: capFen === null ? null : `${capFen}`,
    months: [...months],
    windowEnds: [...windowEnds],
    series: Object.fromEntries([
      ...seriesOf(method).map((series) => [series.key, referenceOf(series)] as const),
      // Most of the many small cells have none, and say so by not being there.
      ...yearSeriesOf(method)
        .map((series) => [series.key, referenceOf(series)] as const)
        .filter(([, one]) => one !== null),
    ]),
  };
};
