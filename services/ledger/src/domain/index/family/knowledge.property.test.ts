import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import given from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { randomAct } from '../../../testing/random-acts.ts';
import { windowMonths } from './calendar.ts';
import { applyToFamily } from './family.ts';
import { emptyFamily, type Family } from './family-state.ts';
import { priorPeriodAdjustments } from './freeze.ts';
import { type Method, readMethod } from './method.ts';
import type { MethodFile } from './method-file.ts';
import { MONTHS, playActs } from './random-market.ts';
import { factsFrom, foldAll, type Happening, shortMethod } from './testing-market.ts';
import { valueLines } from './value-lines.ts';

const file = given as MethodFile;
const busy = fc.array(randomAct, { minLength: 30, maxLength: 60 });
const [FIRST, LAST_BASE, LAST] = ['2025-10', '2025-12', '2026-03'];
const linesOf = (family: Family, to = LAST) => valueLines(family, FIRST, to);
vi.setConfig({ testTimeout: 60_000 });

describe('what becomes known late', () => {
  it('moves only the windows that hold its month, once the year is linked', () => {
    let moved = 0;
    fc.assert(
      fc.property(busy, randomAct, (acts, extra) => {
        const { happenings } = playActs(acts);
        const late = playActs([{ ...extra, does: 'register' }], 'late');
        const month = late.standing[0]?.registeredOn.slice(0, 7) ?? '';
        const method = shortMethod(file, happenings.length, '0');
        const fold = (all: readonly Happening[]) => linesOf(foldAll(method, factsFrom(1, all)));
        const after = fold([...happenings, ...late.happenings]);
        fold(happenings).forEach((line, i) => {
          const isIn = windowMonths(line.period, line.windowMonths).includes(month);
          if (!isIn) expect(after[i]).toStrictEqual(line);
          else if (after[i]?.value !== line.value) moved += 1;
        });
      }),
      { numRuns: 60, seed: 51 },
    );
    expect(moved).toBeGreaterThan(100);
  });

  it('after the freeze leaves every official value, and is listed to the unit and fen', () => {
    let adjusted = 0;
    fc.assert(
      fc.property(busy, fc.nat(99), (acts, percent) => {
        const { happenings } = playActs(acts);
        const facts = factsFrom(1, happenings);
        const head = Math.max(1, Math.floor((facts.length * percent) / 100));
        const open = shortMethod(file, head, '0');
        const base = { ...open.file.base, freezeHead: `${head}` };
        const frozen = emptyFamily(readMethod({ ...open.file, base }));
        facts.forEach((fact, i) => {
          applyToFamily(frozen, fact);
          // What is asked before and after the freeze is kept up, and must not thaw a month.
          if (i % 8 === 0) linesOf(frozen);
        });
        const then = foldAll(open, facts.slice(0, head));
        expect(linesOf(frozen, LAST_BASE)).toStrictEqual(linesOf(then, LAST_BASE));
        const now = foldAll(open, facts);
        const figures = ({ market }: Family, month: string): readonly [number, bigint] => {
          const units = [...(market.months.get(month)?.units.values() ?? [])];
          return [units.length, units.reduce((sum, { rawFen }) => sum + rawFen, 0n)];
        };
        const expected = MONTHS.filter((month) => month <= LAST_BASE).flatMap((month) => {
          const [[units, fen], [unitsThen, fenThen]] = [figures(now, month), figures(then, month)];
          const one = { month, units: units - unitsThen, rawFen: fen - fenThen };
          return one.units === 0 && one.rawFen === 0n ? [] : [one];
        });
        adjusted += expected.length;
        expect(priorPeriodAdjustments(frozen.market)).toStrictEqual(expected);
      }),
      { numRuns: 100, seed: 52 },
    );
    expect(adjusted).toBeGreaterThan(100);
  });

  it('of what the index does not read moves the head and nothing else', () => {
    fc.assert(
      fc.property(busy, fc.nat(60), (acts, at) => {
        const { happenings } = playActs(acts);
        const cut = at % happenings.length;
        const other = { kind: 'other' } as const;
        const more = [...happenings.slice(0, cut), other, ...happenings.slice(cut), other];
        // The link lies before the first of them in both, or after everything.
        const fold = (all: readonly Happening[], linkHead: number) =>
          foldAll(shortMethod(file, linkHead, '0'), factsFrom(1, all));
        const [plain, longer] = [fold(happenings, happenings.length), fold(more, more.length)];
        expect(linesOf(longer)).toStrictEqual(linesOf(plain));
        expect(longer.market.gaugeFen).toStrictEqual(plain.market.gaugeFen);
        expect(longer.market.seq).toBe(plain.market.seq + 2);
      }),
      { numRuns: 40, seed: 53 },
    );
  });
});

/** Other districts in the same order, for ties go to the smallest code (B12-1). */
const OTHER: Readonly<Record<string, string>> = {
  ...{ gusu: 'changshu', kunshan: 'huqiu', sip: 'wuzhong' },
};
const moved = (code: string): string => OTHER[code] ?? code;
const inOtherDistricts = (one: Happening): Happening => {
  if (one.kind === 'opened') {
    return { ...one, listing: { ...one.listing, district: moved(one.listing.district) } };
  }
  if (one.kind !== 'registered' && one.kind !== 'amended') return one;
  const { district, buyerRegion } = one.contract;
  const places = { district: moved(district), buyerRegion: moved(buyerRegion) };
  return { ...one, contract: { ...one.contract, ...places } } as Happening;
};

it('the same market in districts of other names has the same values under those names', () => {
  fc.assert(
    fc.property(busy, (acts) => {
      const { happenings } = playActs(acts);
      const method = shortMethod(file, happenings.length, '0');
      const { partitions } = method.file;
      const renamed: Method = readMethod({
        ...method.file,
        partitions: { ...partitions, district: partitions.district.map(moved) },
      });
      const named = (series: string): string => {
        const [partition = '', code] = series.split(':');
        return code === undefined ? series : `${partition}:${moved(code)}`;
      };
      const byName = (lines: ReturnType<typeof linesOf>, name: (series: string) => string) =>
        new Map(lines.map((line) => [`${name(line.series)} ${line.period}`, line.value]));
      const here = foldAll(method, factsFrom(1, happenings));
      const there = foldAll(renamed, factsFrom(1, happenings.map(inOtherDistricts)));
      expect(byName(linesOf(there), (series) => series)).toStrictEqual(
        byName(linesOf(here), named),
      );
    }),
    { numRuns: 60, seed: 54 },
  );
});
