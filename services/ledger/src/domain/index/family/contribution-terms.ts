import {
  FIXED_ONE,
  type Fixed,
  fixedOf,
  lnRational,
  meanUnitLog,
  scaled,
  UNIT_LOG_SCALE,
} from './logarithm.ts';
import type { Component } from './method-file.ts';
import type { Setting } from './official.ts';
import type { Part } from './parts.ts';
import {
  isSame,
  isZero,
  minus,
  over,
  plus,
  type Rational,
  rational,
  times,
  ZERO,
} from './rational.ts';
import type { Figures } from './window.ts';

/**
 * Contribution to an additive total Q: (Q_z,t − Q_z,s)/L(Q_t, Q_s) with the logarithmic mean
 * L(a,b) = (a − b)/(ln a − ln b), L(a,a) = a. No logarithm of a group is taken. Source: B5.
 */
const additive =
  (before: Rational, after: Rational) =>
  (partBefore: Rational, partAfter: Rational): Fixed => {
    const change = minus(partAfter, partBefore);
    if (isZero(change)) return 0n;
    if (isSame(before, after)) return fixedOf(over(change, after));
    return scaled(lnRational(over(after, before)), over(change, minus(after, before)));
  };

const whole = (value: number): Rational => rational(BigInt(value));

export type PartTerm = (before: Readonly<Part>, after: Readonly<Part>) => Fixed;

/** Two periods of one series under one θ. */
export interface Compared {
  readonly before: Figures;
  readonly after: Figures;
  readonly setting: Setting;
  readonly crossHeld: boolean;
  readonly daysPerListingMonth: bigint;
}

/** B: ½ participants, ¼ cross-region share (numerator less denominator), −¼ H. */
const breadthTerm = ({ before, after, setting, crossHeld }: Compared): PartTerm => {
  const { breadth } = setting.edition;
  const { kx } = setting.rule.shrink;
  const drawn = times(kx, setting.own.priors.crossShare ?? ZERO);
  const crossOf = ({ tally }: Figures): Rational => plus(whole(tally.crossRegion), drawn);
  const unitsOf = ({ tally }: Figures): Rational => plus(whole(tally.units), kx);
  const concentrationOf = ({ tally }: Figures): Rational =>
    rational(tally.squares, tally.cappedFen * tally.cappedFen);
  const participants = additive(before.participants, after.participants);
  const cross = crossHeld ? null : additive(crossOf(before), crossOf(after));
  const units = additive(unitsOf(before), unitsOf(after));
  const concentration = additive(concentrationOf(before), concentrationOf(after));
  const squared = ({ tally }: Figures): Rational => rational(tally.cappedFen * tally.cappedFen);
  return (own, now) =>
    scaled(participants(own.participants, now.participants), breadth.P) +
    (cross
      ? scaled(cross(own.crossRegion, now.crossRegion) - units(own.units, now.units), breadth.X)
      : 0n) -
    scaled(
      concentration(over(own.squares, squared(before)), over(now.squares, squared(after))),
      breadth.E,
    );
};

/** Mean-log part of ln T: (Σ l_days − q_z · ln T₀)/(q + k_T), q of the whole. */
const timePart = (part: Readonly<Part>, figures: Figures, { own, rule }: Setting): Fixed => {
  const prior = own.priors.days;
  if (prior === null || isZero(part.conversions)) return 0n;
  const sum =
    scaled(FIXED_ONE / UNIT_LOG_SCALE, part.daysLogSum) -
    scaled(meanUnitLog(prior.logSum, prior.count), part.conversions);
  const { conversions } = figures.tally;
  return scaled(sum, over(rational(1n), plus(whole(conversions), rule.shrink.kT)));
};

/** C: ⅔ (closings less listing-months) − ⅓ time. */
const conversionTerm = (compared: Compared): PartTerm => {
  const { before, after, setting, daysPerListingMonth } = compared;
  const { conversion } = setting.edition;
  const { kh } = setting.rule.shrink;
  const drawn = times(kh, setting.own.priors.hazard ?? ZERO);
  const monthsOf = (days: Rational): Rational => over(days, rational(daysPerListingMonth));
  const closingsOf = ({ tally }: Figures): Rational => plus(whole(tally.conversions), drawn);
  const exposureOf = ({ listingDays }: Figures): Rational => plus(monthsOf(whole(listingDays)), kh);
  const closings = additive(closingsOf(before), closingsOf(after));
  const exposure = additive(exposureOf(before), exposureOf(after));
  return (own, now) =>
    scaled(
      closings(own.conversions, now.conversions) -
        exposure(monthsOf(own.listingDays), monthsOf(now.listingDays)),
      conversion.h,
    ) - scaled(timePart(now, after, setting) - timePart(own, before, setting), conversion.T);
};

/** Mean-log part of ln P: Σ_k ω_k · (Σ l − n_zk · ln g_k)/(n_k + κ_P), n_k of the whole. */
const pricePart = (part: Readonly<Part>, figures: Figures, { own, rule }: Setting): Fixed => {
  let sum = 0n;
  for (const [key, prior] of own.priors.strata) {
    const mine = part.strata.get(key);
    const priced = figures.tally.strata.get(key)?.priced ?? 0;
    if (!mine) continue;
    const logs =
      scaled(FIXED_ONE / UNIT_LOG_SCALE, mine.logSum) -
      scaled(meanUnitLog(prior.logSum, prior.count), mine.priced);
    sum += scaled(logs, over(prior.share, plus(whole(priced), rule.shrink.kP)));
  }
  return sum;
};

/** What a group of units adds to each component's logarithm, from its parts in both periods. */
export const termsOf = (
  compared: Compared,
  held: readonly Component[],
): Record<Component, PartTerm> => {
  const { before, after, setting } = compared;
  const none: PartTerm = () => 0n;
  const scale = additive(rational(before.tally.cappedFen), rational(after.tally.cappedFen));
  const activity = additive(whole(before.tally.units), whole(after.tally.units));
  const unheld = (j: Component, term: () => PartTerm): PartTerm =>
    held.includes(j) ? none : term();
  return {
    S: (own, now) => scale(own.capped, now.capped),
    A: (own, now) => activity(own.units, now.units),
    B: unheld('B', () => breadthTerm(compared)),
    C: unheld('C', () => conversionTerm(compared)),
    P: unheld(
      'P',
      () => (own, now) => pricePart(now, after, setting) - pricePart(own, before, setting),
    ),
  };
};
