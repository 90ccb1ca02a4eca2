import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import given from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { randomAct } from '../../../testing/random-acts.ts';
import type { Family } from './family-state.ts';
import { FIXED_ONE, lnRational } from './logarithm.ts';
import type { MethodFile } from './method-file.ts';
import { indexValue, lnOfficial } from './official.ts';
import { playActs } from './random-market.ts';
import { plus, rational, times, ZERO } from './rational.ts';
import { seriesOf } from './series.ts';
import { stateRatios } from './state-index.ts';
import {
  contractOf,
  factsFrom,
  foldAll,
  type Happening,
  methodWith,
  registered,
  shortMethod,
  WAN,
} from './testing-market.ts';
import { ratiosOf as ratiosOfSeries } from './testing-ratios.ts';
import { type Figures, readWindow } from './window.ts';

const file = given as MethodFile;
const SETTINGS = { numRuns: 30, seed: 21 };
const dense = fc.array(randomAct, { minLength: 70, maxLength: 90 });
const [CITY] = seriesOf(shortMethod(file, 1, '0'));
if (!CITY) throw new Error('no series of the city');

/** No unit reaches the cap: its step is above everything. */
const HIGH_STEP = '1000000000000000';
const uncapped = (linkHead: number, stepFen = HIGH_STEP) => {
  const { file: short } = shortMethod(file, linkHead, '0');
  const [edition] = short.editions;
  return methodWith(short, {}, { ...edition, cap: { percentile: '1', stepFen } });
};
const foldUncapped = (happenings: readonly Happening[], stepFen?: string): Family =>
  foldAll(uncapped(happenings.length, stepFen), factsFrom(1, happenings));

const isClose = (a: bigint, b: bigint, decimals = 13n): boolean =>
  (a - b) ** 2n <= (FIXED_ONE / 10n ** decimals) ** 2n;

const withValues = (
  happenings: readonly Happening[],
  change: (fen: bigint, month: string) => bigint,
): Happening[] =>
  happenings.map((one) => {
    if (one.kind !== 'registered') return one;
    const { technologyValueFen, registeredOn } = one.contract;
    const changed = change(technologyValueFen, registeredOn.slice(0, 7));
    return registered({ ...one.contract, technologyValueFen: changed });
  });

/** Registrations and openings alone, so that a change of values is a change of these. */
const plain = fc.array(
  randomAct.map((act) => ({
    ...act,
    does: act.pick % 4 === 3 ? ('open' as const) : ('register' as const),
  })),
  { minLength: 25, maxLength: 50 },
);

const ratiosOf = (family: Family, period: string) => ratiosOfSeries(family, period, CITY);

vi.setConfig({ testTimeout: 180_000 });

describe('identity, reversal, circularity', () => {
  it('hold inside a link year, to the last of forty decimals', () => {
    let seen = 0;
    fc.assert(
      fc.property(dense, (actsGiven) => {
        const { happenings } = playActs(actsGiven);
        const family = foldAll(shortMethod(file, happenings.length, '0'), factsFrom(1, happenings));
        const [s, t, u] = ['2026-01', '2026-02', '2026-03'].map((m) => lnOfficial(family, CITY, m));
        if (typeof s !== 'bigint' || typeof t !== 'bigint' || typeof u !== 'bigint') return;
        seen += 1;
        const change = (from: bigint, to: bigint): bigint => to - from;
        expect(change(s, s)).toBe(0n);
        expect(change(s, t) + change(t, s)).toBe(0n);
        expect(change(s, t) + change(t, u)).toBe(change(s, u));
        const base = ['2025-10', '2025-11', '2025-12'].map((m) => indexValue(family, CITY, m));
        if (base.some(({ flags, ln }) => ln === null || flags.includes('arithmetic-reference')))
          return;
        const sum = base.reduce((all, { ln }) => all + (ln ?? 0n), 0n);
        expect(isClose(sum / 3n, lnRational(rational(1000n)), 37n)).toBe(true);
      }),
      SETTINGS,
    );
    expect(seen).toBeGreaterThan(10);
  });
});

describe('values', () => {
  it('times λ in one period: S and P times λ, A, B and C as they were', () => {
    let seen = 0;
    fc.assert(
      fc.property(plain, fc.integer({ min: 2, max: 50 }), (actsGiven, lambda) => {
        const { happenings } = playActs(actsGiven);
        const scaledUp = withValues(happenings, (fen, month) =>
          month === '2026-01' ? fen * BigInt(lambda) : fen,
        );
        const before = ratiosOf(foldUncapped(happenings), '2026-01')?.ratios?.lnRatios;
        const after = ratiosOf(foldUncapped(scaledUp), '2026-01');
        if (!before || !after?.ratios) return;
        const strata = [...after.figures.tally.strata.keys()];
        if (!strata.every((key) => after.own.priors.strata.has(key))) return;
        const shares = strata
          .map((key) => after.own.priors.strata.get(key)?.share ?? ZERO)
          .reduce(plus, ZERO);
        seen += 1;
        const ln = lnRational(rational(BigInt(lambda)));
        const { S, A, B, C, P } = after.ratios.lnRatios;
        expect(isClose(S - before.S, ln, 30n)).toBe(true);
        expect([A, C]).toStrictEqual([before.A, before.C]);
        expect(isClose(B, before.B, 35n)).toBe(true);
        // A stratum without a trade stays at its prior, so P moves by the traded strata's share.
        expect(isClose(P - before.P, (ln * shares.top) / shares.bottom)).toBe(true);
      }),
      SETTINGS,
    );
    expect(seen).toBeGreaterThan(3);
  });

  it('in other units, with the cap converted, give the same index', () => {
    fc.assert(
      fc.property(plain, (actsGiven) => {
        const { happenings } = playActs(actsGiven);
        const step = 10_000_000n;
        const inFen = lnOfficial(foldUncapped(happenings, `${step}`), CITY, '2026-01');
        const other = foldUncapped(
          withValues(happenings, (fen) => fen * 100n),
          `${step * 100n}`,
        );
        const inOther = lnOfficial(other, CITY, '2026-01');
        if (typeof inFen === 'string') {
          expect(inOther).toBe(inFen);
          return;
        }
        expect(typeof inOther === 'bigint' && isClose(inOther, inFen, 12n)).toBe(true);
      }),
      SETTINGS,
    );
  });

  it('above the cap change what is capped away and nothing else', () => {
    fc.assert(
      fc.property(plain, fc.bigInt({ min: 1n, max: 10n ** 12n }), (actsGiven, more) => {
        const { happenings } = playActs(actsGiven);
        const extra = (fen: bigint) =>
          registered(contractOf('big', { registeredOn: '2026-01-05', technologyValueFen: fen }));
        const huge = 10n ** 12n;
        const fold = (fen: bigint): Family => {
          const all = [...happenings, extra(fen)];
          return foldAll(shortMethod(file, all.length, '0'), factsFrom(1, all));
        };
        const [before, after] = [fold(huge), fold(huge + more)];
        expect(lnOfficial(after, CITY, '2026-01')).toBe(lnOfficial(before, CITY, '2026-01'));
        const [a, b] = [before, after].map((family) => {
          const cap = family.references.get(2026)?.cap ?? null;
          return readWindow(family.market, ['2026-01'], cap).city.tally;
        });
        if (!a || !b || a.cappedFen === a.rawFen) return;
        expect(b.cappedFen).toBe(a.cappedFen);
        expect(b.rawFen - b.cappedFen - (a.rawFen - a.cappedFen)).toBe(more);
      }),
      { ...SETTINGS, numRuns: 100 },
    );
  });

  it('split within a deal unit leave every component as it was', () => {
    fc.assert(
      fc.property(plain, fc.nat(99), fc.nat(100), (actsGiven, pick, percent) => {
        const { happenings } = playActs(actsGiven);
        const contracts = happenings.flatMap((one) =>
          one.kind === 'registered' ? [one.contract] : [],
        );
        const target = contracts[pick % contracts.length];
        if (!target) return;
        const part = (target.technologyValueFen * BigInt(percent)) / 100n;
        const split = happenings.flatMap((one): Happening[] => {
          if (one.kind !== 'registered' || one.contract !== target) return [one];
          const rest = target.technologyValueFen - part;
          return [
            registered({ ...target, technologyValueFen: part }),
            registered({ ...target, contractId: 'half', technologyValueFen: rest }),
          ];
        });
        const fold = (all: readonly Happening[]) =>
          foldAll(shortMethod(file, all.length, '0'), factsFrom(1, all));
        const month = target.registeredOn.slice(0, 7);
        expect(ratiosOf(fold(split), month)?.ratios).toStrictEqual(
          ratiosOf(fold(happenings), month)?.ratios,
        );
      }),
      { ...SETTINGS, numRuns: 100 },
    );
  });
});

describe('replication', () => {
  it('with new parties and listings doubles S, N, participants and effective sellers', () => {
    fc.assert(
      fc.property(plain, (actsGiven) => {
        const once = playActs(actsGiven).happenings;
        const copy = playActs(actsGiven, 'x').happenings.map((one) => {
          if (one.kind !== 'registered') return one;
          const { sellerId, buyerId } = one.contract;
          const parties = { sellerId: `x${sellerId}`, buyerId: `x${buyerId}` };
          return registered({ ...one.contract, ...parties });
        });
        const figuresOf = (all: readonly Happening[]): Figures =>
          readWindow(foldUncapped(all).market, ['2025-12', '2026-01'], null).city;
        const [single, double] = [figuresOf(once), figuresOf([...once, ...copy])];
        const two = rational(2n);
        expect(double.tally.cappedFen).toBe(2n * single.tally.cappedFen);
        expect(double.tally.units).toBe(2 * single.tally.units);
        expect(double.participants).toStrictEqual(times(two, single.participants));
        expect(double.listingDays).toBe(2 * single.listingDays);
        // E = S²/Σ v²: the sum of squares doubles, S² is four times as much.
        expect(double.tally.squares).toBe(2n * single.tally.squares);
        for (const [key, { priced, logSum }] of single.tally.strata) {
          expect(double.tally.strata.get(key)).toMatchObject({
            priced: 2 * priced,
            logSum: 2n * logSum,
          });
        }
      }),
      { ...SETTINGS, numRuns: 100 },
    );
  });
});

describe('monotony', () => {
  it('a further contract of the city never lowers S, N or the participants', () => {
    fc.assert(
      fc.property(plain, randomAct, (actsGiven, extra) => {
        const { happenings } = playActs(actsGiven);
        const more = playActs([{ ...extra, does: 'register' }], 'x').happenings;
        const method = shortMethod(file, happenings.length, '0');
        const read = (all: readonly Happening[]): Figures => {
          const family = foldAll(method, factsFrom(1, all));
          const cap = family.references.get(2026)?.cap ?? null;
          return readWindow(family.market, ['2026-01'], cap).city;
        };
        const [before, after] = [read(happenings), read([...happenings, ...more])];
        expect(after.tally.cappedFen >= before.tally.cappedFen).toBe(true);
        expect(after.tally.units >= before.tally.units).toBe(true);
        expect(after.participants.top >= before.participants.top).toBe(true);
      }),
      { ...SETTINGS, numRuns: 200 },
    );
  });
});

describe('what is not there', () => {
  const base = ['2025-10', '2025-11', '2025-12', '2026-01'].flatMap((month) =>
    [1, 2, 3].map((i) =>
      registered(contractOf(`${month}${i}`, { registeredOn: `${month}-0${i}` })),
    ),
  );

  it('no listings hold C; no trade is not defined, never 0; an empty stratum adds nothing', () => {
    const family = foldAll(shortMethod(file, base.length, '0'), factsFrom(1, base));
    const january = indexValue(family, CITY, '2026-01');
    expect(january.value).toBe('1000.00');
    expect(january.flags).toContain('held:C');
    expect(indexValue(family, CITY, '2026-02').reason).toBe('no-trade');
    expect(indexValue(family, CITY, '2026-02').value).toBeNull();
    const other = contractOf('x', { registeredOn: '2026-02-03', fieldCode: 'materials' });
    const withOther = [...base, registered(other)];
    const moved = foldAll(shortMethod(file, withOther.length, '0'), factsFrom(1, withOther));
    expect(ratiosOf(moved, '2026-02')?.ratios?.lnRatios.P).toBe(0n);
  });

  it('a related-party contract moves the gauge and not the index', () => {
    const related = contractOf('r', {
      ...{ registeredOn: '2026-01-20', relatedParty: true, contractValueFen: 7n * WAN },
    });
    const more = [...base, registered(related)];
    const method = shortMethod(file, base.length, '0');
    const [before, after] = [base, more].map((all) => foldAll(method, factsFrom(1, all)));
    if (!before || !after) throw new Error('two markets');
    expect(lnOfficial(after, CITY, '2026-01')).toBe(lnOfficial(before, CITY, '2026-01'));
    const gauge = ({ market }: Family): bigint => market.gaugeFen.get(2026) ?? 0n;
    expect(gauge(after) - gauge(before)).toBe(7n * WAN);
  });
});

describe('the state index', () => {
  it('of identical cells without common parties is 100 for each', () => {
    const twins = (['gusu', 'sip', 'kunshan'] as const).flatMap((district) =>
      ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02'].flatMap((month) =>
        [1, 2].map((i) =>
          registered(
            contractOf(`${district}${month}${i}`, {
              ...{ district, registeredOn: `${month}-0${i}`, technologyValueFen: BigInt(i) * WAN },
              ...{ sellerId: `s${district}${i}`, buyerId: `b${district}${i}` },
              buyerRegion: i === 1 ? 'outside' : district,
            }),
          ),
        ),
      ),
    );
    const family = foldAll(shortMethod(file, twins.length, '0'), factsFrom(1, twins));
    const reference = family.references.get(2026);
    const [edition] = family.method.editions;
    const city = reference?.series.get('city');
    if (!reference || !edition || !city) throw new Error('no reference');
    const reading = readWindow(family.market, ['2026-01', '2026-02'], reference.cap);
    const task = { method: family.method, edition, cellCount: 3, strata: city.priors.strata };
    for (const cell of ['district:gusu', 'district:sip', 'district:kunshan']) {
      const ratios = stateRatios(reading.cell(cell), reading.city, task);
      for (const j of ['S', 'A', 'C', 'P'] as const) expect(ratios?.[j]).toBe(0n);
      expect(isClose(ratios?.B ?? 1n, 0n, 38n)).toBe(true);
    }
    expect(stateRatios(reading.cell('district:taicang'), reading.city, task)).toBeNull();
  });

  it('has shares of S that sum to one, and a geometric mean of at most 100 on them', () => {
    fc.assert(
      fc.property(plain, (actsGiven) => {
        const { happenings } = playActs(actsGiven);
        const family = foldUncapped(happenings);
        const reading = readWindow(family.market, ['2025-12', '2026-01'], null);
        const cells = ['district:gusu', 'district:sip', 'district:kunshan'].map(reading.cell);
        const total = cells.reduce((sum, { tally }) => sum + tally.cappedFen, 0n);
        expect(total).toBe(reading.city.tally.cappedFen);
        const shares = cells.map(({ tally }) => tally.cappedFen);
        if (shares.some((share) => share === 0n)) return;
        // Π (S_z·D/S) ≤ 1: the geometric mean lies below the arithmetic one.
        const product = shares.reduce((all, share) => all * share * 3n, 1n);
        expect(product <= total ** 3n).toBe(true);
      }),
      { ...SETTINGS, numRuns: 200 },
    );
  });
});
