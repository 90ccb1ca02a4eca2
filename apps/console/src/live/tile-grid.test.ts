import { DistrictCode } from '@jishi/contracts/codes';
import { expect, test } from 'vitest';
import { levelOf, TILE_GRID } from './tile-grid.ts';

test('the grid of three by four has each district once, the note and the legend', () => {
  expect(TILE_GRID).toHaveLength(12);
  expect(new Set(TILE_GRID)).toStrictEqual(new Set([...DistrictCode.options, 'note', 'legend']));
});

test('the lowest of ten is level 1, the highest 5, and two stand on each level', () => {
  const values = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
  const levels = values.map((value) => levelOf(value, values));
  expect(levels).toStrictEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test('equal values have equal levels and an outlier does not flatten the rest', () => {
  const equal = [10, 20, 20, 30];
  expect(equal.map((value) => levelOf(value, equal))).toStrictEqual([1, 2, 2, 5]);
  expect([1, 2, 3].map((value) => levelOf(value, [1, 2, 3, 9_999]))).toStrictEqual([1, 2, 4]);
});

test('a single value is in the middle', () => {
  expect(levelOf(1_000, [1_000])).toBe(3);
});
