import { expect, test } from 'vitest';
import { changeOf, percentOf, shortIndex } from './change.ts';

test('a change has a direction and a sign, to the nearest tenth of a percent', () => {
  expect(changeOf(861)).toStrictEqual({ direction: 'up', text: '+8.6%' });
  expect(changeOf(-69)).toStrictEqual({ direction: 'down', text: '−0.7%' });
  expect(changeOf(-2408)).toStrictEqual({ direction: 'down', text: '−24.1%' });
  expect(changeOf(864)).toStrictEqual({ direction: 'up', text: '+8.6%' });
});

test('below half of a tenth of a percent it is flat, from there on it is not', () => {
  for (const basisPoints of [-4, 0, 4]) {
    expect(changeOf(basisPoints)).toStrictEqual({ direction: 'flat', text: '' });
  }
  expect(changeOf(5)).toStrictEqual({ direction: 'up', text: '+0.1%' });
  expect(changeOf(-5)).toStrictEqual({ direction: 'down', text: '−0.1%' });
});

test('a share is cut, so that 99.99 % never reads as reached', () => {
  expect(percentOf(9_999n, 10_000n)).toBe('99.9%');
  expect(percentOf(10_000n, 10_000n)).toBe('100.0%');
  expect(percentOf(1n, 0n)).toBe('—');
});

test('an index value is shown with one decimal, the nearest', () => {
  expect(shortIndex('1120.87')).toBe('1120.9');
  expect(shortIndex('1120.84')).toBe('1120.8');
  expect(shortIndex('999.95')).toBe('1000.0');
  expect(shortIndex('983.00')).toBe('983.0');
});
