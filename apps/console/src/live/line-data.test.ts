import { expect, test } from 'vitest';
import { sampleSnapshot } from '../testing/sample-snapshot.ts';
import { axisOf, axisStep, endShift, type LineMonth, labelDrop, lineData } from './line-data.ts';

const month = (value: number | null): LineMonth => ({
  month: '2026-01',
  value,
  springFestival: false,
});

test('the axis contains the base and every value', () => {
  const above = axisOf({ lowest: 1_100, highest: 1_200 });
  expect(above.min).toBeLessThan(1_000);
  expect(above.max).toBeGreaterThan(1_200);
  const below = axisOf({ lowest: 700, highest: 800 });
  expect(below.min).toBeLessThan(700);
  expect(below.max).toBeGreaterThan(1_000);
});

test('the axis never goes below zero', () => {
  expect(axisOf({ lowest: 10, highest: 5_000 }).min).toBe(0);
});

test('steps are 1, 2 or 5 times a power of ten', () => {
  expect([1, 30, 210, 600, 3_000].map(axisStep)).toStrictEqual([0.5, 10, 100, 200, 1_000]);
});

test('a label hangs under the lowest of a point and its neighbours', () => {
  const line = [month(100), month(90), month(70), month(95)];
  expect(labelDrop(line, 1)).toBe(20);
  expect(labelDrop(line, 2)).toBe(0);
  expect(labelDrop(line, 3)).toBe(25);
  expect(labelDrop([month(50), month(null), month(60)], 2)).toBe(0);
});

test('near the base the label of the last value moves away from that of the base', () => {
  const data = lineData(sampleSnapshot());
  const last = data.last;
  if (!last) throw new Error('the sample has no last value');
  const ending = (value: string) => endShift({ ...data, last: { ...last, value } });
  const { min, max } = axisOf(data);
  const room = (max - min) * 0.14;
  expect(ending((1_000 + room + 0.01).toFixed(2))).toBe(0);
  expect(ending((1_000 + room - 0.01).toFixed(2))).toBeLessThan(0);
  expect(ending('999.99')).toBeGreaterThan(0);
});
