import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import file from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { randomAct } from '../../../testing/random-acts.ts';
import { contributions } from './contributions.ts';
import { applyToFamily } from './family.ts';
import { emptyFamily, type Family } from './family-state.ts';
import { FIXED_ONE } from './logarithm.ts';
import type { MethodFile } from './method-file.ts';
import { indexValue, lnOfficial } from './official.ts';
import { LISTINGS_LINE, type Parting, partsOf } from './parts.ts';
import { type Act, MONTHS, playActs } from './random-market.ts';
import { isSame, plus, rational, ZERO } from './rational.ts';
import { seriesOf } from './series.ts';
import { factsFrom, foldAll, type Happening, shortMethod } from './testing-market.ts';
import { monthsByName, tallyByName } from './testing-state.ts';
import { valueLines } from './value-lines.ts';
import { readWindow } from './window.ts';

const methodAt = (linkHead: number) => shortMethod(file as MethodFile, linkHead, '0');
const acts = fc.array(randomAct, { minLength: 5, maxLength: 35 });
const busy = fc.array(randomAct, { minLength: 40, maxLength: 60 });
vi.setConfig({ testTimeout: 180_000 });
const RUNS = 40;
const SETTINGS = { numRuns: RUNS, seed: 11 };

/** A market whose link lies at its last event, so that every value is defined as far as it can. */
const play = (given: readonly Act[]): Family => {
  const { happenings } = playActs(given);
  return foldAll(methodAt(happenings.length), factsFrom(1, happenings));
};
const [CITY] = seriesOf(methodAt(1));
if (!CITY) throw new Error('no series of the city');
const linesOf = (family: Family) => valueLines(family, '2025-10', '2026-03');

describe('the state of the fold', () => {
  it('after every event equals a rebuild from the first, whatever was asked meanwhile', () => {
    fc.assert(
      fc.property(acts, (given) => {
        const { happenings } = playActs(given);
        const facts = factsFrom(1, happenings);
        const method = methodAt(Math.ceil(facts.length / 2));
        const family = emptyFamily(method);
        facts.forEach((fact, i) => {
          applyToFamily(family, fact);
          // Asking makes views, which the next events have to keep right.
          if (i % 3 === 0) linesOf(family);
          if (i % 7 !== 0 && i !== facts.length - 1) return;
          const rebuilt = foldAll(method, facts.slice(0, i + 1));
          expect(linesOf(family)).toStrictEqual(linesOf(rebuilt));
          for (const month of MONTHS) {
            const cap = family.references.get(2026)?.cap ?? null;
            const kept = readWindow(family.market, [month], cap);
            const fresh = readWindow(rebuilt.market, [month], cap);
            for (const cell of ['city', 'district:sip', 'field:materials', 'industry:C']) {
              const [now, anew] = [kept.cell(cell), fresh.cell(cell)];
              expect({ ...now, tally: tallyByName(family.market, now.tally) }).toStrictEqual({
                ...anew,
                tally: tallyByName(rebuilt.market, anew.tally),
              });
            }
          }
        });
      }),
      SETTINGS,
    );
  });

  it('is the same for any order of events with the same net effect', () => {
    fc.assert(
      fc.property(acts, fc.infiniteStream(fc.nat()), (given, keys) => {
        const registers = given.map((one) => ({ ...one, does: 'register' as const }));
        const opens = given.map((one) => ({ ...one, does: 'open' as const }));
        const happenings = [...playActs(opens, 'o').happenings, ...playActs(registers).happenings];
        const turned = happenings
          .map((one) => ({ one, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const method = methodAt(happenings.length);
        const fold = (order: readonly Happening[]) => foldAll(method, factsFrom(1, order));
        const monthsOf = (order: readonly Happening[]) => monthsByName(fold(order).market);
        expect(monthsOf(turned)).toStrictEqual(monthsOf(happenings));
        expect(linesOf(fold(turned))).toStrictEqual(linesOf(fold(happenings)));
      }),
      SETTINGS,
    );
  });

  it('after add and cancel is as if the contract never was, and amend is cancel and register', () => {
    fc.assert(
      fc.property(acts, randomAct, randomAct, (given, extra, other) => {
        const { happenings } = playActs(given);
        const added = playActs([{ ...extra, does: 'register' }], 'x').standing[0];
        const replaced = playActs([{ ...other, does: 'register' }], 'x').standing[0];
        if (!added || !replaced) throw new Error('nothing was registered');
        const amended = { ...replaced, registeredOn: added.registeredOn };
        const fold = (more: readonly Happening[]) =>
          foldAll(methodAt(9_999), factsFrom(1, [...happenings, ...more])).market;
        const gone = { kind: 'left', contractId: added.contractId } as const;
        const register = { kind: 'registered', contract: added } as const;
        const undone = fold([register, gone]);
        const before = fold([]);
        expect(monthsByName(undone)).toStrictEqual(monthsByName(before));
        expect(undone.contracts).toStrictEqual(before.contracts);
        expect(undone.gaugeFen).toStrictEqual(before.gaugeFen);
        const byAmendment = fold([register, { kind: 'amended', contract: amended }]);
        const byTwo = fold([register, gone, { kind: 'registered', contract: amended }]);
        expect(monthsByName(byAmendment)).toStrictEqual(monthsByName(byTwo));
      }),
      { ...SETTINGS, numRuns: 300 },
    );
  });

  it('as of a head never changes when later events arrive', () => {
    fc.assert(
      fc.property(acts, fc.nat(30), (given, cut) => {
        const { happenings } = playActs(given);
        const facts = factsFrom(1, happenings);
        const head = cut % facts.length;
        const method = methodAt(Math.max(1, head));
        const family = emptyFamily(method);
        for (const fact of facts.slice(0, head)) applyToFamily(family, fact);
        const then = JSON.stringify(linesOf(family));
        for (const fact of facts.slice(head)) applyToFamily(family, fact);
        const again = foldAll(method, facts.slice(0, head));
        expect(JSON.stringify(linesOf(again))).toBe(then);
      }),
      { ...SETTINGS, numRuns: 80 },
    );
  });
});

describe('parts and contributions', () => {
  const partings: readonly Parting[] = ['district', 'industry', 'field', 'type', 'contract'];

  it('of any partition sum to the whole, as exact fractions', () => {
    fc.assert(
      fc.property(acts, (given) => {
        const family = play(given);
        const cap = family.references.get(2026)?.cap ?? null;
        const reading = readWindow(family.market, ['2025-12', '2026-01', '2026-02'], cap);
        const { tally, participants, listingDays } = reading.city;
        for (const parting of partings) {
          const parts = [...partsOf(family.market, reading, 'city', parting).values()];
          const total = (of: (part: (typeof parts)[number]) => typeof ZERO) =>
            parts.map(of).reduce(plus, ZERO);
          const is = (of: (part: (typeof parts)[number]) => typeof ZERO, whole: bigint): void =>
            expect(total(of)).toStrictEqual(rational(whole));
          is(({ capped }) => capped, tally.cappedFen);
          is(({ units }) => units, BigInt(tally.units));
          is(({ crossRegion }) => crossRegion, BigInt(tally.crossRegion));
          is(({ conversions }) => conversions, BigInt(tally.conversions));
          is(({ daysLogSum }) => daysLogSum, tally.daysLogSum);
          is(({ squares }) => squares, tally.squares);
          is(({ listingDays: days }) => days, BigInt(listingDays));
          expect(
            isSame(
              total(({ participants: own }) => own),
              participants,
            ),
          ).toBe(true);
        }
      }),
      { ...SETTINGS, numRuns: 150 },
    );
  });

  it('of contracts add up to those of their district, but for what listings add', () => {
    let compared = 0;
    fc.assert(
      fc.property(busy, (given) => {
        const family = play(given);
        const span = ['2025-12', '2026-02'] as const;
        if (span.some((month) => typeof lnOfficial(family, CITY, month) === 'string')) return;
        compared += 1;
        const districtOf = new Map(
          span.flatMap((month) =>
            [...(family.market.months.get(month)?.units.values() ?? [])].flatMap((unit) =>
              unit.contracts.map((one) => [one.contractId, `district:${unit.district}`] as const),
            ),
          ),
        );
        const byContract = contributions(family, CITY, span, 'contract');
        for (const { code, terms } of contributions(family, CITY, span, 'district')) {
          const own = byContract.filter((line) => districtOf.get(line.code) === code);
          for (const j of ['S', 'A', 'B', 'P'] as const) {
            const rest = own.reduce((sum, line) => sum - line.terms[j], terms[j]);
            expect(rest * rest < (FIXED_ONE / 10n ** 36n) ** 2n).toBe(true);
          }
        }
      }),
      SETTINGS,
    );
    expect(compared).toBeGreaterThan(5);
  });

  it('add up to the change of ln I, for the city and for cells', () => {
    let compared = 0;
    fc.assert(
      fc.property(busy, (given) => {
        const family = play(given);
        for (const series of seriesOf(family.method).slice(0, 6)) {
          const [from, to] = ['2025-12', '2026-02'];
          const [before, after] = [from, to].map((month) => lnOfficial(family, series, month));
          if (typeof before !== 'bigint' || typeof after !== 'bigint') continue;
          compared += 1;
          for (const parting of partings) {
            const lines = contributions(family, series, [from, to], parting);
            const rest = lines.reduce((sum, { total }) => sum + total, before - after);
            expect(rest * rest < (FIXED_ONE / 10n ** 36n) ** 2n).toBe(true);
            const hasLine = lines.some(({ code }) => code === LISTINGS_LINE);
            expect(hasLine).toBe(parting === 'type' || parting === 'contract' || !series.isCity);
          }
        }
      }),
      SETTINGS,
    );
    expect(compared).toBeGreaterThan(RUNS);
  });

  it('of a relabelled market are the relabelled ones', () => {
    fc.assert(
      fc.property(acts, (given) => {
        const { happenings } = playActs(given);
        const other = (id: string): string => `z${9 - Number(id.slice(1))}`;
        const rename = (one: Happening): Happening => {
          if (one.kind !== 'registered' && one.kind !== 'amended') return one;
          const { sellerId, buyerId } = one.contract;
          const parties = { sellerId: other(sellerId), buyerId: other(buyerId) };
          return { ...one, contract: { ...one.contract, ...parties } } as Happening;
        };
        const method = methodAt(happenings.length);
        const renamed = foldAll(method, factsFrom(1, happenings.map(rename)));
        const family = foldAll(method, factsFrom(1, happenings));
        expect(linesOf(renamed)).toStrictEqual(linesOf(family));
        expect(indexValue(renamed, CITY, '2026-01').ln).toBe(
          indexValue(family, CITY, '2026-01').ln,
        );
      }),
      SETTINGS,
    );
  });
});
