import { expect, test } from 'vitest';
import { changeOf, percentOf, shortIndex } from './change.ts';

test('a change has a direction and a sign, cut to a tenth of a percent', () => {
  expect(changeOf(861)).toStrictEqual({ direction: 'up', text: '+8.6%' });
  expect(changeOf(-69)).toStrictEqual({ direction: 'down', text: '−0.6%' });
});

test('below a tenth of a percent it is flat, at a tenth it is not', () => {
  for (const basisPoints of [-9, 0, 9]) {
    expect(changeOf(basisPoints)).toStrictEqual({ direction: 'flat', text: '' });
  }
  expect(changeOf(10)).toStrictEqual({ direction: 'up', text: '+0.1%' });
  expect(changeOf(-10)).toStrictEqual({ direction: 'down', text: '−0.1%' });
});

test('a share is cut, so that 99.99 % never reads as reached', () => {
  expect(percentOf(9_999n, 10_000n)).toBe('99.9%');
  expect(percentOf(10_000n, 10_000n)).toBe('100.0%');
  expect(percentOf(1n, 0n)).toBe('—');
});

test('an index value is shown with one decimal, cut', () => {
  expect(shortIndex('1120.87')).toBe('1120.8');
  expect(shortIndex('983.00')).toBe('983.0');
});
