import { expect, test } from 'vitest';
import { amountIn, exactYuan, shortAmount, unitOf, withoutZeros } from './amount.ts';

const YI = 10_000_000_000n;
const WAN = 1_000_000n;

test('from 1 亿元 the unit is 亿元, one fen below it is 万元', () => {
  expect(shortAmount(YI, 'zh')).toStrictEqual({ digits: '1.00', unit: 'yi' });
  expect(shortAmount(YI - 1n, 'zh')).toStrictEqual({ digits: '9999.99', unit: 'wan' });
});

test('from 1 万元 the unit is 万元, one fen below it is 元', () => {
  expect(shortAmount(WAN, 'zh')).toStrictEqual({ digits: '1.00', unit: 'wan' });
  expect(shortAmount(WAN - 1n, 'zh')).toStrictEqual({ digits: '9,999.99', unit: 'yuan' });
});

test('digits are cut and never rounded up', () => {
  expect(shortAmount(10_213_799_999_999n, 'zh').digits).toBe('1021.37');
  expect(shortAmount(19_999_999_999n, 'zh').digits).toBe('1.99');
});

test('amounts beyond 2^53 fen stay exact', () => {
  expect(exactYuan(900_719_925_474_099_301n)).toBe('9,007,199,254,740,993.01');
});

test('zero is written as zero', () => {
  expect(shortAmount(0n, 'zh')).toStrictEqual({ digits: '0.00', unit: 'yuan' });
  expect(exactYuan(0n)).toBe('0.00');
});

test('English counts in millions from 0.1 million and in billions from one', () => {
  expect(shortAmount(865_000_00n, 'en')).toStrictEqual({ digits: '0.86', unit: 'wan' });
  expect(unitOf(9_999_999n, 'en')).toBe('yuan');
  expect(unitOf(10_000_000n, 'en')).toBe('wan');
  expect(unitOf(99_999_999_999n, 'en')).toBe('wan');
  expect(shortAmount(100_000_000_000n, 'en')).toStrictEqual({ digits: '1.00', unit: 'yi' });
});

test('a small amount in a large unit keeps two decimals', () => {
  expect(amountIn(1_273_400_000n, 'yi', 'zh')).toBe('0.12');
});

test('exact yuan have grouping and both fen digits', () => {
  expect(exactYuan(40_250_000n)).toBe('402,500.00');
  expect(exactYuan(100_005n)).toBe('1,000.05');
});

test('a round figure loses its zeros, another keeps its decimals', () => {
  expect(withoutZeros('1200.00')).toBe('1200');
  expect(withoutZeros('1200.50')).toBe('1200.50');
});
