import { expect, test } from 'vitest';
import { backoffMs } from './keep-connected.ts';

test('attempts to reconnect are 1, 2, 4, 8, 16 and then every 30 seconds apart', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 1_000].map(backoffMs)).toStrictEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
  ]);
});
