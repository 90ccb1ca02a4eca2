import { expect, test } from 'vitest';
import { dutyOf } from './duties.ts';

const SENIOR = ['senior-registrar'] as const;
const REGISTRAR = ['registrar'] as const;

test('a senior registrar who had no part in it confirms', () => {
  const pending = { mine: false, mayConfirm: true };
  expect(dutyOf(pending, SENIOR)).toBe('confirms');
  expect(dutyOf(pending, REGISTRAR)).toBe('for-senior');
});

test('who proposed it takes it back, and who took part waits for another', () => {
  expect(dutyOf({ mine: true, mayConfirm: false }, SENIOR)).toBe('own');
  expect(dutyOf({ mine: true, mayConfirm: false }, REGISTRAR)).toBe('own');
  expect(dutyOf({ mine: false, mayConfirm: false }, SENIOR)).toBe('took-part');
});
