import { expect, test } from 'vitest';
import { referenceKey } from './reference-key.ts';

test.each(['BANK-001', 'bank 001', ' Bank_001 ', 'ＢＡＮＫ－００１', 'BANK\u200b001'])(
  '%s is compared as BANK001',
  (reference) => {
    expect(referenceKey(reference)).toBe('BANK001');
  },
);

test('other letters or digits are another reference, separators alone are none', () => {
  expect(referenceKey('BANK-002')).not.toBe(referenceKey('BANK-001'));
  expect(referenceKey('回执-1')).toBe('回执1');
  expect(referenceKey(' -_/ ')).toBe('');
});
