import { expect, test } from 'vitest';
import { decisionsFor } from './decisions.ts';

const REGISTRAR = ['registrar'] as const;
const SENIOR = ['senior-registrar'] as const;
const CASE = { status: 'accepted', needsSecondReview: false, firstReviewedByMe: false } as const;

test('below the threshold a registrar registers; at or over it the case is passed on', () => {
  expect(decisionsFor(CASE, REGISTRAR)).toStrictEqual({
    may: true,
    approval: 'registers',
    acceptsFirst: false,
  });
  const large = { ...CASE, needsSecondReview: true };
  expect(decisionsFor(large, REGISTRAR)).toMatchObject({ approval: 'passes-on' });
});

test('a case that was not accepted yet is accepted on the way', () => {
  const submitted = { ...CASE, status: 'submitted' } as const;
  expect(decisionsFor(submitted, REGISTRAR)).toMatchObject({ acceptsFirst: true });
});

test('only a senior registrar who was not the first reviewer confirms', () => {
  const passed = { ...CASE, status: 'first-reviewed', needsSecondReview: true } as const;
  expect(decisionsFor(passed, SENIOR)).toMatchObject({ may: true, approval: 'confirms' });
  expect(decisionsFor(passed, REGISTRAR)).toStrictEqual({ may: false, why: 'for-senior' });
  const own = { ...passed, firstReviewedByMe: true };
  expect(decisionsFor(own, REGISTRAR)).toStrictEqual({ may: false, why: 'for-another' });
  expect(decisionsFor(own, SENIOR)).toStrictEqual({ may: false, why: 'for-another' });
});

test('a case with its parties, or decided, waits for no officer', () => {
  expect(decisionsFor({ ...CASE, status: 'returned' }, REGISTRAR)).toMatchObject({
    why: 'with-parties',
  });
  for (const status of ['registered', 'refused', 'deregistered', 'revoked'] as const) {
    expect(decisionsFor({ ...CASE, status }, SENIOR)).toMatchObject({ why: 'decided' });
  }
});
