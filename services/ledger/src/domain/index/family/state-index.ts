import {
  crossRegionShare,
  hazard,
  lnEffectiveSellers,
  lnTime,
  type StratumPrior,
} from './components.ts';
import {
  exp,
  type Fixed,
  formatFixed,
  lnRational,
  lnWhole,
  meanUnitLog,
  scaled,
} from './logarithm.ts';
import type { Edition, Method } from './method.ts';
import type { Component } from './method-file.ts';
import { COMPONENTS } from './method-file.ts';
import { over, type Rational, rational } from './rational.ts';
import { type Figures, listingMonths, type WindowReading } from './window.ts';

/** What a cell is compared with: the whole city now, the number of cells D, the city's ω_k. */
export interface StateTask {
  readonly method: Pick<Method, 'stateAverage' | 'daysPerListingMonth'>;
  readonly edition: Edition;
  /** D: all cells of the partition, empty or not. */
  readonly cellCount: number;
  readonly strata: ReadonlyMap<string, StratumPrior>;
}

const count = (value: number): Rational => rational(BigInt(value));

/** ln(a·D/b) of two whole numbers or fractions. */
const lnShare = (own: Rational, city: Rational, cells: bigint): Fixed =>
  lnRational(over(own, city)) + lnWhole(cells);

/** ln(X_z/X): the city's current share is the prior; 0 where it has none. */
const lnCross = (cell: Figures, city: Figures, { edition }: StateTask): Fixed => {
  const { crossRegion, units } = city.tally;
  if (crossRegion === 0) return 0n;
  const share = rational(BigInt(crossRegion), BigInt(units));
  const own = crossRegionShare(cell, edition.shrink.state, share);
  return own && own.top > 0n ? lnRational(over(own, share)) : 0n;
};

/** ⅔·ln(h_z/h) + ⅓·ln(T/T_z), the city's current values as priors; 0 if its q or m is 0. */
const lnConversionRatio = (cell: Figures, city: Figures, task: StateTask): Fixed => {
  const { edition, method } = task;
  const { conversions, daysLogSum } = city.tally;
  if (conversions === 0 || city.listingDays <= 0) return 0n;
  const rate = over(count(conversions), listingMonths(city, method.daysPerListingMonth));
  const own = hazard(cell, edition.shrink.state, rate, method.daysPerListingMonth);
  const days = { logSum: daysLogSum, count: BigInt(conversions) };
  const time = lnTime(cell, edition.shrink.state, days);
  const lnRate = own && own.top > 0n ? lnRational(over(own, rate)) : 0n;
  return scaled(lnRate, edition.conversion.h) - scaled(time, edition.conversion.T);
};

/** Σ_k ω_k · n_zk/(n_zk + κ) · (mean_zk ln v* − mean_k ln v*). */
const lnPriceLevel = (cell: Figures, city: Figures, { edition, strata }: StateTask): Fixed => {
  let sum = 0n;
  for (const [key, { share }] of strata) {
    const own = cell.tally.strata.get(key);
    const all = city.tally.strata.get(key);
    if (!own || !all) continue;
    const gap =
      meanUnitLog(own.logSum, BigInt(own.priced)) - meanUnitLog(all.logSum, BigInt(all.priced));
    // ω · n/(n + κ), not brought to lowest terms: it is a factor once.
    const { top, bottom } = edition.shrink.state.kP;
    const priced = BigInt(own.priced) * bottom;
    sum += scaled(gap, { top: share.top * priced, bottom: share.bottom * (priced + top) });
  }
  return sum;
};

/** ln r_j of a cell against the average cell; null where the cell or the city has S = 0. */
export const stateRatios = (
  cell: Figures,
  city: Figures,
  task: StateTask,
): Readonly<Record<Component, Fixed>> | null => {
  const cells = BigInt(task.cellCount);
  const effective = lnEffectiveSellers(cell);
  const effectiveOfCity = lnEffectiveSellers(city);
  if (effective === null || effectiveOfCity === null) return null;
  const { breadth } = task.edition;
  return {
    S: lnShare(rational(cell.tally.cappedFen), rational(city.tally.cappedFen), cells),
    A: lnShare(count(cell.tally.units), count(city.tally.units), cells),
    B:
      scaled(lnShare(cell.participants, city.participants, cells), breadth.P) +
      scaled(lnCross(cell, city, task), breadth.X) +
      scaled(effective - effectiveOfCity + lnWhole(cells), breadth.E),
    C: lnConversionRatio(cell, city, task),
    P: lnPriceLevel(cell, city, task),
  };
};

/** State index 水平指数: L_z = 100 · Π_j r_j^w_j, to two decimals; null: not defined (B5, B12-18). */
export const stateIndex = (
  reading: WindowReading,
  cell: string,
  task: StateTask,
): { readonly ln: Fixed; readonly value: string } | null => {
  const ratios = stateRatios(reading.cell(cell), reading.city, task);
  if (!ratios) return null;
  const ln = COMPONENTS.map((j) => scaled(ratios[j], task.edition.weights[j])).reduce(
    (sum, term) => sum + term,
    0n,
  );
  const level = task.method.stateAverage * exp(ln);
  return { ln: ln + lnWhole(task.method.stateAverage), value: formatFixed(level, 2) };
};
