import { expect, test } from 'vitest';
import { createSalts } from './random-salts.ts';

test('salts are 32 bytes, never zero and never the same, past the end of the pool', () => {
  const newSalt = createSalts();
  const salts = Array.from({ length: 1_000 }, newSalt);
  expect(salts.every((salt) => salt.length === 32 && salt.some((byte) => byte !== 0))).toBe(true);
  expect(new Set(salts.map((salt) => salt.toString('hex'))).size).toBe(1_000);
});

test('two sources share no salts', () => {
  const [one, other] = [createSalts(), createSalts()];
  const salts = Array.from({ length: 300 }, () => [one(), other()]).flat();
  expect(new Set(salts.map((salt) => salt.toString('hex'))).size).toBe(600);
});
