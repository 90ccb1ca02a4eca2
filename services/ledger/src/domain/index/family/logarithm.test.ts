import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { exp, FIXED_ONE, formatFixed, lnRational, lnWhole, unitLog } from './logarithm.ts';

const Precise = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_EVEN });
const decimal = (value: bigint): Decimal => new Precise(value.toString());
const text = (value: Decimal, places: number): string => value.toFixed(places);

vi.setConfig({ testTimeout: 180_000 });

it('ln of whole numbers agrees with decimal.js to forty decimals', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 45n }), (value) => {
      expect(formatFixed(lnWhole(value), 40)).toBe(text(decimal(value).ln(), 40));
    }),
    { numRuns: 150 },
  );
});

it('a unit logarithm is 10¹⁵ · ln, half to even, for every amount of fen', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }), (fen) => {
      const expected = decimal(fen).ln().times('1e15').toDecimalPlaces(0);
      expect(unitLog(fen).toString()).toBe(expected.toFixed(0));
    }),
    { numRuns: 300 },
  );
  expect(unitLog(1n)).toBe(0n);
});

it('powers of two and their neighbours are no special case', () => {
  for (let bits = 1n; bits < 60n; bits += 1n) {
    for (const value of [(1n << bits) - 1n, 1n << bits, (1n << bits) + 1n]) {
      const expected = decimal(value).ln().times('1e15').toDecimalPlaces(0);
      expect(unitLog(value).toString()).toBe(expected.toFixed(0));
    }
  }
});

it('exp agrees with decimal.js to 34 digits, above and below zero', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -30n * FIXED_ONE, max: 30n * FIXED_ONE }), (power) => {
      const given = decimal(power).div(decimal(FIXED_ONE));
      const digits = power < 0n ? 40 : 26;
      const difference = new Precise(formatFixed(exp(power), 40)).minus(given.exp()).abs();
      expect(difference.lessThan(new Precise(10).pow(-digits))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it('ln of a fraction is the difference of both, and exp gives it back', () => {
  const ln = lnRational({ top: 3n, bottom: 7n });
  expect(formatFixed(ln, 40)).toBe(text(new Precise(3).div(7).ln(), 40));
  expect(formatFixed(exp(ln), 34)).toBe(text(new Precise(3).div(7), 34));
  expect(exp(0n)).toBe(FIXED_ONE);
});

it('rounds half to even, and negative values towards even as well', () => {
  expect(formatFixed((FIXED_ONE * 5n) / 1000n, 2)).toBe('0.00');
  expect(formatFixed((FIXED_ONE * 15n) / 1000n, 2)).toBe('0.02');
  expect(formatFixed((FIXED_ONE * -15n) / 1000n, 2)).toBe('-0.02');
  expect(formatFixed((FIXED_ONE * -25n) / 1000n, 2)).toBe('-0.02');
});

it('refuses a logarithm of what is not above zero', () => {
  expect(() => lnWhole(0n)).toThrow(RangeError);
  expect(() => lnRational({ top: -1n, bottom: 2n })).toThrow(RangeError);
});
