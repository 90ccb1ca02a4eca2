import { expect, test } from 'vitest';
import { freshnessOf } from './freshness.ts';

test.each([
  [0, 'live'],
  [15_000, 'live'],
  [15_001, 'delayed'],
  [120_000, 'delayed'],
  [120_001, 'stopped'],
  [3_600_000, 'stopped'],
  [3_600_001, 'gone'],
] as const)('%i ms after the last sign of life the data are %s', (ageMs, state) => {
  expect(freshnessOf(ageMs)).toBe(state);
});
