import fc from 'fast-check';
import { expect, test } from 'vitest';
import parameterFile from '../../../parameters/index-0.1.json' with { type: 'json' };
import { roundedQuotient, roundedRoot, wholeRoot } from './exact-root.ts';
import {
  baseOf,
  changeBp,
  formatHundredths,
  indexHundredths,
  indexPower,
  type Primitives,
} from './formula.ts';
import { readParameters } from './parameters.ts';

const parameters = readParameters(parameterFile);

const month = (valueFen: bigint, contracts: bigint): Primitives => ({ valueFen, contracts });

/** A base year with a Spring Festival dip and a December rush. */
const BASE_VALUES = [
  712345678901n,
  398112233445n,
  905544332211n,
  811223344556n,
  799887766554n,
  1012345678912n,
  850011223344n,
  823344556677n,
  944455566778n,
  871122334455n,
  990011223344n,
  1688776655443n,
];
const BASE_COUNTS = [1310, 690, 1720, 1555, 1540, 1810, 1602, 1588, 1733, 1490, 1745, 2766];
const BASE = BASE_VALUES.map((value, i) => month(value, BigInt(BASE_COUNTS[i] ?? 0)));
const HOLED = [month(0n, 0n), ...BASE.slice(1)];

const printed = (base: readonly Primitives[], now: Primitives): string | null => {
  const ready = baseOf(base, parameters);
  if (!ready) throw new Error('no base');
  const hundredths = indexHundredths(ready, now);
  return hundredths === null ? null : formatHundredths(hundredths);
};

// The expected strings were computed apart, with 120-digit decimals: exp(6/11·(ln S − mean ln S_m)
// + 5/11·(ln N − mean ln N_m))·1000.
test.each([
  [1234567890123n, 2001n, '1362.96'],
  [712345678901n, 1310n, '832.89'],
  [1688776655443n, 2766n, '1873.30'],
  [1000000000000n, 1700n, '1128.20'],
])('worked example: S %s fen, N %s gives %s', (value, count, expected) => {
  expect(printed(BASE, month(value, count))).toBe(expected);
});

test('a base month without trade: the arithmetic mean of the twelve, flagged', () => {
  expect(baseOf(BASE, parameters)?.mean).toBe('geometric');
  expect(baseOf(HOLED, parameters)?.mean).toBe('arithmetic');
  expect(printed(HOLED, month(1234567890123n, 2001n))).toBe('1396.87');
  const worthless = [month(0n, 7n), ...BASE.slice(1)];
  expect(baseOf(worthless, parameters)?.mean).toBe('arithmetic');
});

test('no trade is «not defined», never zero; an empty base year is no base', () => {
  expect(printed(BASE, month(0n, 0n))).toBeNull();
  expect(printed(BASE, month(0n, 3n))).toBeNull();
  expect(printed(BASE, month(1n, 1n))).toBe('0.00');
  const empty = BASE.map(() => month(0n, 0n));
  expect(baseOf(empty, parameters)).toBeNull();
  expect(
    baseOf(
      BASE.map(() => month(0n, 1n)),
      parameters,
    ),
  ).toBeNull();
});

const Month = fc.record({
  valueFen: fc.bigInt({ min: 1n, max: 10n ** 14n }),
  contracts: fc.bigInt({ min: 1n, max: 5_000n }),
});
const Year = fc.array(Month, { minLength: 12, maxLength: 12 });

const hundredthsOf = (year: readonly Primitives[], now: Primitives): bigint => {
  const base = baseOf(year, parameters);
  if (!base) throw new Error('no base');
  return indexHundredths(base, now) ?? -1n;
};

test('identity: the geometric mean of the unrounded base months is exactly 1000', () => {
  fc.assert(
    fc.property(Year, (year) => {
      const base = baseOf(year, parameters);
      if (!base) throw new Error('no base');
      const powers = year.map((now) => indexPower(base, now));
      const top = powers.reduce((all, [t]) => all * t, 1n);
      const bottom = powers.reduce((all, [, b]) => all * b, 1n);
      expect(top).toBe(1000n ** (base.degree * 12n) * bottom);
    }),
    { numRuns: 30 },
  );
});

test('monotone: more value or more contracts never lowers it', () => {
  fc.assert(
    fc.property(Year, Month, Month, (year, now, more) => {
      const before = hundredthsOf(year, now);
      expect(
        hundredthsOf(year, { ...now, valueFen: now.valueFen + more.valueFen }),
      ).toBeGreaterThanOrEqual(before);
      expect(
        hundredthsOf(year, { ...now, contracts: now.contracts + more.contracts }),
      ).toBeGreaterThanOrEqual(before);
    }),
    { numRuns: 40 },
  );
});

test('scale invariance: fen or yuan, the same index', () => {
  const inYuan = (m: Primitives): Primitives => ({ ...m, valueFen: m.valueFen * 100n });
  fc.assert(
    fc.property(Year, Month, (year, now) => {
      expect(hundredthsOf(year.map(inYuan), inYuan(now))).toBe(hundredthsOf(year, now));
    }),
    { numRuns: 40 },
  );
});

test('the order of the base months does not matter', () => {
  fc.assert(
    fc.property(Year, Month, fc.nat(11), (year, now, turn) => {
      const turned = [...year.slice(turn), ...year.slice(0, turn)];
      expect(hundredthsOf(turned, now)).toBe(hundredthsOf(year, now));
    }),
    { numRuns: 20 },
  );
});

test('rounding: the value printed is the nearest hundredth', () => {
  fc.assert(
    fc.property(Year, Month, (year, now) => {
      const base = baseOf(year, parameters);
      if (!base) throw new Error('no base');
      const n = indexHundredths(base, now) ?? -1n;
      const [top, bottom] = indexPower(base, now);
      const doubled = top * 200n ** base.degree;
      expect((2n * n + 1n) ** base.degree * bottom).toBeGreaterThanOrEqual(doubled);
      if (n > 0n) {
        expect((2n * n - 1n) ** base.degree * bottom).toBeLessThanOrEqual(doubled);
      }
    }),
    { numRuns: 40 },
  );
});

test('roots: whole ones, and exact halves to the even neighbour', () => {
  expect(wholeRoot(0n, 3n)).toBe(0n);
  expect(wholeRoot(26n, 3n)).toBe(2n);
  expect(wholeRoot(27n, 3n)).toBe(3n);
  expect(roundedRoot(5n ** 2n, 2n ** 2n, 2n)).toBe(2n);
  expect(roundedRoot(7n ** 3n, 2n ** 3n, 3n)).toBe(4n);
  expect(roundedRoot(7n ** 3n - 1n, 2n ** 3n, 3n)).toBe(3n);
  expect(roundedRoot(5n ** 2n + 1n, 2n ** 2n, 2n)).toBe(3n);
  expect(() => wholeRoot(-1n, 2n)).toThrow('value ≥ 0');
});

test('changes are whole basis points, half to even, both ways', () => {
  expect(changeBp(110_00n, 100_00n)).toBe(1_000);
  expect(changeBp(90_00n, 100_00n)).toBe(-1_000);
  expect(changeBp(20_001n, 20_000n)).toBe(0);
  expect(changeBp(20_003n, 20_000n)).toBe(2);
  expect(roundedQuotient(-3n, 2n)).toBe(-2n);
  expect(roundedQuotient(-1n, 2n)).toBe(0n);
  expect(changeBp(null, 100n)).toBeNull();
  expect(changeBp(100n, null)).toBeNull();
});

test('parameters: weights that do not sum to one are refused', () => {
  const heavy = { technologyValue: '6/11', contractCount: '6/11' };
  expect(() => readParameters({ ...parameterFile, weights: heavy })).toThrow('sum to one');
  const mixed = { technologyValue: '6/11', contractCount: '5/10' };
  expect(() => readParameters({ ...parameterFile, weights: mixed })).toThrow('sum to one');
  expect(parameters.baseMonths).toEqual(
    Array.from({ length: 12 }, (_, i) => `2025-${`${i + 1}`.padStart(2, '0')}`),
  );
});
