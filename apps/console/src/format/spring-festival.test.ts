import { expect, test } from 'vitest';
import { isSpringFestivalMonth, springFestivalMonth } from './spring-festival.ts';

/** New Year's Days of the lunar calendar, from the State Council's holiday notices. */
const KNOWN = ['2023-01', '2024-02', '2025-01', '2026-02'];

test('the month of 春节 agrees with the holiday notices', () => {
  expect(KNOWN.map((month) => springFestivalMonth(Number(month.slice(0, 4))))).toStrictEqual(KNOWN);
});

test('only that month of a year is marked', () => {
  expect(isSpringFestivalMonth('2025-01')).toBe(true);
  expect(isSpringFestivalMonth('2025-02')).toBe(false);
  expect(isSpringFestivalMonth('2026-01')).toBe(false);
  expect(isSpringFestivalMonth('2026-02')).toBe(true);
});
