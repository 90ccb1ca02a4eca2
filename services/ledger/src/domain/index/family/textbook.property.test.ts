import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import file from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { randomAct } from '../../../testing/random-acts.ts';
import { type TextbookRule, textbookIndex } from '../../../testing/textbook-index.ts';
import type { TextbookListing, TextbookMarket } from '../../../testing/textbook-units.ts';
import { windowMonths } from './calendar.ts';
import type { MethodFile } from './method-file.ts';
import { indexValue } from './official.ts';
import { MONTHS, playActs } from './random-market.ts';
import { seriesOf } from './series.ts';
import { factsFrom, foldAll, type Happening, shortMethod } from './testing-market.ts';

const ruleOf = (kP: number, minEvidence: number): TextbookRule => ({
  baseMonths: MONTHS.slice(0, 3),
  weights: { S: 0.3, A: 0.25, B: 0.2, C: 0.15, P: 0.1 },
  shrink: { kx: 2, kh: 3, kT: 1, kP },
  capStepFen: 10_000_000,
  percentile: 0.9,
  minEvidence,
});

const earlier = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : a < b ? a : b;

/** The listings as they ended: each is opened once here. */
const listingsOf = (happenings: readonly Happening[]): TextbookListing[] => {
  const known = new Map<string, TextbookListing & { closedOn: string | null }>();
  for (const one of happenings) {
    if (one.kind === 'opened') {
      known.set(one.listing.listingId, { ...one.listing, closedOn: null, endsOn: null });
    } else if (one.kind === 'renewed' || one.kind === 'closed') {
      const before = known.get(one.listingId);
      if (!before) continue;
      const after =
        one.kind === 'renewed'
          ? { ...before, expiresOn: one.expiresOn }
          : { ...before, closedOn: one.closedOn };
      known.set(one.listingId, after);
    }
  }
  return [...known.values()].map((one) => ({
    ...one,
    endsOn: earlier(one.closedOn, one.expiresOn),
  }));
};

/** Runs while developing are few; the count can be raised without touching the rules. */
const RUNS = 60;

vi.setConfig({ testTimeout: 180_000 });

it('every value of city and cells is the textbook formula over what is left in the register', () => {
  let defined = 0;
  fc.assert(
    fc.property(
      fc.array(randomAct, { minLength: 8, maxLength: 40 }),
      fc.constantFrom(0, 2),
      (acts, least) => {
        const { happenings, standing } = playActs(acts);
        const method = shortMethod(file as MethodFile, happenings.length, `${least}`);
        const family = foldAll(method, factsFrom(1, happenings));
        const market: TextbookMarket = {
          contracts: standing,
          listings: listingsOf(happenings),
        };
        for (const series of seriesOf(method)) {
          const kP = series.isCity ? 0 : 1;
          const ends = series.isLong ? ['2025-12'] : MONTHS.slice(series.length - 1, 3);
          const period = '2026-02';
          const expected = textbookIndex(
            market,
            ruleOf(kP, least),
            series.cell,
            (end) => windowMonths(end, series.length),
            ends,
            period,
          );
          const { value } = indexValue(family, series, period);
          if (value !== null) defined += 1;
          expect([series.key, value]).toStrictEqual([
            series.key,
            expected === null ? null : expected.toFixed(2, 6),
          ]);
        }
      },
    ),
    { numRuns: RUNS, seed: 5 },
  );
  // Not a test of nothing: most of these markets have an index.
  expect(defined).toBeGreaterThan(RUNS);
});
