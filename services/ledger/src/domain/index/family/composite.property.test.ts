import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import given from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { randomAct } from '../../../testing/random-acts.ts';
import { componentRatios, lnComposite } from './change-index.ts';
import { hazard, lnTime } from './components.ts';
import { type Fixed, lnRational } from './logarithm.ts';
import { COMPONENTS, type MethodFile } from './method-file.ts';
import { playActs } from './random-market.ts';
import { plus, rational } from './rational.ts';
import { citySeriesOf } from './series.ts';
import type { Tally } from './tally.ts';
import { factsFrom, foldAll, shortMethod } from './testing-market.ts';
import { type RatiosOfMonth, ratiosOf } from './testing-ratios.ts';
import type { Figures } from './window.ts';

const file = given as MethodFile;
const METHOD = shortMethod(file, 1, '0');
const CITY = citySeriesOf(METHOD, false);
const [EDITION] = METHOD.editions;
if (!EDITION) throw new Error('no edition');
const { weights } = EDITION;
vi.setConfig({ testTimeout: 60_000 });

/** A month of trade after a base of three, in which nothing is held. */
const months = fc
  .array(randomAct, { minLength: 40, maxLength: 70 })
  .map((acts) => {
    const { happenings } = playActs(acts);
    const family = foldAll(shortMethod(file, happenings.length, '0'), factsFrom(1, happenings));
    return ratiosOf(family, '2026-01', CITY);
  })
  .filter((found): found is RatiosOfMonth => found?.ratios?.held.length === 0);

const lnOf = ({ own, rule }: RatiosOfMonth, figures: Figures): Fixed => {
  const ratios = componentRatios(figures, own, rule);
  if (!ratios) throw new Error('nothing was traded');
  return lnComposite(ratios, weights);
};
const withTally = (figures: Figures, more: Partial<Tally>): Figures => ({
  ...figures,
  tally: { ...figures.tally, ...more },
});

describe('the composite', () => {
  it('of components all times λ is I times λ, as the weights are one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(10n ** 41n), max: 10n ** 41n }), {
          minLength: 5,
          maxLength: 5,
        }),
        fc.integer({ min: 1, max: 10_000 }),
        (logs, lambda) => {
          const shift = lnRational(rational(BigInt(lambda), 100n));
          const at = (more: Fixed) => ({
            lnRatios: Object.fromEntries(
              COMPONENTS.map((j, i) => [j, (logs[i] ?? 0n) + more]),
            ) as Record<(typeof COMPONENTS)[number], Fixed>,
            ...{ held: [], crossHeld: false },
          });
          const moved = lnComposite(at(shift), weights) - lnComposite(at(0n), weights);
          // Five roundings of the last of forty decimals, twice.
          expect((moved - shift) ** 2n <= 100n).toBe(true);
        },
      ),
      { numRuns: 500, seed: 41 },
    );
  });

  it('rises in S, N, participants, F, effective sellers, closings and price; falls in days and H', () => {
    fc.assert(
      fc.property(months, (month) => {
        const { figures, own } = month;
        const { tally } = figures;
        const now = lnOf(month, figures);
        const changed = (more: Partial<Tally>): Fixed => lnOf(month, withTally(figures, more));
        // S alone: E stays, as Σ v² grows with S².
        const squares = tally.squares * 4n;
        expect(changed({ cappedFen: tally.cappedFen * 2n, squares }) > now).toBe(true);
        expect(
          lnOf(month, { ...figures, participants: plus(figures.participants, rational(1n, 7n)) }) >
            now,
        ).toBe(true);
        if (tally.crossRegion < tally.units) {
          expect(changed({ crossRegion: tally.crossRegion + 1 }) > now).toBe(true);
        }
        expect(changed({ squares: tally.squares + 1n }) <= now).toBe(true);
        expect(changed({ squares: tally.squares * 2n }) < now).toBe(true);
        expect(
          changed({ conversions: tally.conversions + 1, daysLogSum: tally.daysLogSum }) > now,
        ).toBe(true);
        expect(lnOf(month, { ...figures, listingDays: figures.listingDays + 60 }) < now).toBe(true);
        if (tally.conversions > 0) {
          expect(changed({ daysLogSum: tally.daysLogSum + 10n ** 15n }) < now).toBe(true);
        }
        const [key] = [...tally.strata.keys()].filter((one) => own.priors.strata.has(one));
        const stratum = key === undefined ? undefined : tally.strata.get(key);
        if (key !== undefined && stratum) {
          const dearer = { ...stratum, logSum: stratum.logSum + 10n ** 15n };
          expect(changed({ strata: new Map([...tally.strata, [key, dearer]]) }) > now).toBe(true);
        }
        // N alone: the share of F would fall with it, so that rises by the same part.
        const more = { units: tally.units * 2, crossRegion: tally.crossRegion * 2 };
        const { kx } = month.rule.shrink;
        if (tally.crossRegion * Number(kx.bottom) >= tally.units) {
          expect(changed(more) > now).toBe(true);
        }
      }),
      { numRuns: 150, seed: 42 },
    );
  });

  it('without listings and closings has the hazard at its prior and the time at one', () => {
    fc.assert(
      fc.property(months, (month) => {
        const none = { ...withTally(month.figures, { conversions: 0, daysLogSum: 0n }) };
        const figures = { ...none, listingDays: 0 };
        const { priors } = month.own;
        const { shrink, daysPerListingMonth } = month.rule;
        expect(hazard(figures, shrink, priors.hazard, daysPerListingMonth)).toStrictEqual(
          priors.hazard,
        );
        expect(lnTime(figures, shrink, priors.days)).toBe(0n);
      }),
      { numRuns: 100, seed: 43 },
    );
  });
});
