import { type Cap, capOf } from './cap.ts';
import type { LogMean, Priors, StratumPrior } from './components.ts';
import { FIXED_ONE, type Fixed, scaled } from './logarithm.ts';
import type { Component, ReferenceFile, SeriesReferenceFile } from './method-file.ts';
import { over, parseRational, type Rational, rational } from './rational.ts';
import { type Figures, listingMonths } from './window.ts';

const crossShareOf = ({ tally }: Figures): Rational | null =>
  tally.units === 0 ? null : rational(BigInt(tally.crossRegion), BigInt(tally.units));

const hazardOf = (figures: Figures, daysPerListingMonth: bigint): Rational | null => {
  const { conversions } = figures.tally;
  if (conversions === 0 || figures.listingDays <= 0) return null;
  return over(rational(BigInt(conversions)), listingMonths(figures, daysPerListingMonth));
};

const daysOf = ({ tally }: Figures): LogMean | null =>
  tally.conversions === 0 ? null : { logSum: tally.daysLogSum, count: BigInt(tally.conversions) };

const strataOf = ({ tally }: Figures): ReadonlyMap<string, StratumPrior> =>
  new Map(
    [...tally.strata].map(([key, { priced, logSum, cappedFen }]) => [
      key,
      { logSum, count: BigInt(priced), share: rational(cappedFen, tally.cappedFen) },
    ]),
  );

/**
 * A cell's own reference values pooled over the reference year, and the city's where it has none:
 * x₀ if N = 0, h₀ if q = 0 or m = 0, T₀ if q = 0, g and ω as a set without a priced unit (B12-10).
 */
export const priorsOf = (own: Figures, city: Figures, daysPerListingMonth: bigint): Priors => ({
  crossShare: crossShareOf(own) ?? crossShareOf(city),
  hazard: hazardOf(own, daysPerListingMonth) ?? hazardOf(city, daysPerListingMonth),
  days: daysOf(own) ?? daysOf(city),
  strata: own.tally.strata.size > 0 ? strataOf(own) : strataOf(city),
});

/** One series' reference, read from its text, ready to use. */
export interface SeriesReference {
  readonly priors: Priors;
  readonly mean: 'geometric' | 'arithmetic';
  readonly lnMeans: Readonly<Record<Component, Fixed>>;
  readonly lnMeanCross: Fixed | null;
  readonly held: readonly Component[];
  readonly crossHeld: boolean;
  readonly lnLevel: Fixed;
  readonly linked: boolean;
}

export interface Reference {
  readonly file: ReferenceFile;
  readonly cap: Cap | null;
  readonly series: ReadonlyMap<string, SeriesReference | null>;
}

const fixed = (text: string): Fixed => scaled(FIXED_ONE, parseRational(text));

const readSeries = (given: SeriesReferenceFile): SeriesReference => ({
  priors: {
    crossShare: given.crossShare === null ? null : parseRational(given.crossShare),
    hazard: given.hazard === null ? null : parseRational(given.hazard),
    days: given.days && { logSum: BigInt(given.days.logSum), count: BigInt(given.days.count) },
    strata: new Map(
      Object.entries(given.strata).map(([key, { logSum, count, share }]) => [
        key,
        { logSum: BigInt(logSum), count: BigInt(count), share: parseRational(share) },
      ]),
    ),
  },
  mean: given.mean,
  lnMeans: {
    S: fixed(given.lnMeans.S),
    A: fixed(given.lnMeans.A),
    B: fixed(given.lnMeans.B),
    C: fixed(given.lnMeans.C),
    P: fixed(given.lnMeans.P),
  },
  lnMeanCross: given.lnMeanCross === null ? null : fixed(given.lnMeanCross),
  held: given.held,
  crossHeld: given.crossHeld,
  lnLevel: fixed(given.lnLevel),
  linked: given.linked,
});

/** Reads a reference block: the computed one passes through its text too, so both are the same. */
export const readReference = (file: ReferenceFile): Reference => ({
  file,
  cap: file.capFen === null ? null : capOf(BigInt(file.capFen)),
  series: new Map(
    Object.entries(file.series).map(([key, one]) => [key, one && readSeries(one)] as const),
  ),
});
