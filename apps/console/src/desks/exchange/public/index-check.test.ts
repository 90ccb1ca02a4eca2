import type { PublishedCell } from '@jishi/contracts/ledger/publication';
import { expect, test } from 'vitest';
import { isValueRight, weightsOf } from './index-check.ts';

const PARAMETERS = {
  base: { year: '2025', level: '1000' },
  weights: { technologyValue: '6/11', contractCount: '5/11' },
};
const months = Array.from({ length: 12 }, (_, i) => ({
  month: `2025-${`${i + 1}`.padStart(2, '0')}`,
  valueFen: '400000000',
  contracts: 4,
}));
const cell = (value: string, changes: Partial<PublishedCell> = {}): PublishedCell => ({
  ...{ cell: 'city', state: 'defined', reason: null, asOfSeq: 9, value },
  ...{ valueFen: '800000000', contracts: 8 },
  base: { mean: 'geometric', asOfSeq: 9, months },
  ...changes,
});
const weights = weightsOf(PARAMETERS);

test('twice the value and twice the number is twice the base, and nothing near it', () => {
  if (!weights) throw new Error('no weights');
  expect(isValueRight(cell('2000.00'), weights)).toBe(true);
  expect(isValueRight(cell('2000.01'), weights)).toBe(false);
  expect(isValueRight(cell('1999.99'), weights)).toBe(false);
});

test('a fen or a contract more gives another value, or the check would prove nothing', () => {
  if (!weights) throw new Error('no weights');
  expect(isValueRight(cell('2000.00', { valueFen: '800100000' }), weights)).toBe(false);
  expect(isValueRight(cell('2000.00', { contracts: 9 }), weights)).toBe(false);
});

test('an arithmetic base is the mean of the twelve months, empty ones too', () => {
  if (!weights) throw new Error('no weights');
  const half = months.map((month, i) =>
    i < 6 ? { ...month, valueFen: '0', contracts: 0 } : month,
  );
  const base = { mean: 'arithmetic' as const, asOfSeq: 9, months: half };
  expect(isValueRight(cell('4000.00', { base }), weights)).toBe(true);
  expect(isValueRight(cell('2000.00', { base }), weights)).toBe(false);
});

test('parameters that it does not know are not judged', () => {
  expect(weightsOf({ ...PARAMETERS, weights: {} })).toBeNull();
});
