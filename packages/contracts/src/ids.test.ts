import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('ids are UUIDv7, never the same and ascending, past the end of the random pool', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(ids.every((id) => form.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toStrictEqual(ids);
});

test('the time inside is the time of making', () => {
  const before = Date.now();
  const msOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const ms = msOf(newId());
  expect(ms).toBeGreaterThanOrEqual(before);
  expect(ms - before).toBeLessThan(60_000);
});
