import { expect, test } from 'vitest';
import { sampleSnapshot, youngSnapshot } from '../testing/sample-snapshot.ts';
import { contributionMonths } from './contribution-months.ts';

const snapshot = sampleSnapshot();

test('the public sees the last closed month against the one before', () => {
  expect(contributionMonths(snapshot)).toStrictEqual({
    from: '2026-09',
    to: '2026-10',
    provisional: false,
  });
});

test('who sees exact values follows the running month against the last closed one', () => {
  expect(contributionMonths({ ...snapshot, exact: true })).toStrictEqual({
    from: '2026-10',
    to: '2026-11',
    provisional: true,
  });
});

test('a running month that does not follow the last closed one is not explained', () => {
  const running = snapshot.running && { ...snapshot.running, month: '2026-12' };
  expect(contributionMonths({ ...snapshot, exact: true, running })?.to).toBe('2026-10');
});

test('across the turn of the year the month before January is December', () => {
  const series = snapshot.overall.series.filter(({ month }) => month <= '2026-01');
  const overall = { ...snapshot.overall, series, point: series.at(-1) ?? null };
  expect(contributionMonths({ ...snapshot, overall })?.from).toBe('2025-12');
});

test('without a value in one of the two months there is nothing to explain', () => {
  expect(contributionMonths(youngSnapshot())).toBeNull();
  const series = snapshot.overall.series.filter(({ month }) => month !== '2026-09');
  expect(contributionMonths({ ...snapshot, overall: { ...snapshot.overall, series } })).toBeNull();
});
