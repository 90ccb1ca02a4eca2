import {
  exp,
  FIXED_PER_UNIT_LOG,
  type Fixed,
  lnRational,
  lnWhole,
  meanUnitLog,
  scaled,
} from './logarithm.ts';
import type { Edition, Shrink } from './method.ts';
import type { Component } from './method-file.ts';
import { over, plus, type Rational, rational, times } from './rational.ts';
import type { Figures } from './window.ts';

/** ln g_k or ln T₀ as Σ l and count, l in units of 10⁻¹⁵. */
export interface LogMean {
  readonly logSum: bigint;
  readonly count: bigint;
}

/** A price stratum's reference: g_k and the share ω_k. */
export interface StratumPrior extends LogMean {
  readonly share: Rational;
}

/** The reference values that a thin cell is drawn to (B4, B12-10). */
export interface Priors {
  /** x₀ = F/N. */
  readonly crossShare: Rational | null;
  /** h₀ = q/m, m in listing-months. */
  readonly hazard: Rational | null;
  /** T₀. */
  readonly days: LogMean | null;
  readonly strata: ReadonlyMap<string, StratumPrior>;
}

/** The rule that turns figures into components: θ, and the listing-month in days. */
export interface ComponentRule {
  readonly edition: Pick<Edition, 'breadth' | 'conversion'>;
  readonly shrink: Shrink;
  readonly daysPerListingMonth: bigint;
}

const whole = (value: number): Rational => rational(BigInt(value));

/** A fraction, or null where its bottom is zero. */
const quotient = (top: Rational, bottom: Rational): Rational | null =>
  bottom.top === 0n ? null : over(top, bottom);

/**
 * X 跨区占比 = (F + k_x·x₀)/(N + k_x). A missing prior counts as 0; null over nothing.
 * Source: B4.
 */
export const crossRegionShare = (
  figures: Figures,
  { kx }: Shrink,
  prior: Rational | null,
): Rational | null => {
  const { crossRegion, units } = figures.tally;
  const drawn = prior === null ? whole(0) : times(kx, prior);
  return quotient(plus(whole(crossRegion), drawn), plus(whole(units), kx));
};

/** h 转化率 = (q + κ_h·h₀)/(m + κ_h), per listing-month. Source: B4. */
export const hazard = (
  figures: Figures,
  { kh }: Shrink,
  prior: Rational | null,
  daysPerListingMonth: bigint,
): Rational | null => {
  const drawn = prior === null ? whole(0) : times(kh, prior);
  const months = rational(BigInt(figures.listingDays), daysPerListingMonth);
  return quotient(plus(whole(figures.tally.conversions), drawn), plus(months, kh));
};

/** ln E 有效卖方数 = −ln H, H = Σ v_i²/S². Null without value. Source: B4. */
export const lnEffectiveSellers = ({ tally }: Figures): Fixed | null =>
  tally.cappedFen === 0n ? null : 2n * lnWhole(tally.cappedFen) - lnWhole(tally.squares);

/** ln T 时间 = Σ ln(days_i/T₀)/(q + k_T), relative to T₀; 0 without a conversion. Source: B4. */
export const lnTime = ({ tally }: Figures, { kT }: Shrink, prior: LogMean | null): Fixed => {
  if (tally.conversions === 0 || prior === null) return 0n;
  const sum =
    tally.daysLogSum * FIXED_PER_UNIT_LOG -
    BigInt(tally.conversions) * meanUnitLog(prior.logSum, prior.count);
  return scaled(sum, over(whole(1), plus(whole(tally.conversions), kT)));
};

/**
 * ln P 价格 = Σ_k ω_k · Σ_{u∈k} ln(v*_u/g_k)/(n_k + κ_P), over the reference's strata; an empty
 * stratum adds nothing. Source: B4, B12-9.
 */
export const lnPrice = (
  { tally }: Figures,
  { kP }: Shrink,
  strata: ReadonlyMap<string, StratumPrior>,
): Fixed => {
  let sum = 0n;
  for (const [key, prior] of strata) {
    const now = tally.strata.get(key);
    if (!now) continue;
    const logs =
      now.logSum * FIXED_PER_UNIT_LOG - BigInt(now.priced) * meanUnitLog(prior.logSum, prior.count);
    // ω/(n + κ), not brought to lowest terms: it is a factor once.
    const { top, bottom } = prior.share;
    const drawn = BigInt(now.priced) * kP.bottom + kP.top;
    sum += scaled(logs, { top: top * kP.bottom, bottom: bottom * drawn });
  }
  return sum;
};

/** The logarithms of a period's components; X and h may be missing, T is relative to T₀. */
export interface ComponentLogs {
  readonly S: Fixed;
  readonly A: Fixed;
  /** ½·ln P + ¼·ln X + ¼·ln E, without the X term where it is held. */
  readonly B: Fixed;
  /** ⅔·ln h − ⅓·ln T; null where there is no hazard to take a logarithm of. */
  readonly C: Fixed | null;
  readonly P: Fixed;
}

export const isCrossMissing = (figures: Figures, shrink: Shrink, priors: Priors): boolean =>
  (crossRegionShare(figures, shrink, priors.crossShare)?.top ?? 0n) === 0n;

/** Null where S or N is 0: a composite of nothing is not defined, never 0. */
export const componentLogs = (
  figures: Figures,
  priors: Priors,
  rule: ComponentRule,
  isCrossHeld: boolean,
): ComponentLogs | null => {
  const { tally, participants } = figures;
  const effective = lnEffectiveSellers(figures);
  if (tally.units === 0 || effective === null) return null;
  const { breadth } = rule.edition;
  const share = crossRegionShare(figures, rule.shrink, priors.crossShare);
  const crossTerm = isCrossHeld || !share || share.top === 0n ? 0n : lnRational(share);
  return {
    S: lnWhole(tally.cappedFen),
    A: lnWhole(BigInt(tally.units)),
    B:
      scaled(lnRational(participants), breadth.P) +
      scaled(crossTerm, breadth.X) +
      scaled(effective, breadth.E),
    C: lnConversion(figures, priors, rule),
    P: lnPrice(figures, rule.shrink, priors.strata),
  };
};

/** ln C = ⅔·ln h − ⅓·ln T. Also of a window without any trade: its listings were open. */
export const lnConversion = (
  figures: Figures,
  priors: Priors,
  { edition, shrink, daysPerListingMonth }: ComponentRule,
): Fixed | null => {
  const rate = hazard(figures, shrink, priors.hazard, daysPerListingMonth);
  if (rate === null || rate.top === 0n) return null;
  const time = lnTime(figures, shrink, priors.days);
  return scaled(lnRational(rate), edition.conversion.h) - scaled(time, edition.conversion.T);
};

/** Component levels of a window without trade: S = A = B = 0, C and P as they are (B12-12). */
export const emptyWindowLevels = (
  figures: Figures,
  priors: Priors,
  rule: ComponentRule,
): Readonly<Record<Component, Fixed>> => {
  const conversion = lnConversion(figures, priors, rule);
  return {
    S: 0n,
    A: 0n,
    B: 0n,
    C: conversion === null ? 0n : exp(conversion),
    P: exp(lnPrice(figures, rule.shrink, priors.strata)),
  };
};
