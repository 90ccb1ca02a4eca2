import { expect, it } from 'vitest';
import { changeBp, hundredthsOf } from './hundredths.ts';

it('reads the whole number that a value prints', () => {
  expect(hundredthsOf('1234.56')).toBe(123456n);
  expect(hundredthsOf('0.05')).toBe(5n);
});

it('tells a change in whole basis points, half to even, up and down', () => {
  expect(changeBp('1001.00', '1000.00')).toBe(10);
  expect(changeBp('999.00', '1000.00')).toBe(-10);
  expect(changeBp('2000.10', '2000.00')).toBe(0);
  expect(changeBp('2000.30', '2000.00')).toBe(2);
  expect(changeBp('2000.50', '2000.00')).toBe(2);
  expect(changeBp('1000.00', '1000.00')).toBe(0);
});

it('tells none where one of the two is not shown, or the earlier is zero', () => {
  expect(changeBp(null, '1000.00')).toBeNull();
  expect(changeBp('1000.00', null)).toBeNull();
  expect(changeBp('1000.00', '0.00')).toBeNull();
});
