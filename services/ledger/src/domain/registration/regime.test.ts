import { DistrictCode } from '@jishi/contracts/codes';
import { RegistrationNumber } from '@jishi/contracts/ledger/events';
import { expect, test } from 'vitest';
import {
  needsSecondReview,
  pointFor,
  regimeByKey,
  regimeFor,
  registrationNumber,
  requirePoints,
  requireSeamless,
  reviewDueOn,
} from './regime.ts';
import { REGIMES, REGISTRATION_RULES } from './regimes.ts';

const old = regimeByKey(REGISTRATION_RULES, 'CN-2000');
const current = regimeByKey(REGISTRATION_RULES, 'CN-2026');
const values = (contractValueFen: string, technologyValueFen: string) => ({
  contractValueFen,
  technologyValueFen,
});

test('the regimes follow each other without gap or overlap', () => {
  requireSeamless(REGIMES);
  const gap = [old, { ...current, from: '2026-01-24' }];
  expect(() => requireSeamless(gap)).toThrow('gap or overlap');
  expect(() => requireSeamless([old])).toThrow('gap or overlap');
  expect(() =>
    requireSeamless([
      { ...old, to: '1999-01-01' },
      { ...current, from: '1999-01-01' },
    ]),
  ).toThrow('is empty');
});

test('the configured date selects, on the day before and the day of the change', () => {
  const dates = (submittedOn: string) => ({
    ...{ signedOn: '2025-12-01', submittedOn, acceptedOn: '2026-02-01' },
  });
  expect(regimeFor(REGISTRATION_RULES, dates('2026-01-22')).key).toBe('CN-2000');
  expect(regimeFor(REGISTRATION_RULES, dates('2026-01-23')).key).toBe('CN-2026');
  const bySignature = { ...REGISTRATION_RULES, regimeDate: 'signedOn' as const };
  expect(regimeFor(bySignature, dates('2026-01-23')).key).toBe('CN-2000');
  const byAcceptance = { ...REGISTRATION_RULES, regimeDate: 'acceptedOn' as const };
  expect(regimeFor(byAcceptance, dates('2026-01-22')).key).toBe('CN-2026');
});

test('the threshold holds at ¥500万, of the amount that the regime names', () => {
  expect(needsSecondReview(old, values('500000000', '1'))).toBe(true);
  expect(needsSecondReview(old, values('499999999', '499999999'))).toBe(false);
  expect(needsSecondReview(current, values('900000000', '499999999'))).toBe(false);
  expect(needsSecondReview(current, values('900000000', '500000000'))).toBe(true);
});

test('30 days under the old measures, 15 or 30 working days under the draft of the new', () => {
  const small = values('1', '1');
  const large = values('900000000', '500000000');
  expect(reviewDueOn(old, small, '2025-09-20')).toStrictEqual({
    ...{ day: '2025-10-20', provisional: false },
  });
  // National Day and Mid-Autumn 2025 took 1–8 October; 28 September and 11 October were worked.
  expect(reviewDueOn(current, small, '2025-09-20').day).toBe('2025-10-16');
  expect(reviewDueOn(current, large, '2025-09-20').day).toBe('2025-11-06');
});

test('beyond the holiday calendar the clock is provisional', () => {
  expect(reviewDueOn(current, values('1', '1'), '2040-01-02').provisional).toBe(true);
});

test('a registration number has sixteen digits, serials 1 to 999 999', () => {
  expect(registrationNumber(2026, '320501', 1)).toBe('2026320501000001');
  expect(registrationNumber(2026, '320501', 999_999)).toBe('2026320501999999');
  expect(() => registrationNumber(2026, '320501', 0)).toThrow(RangeError);
  expect(() => registrationNumber(2026, '320501', 1_000_000)).toThrow(RangeError);
  expect(() => registrationNumber(2026, '32050', 1)).toThrow(RangeError);
});

test('one point serves each district, and the first one whoever none serves', () => {
  const { points } = REGISTRATION_RULES;
  requirePoints(points);
  expect(DistrictCode.options.map((code) => pointFor(REGISTRATION_RULES, code).code)).toEqual(
    DistrictCode.options.map((code) => points.find((one) => one.districts.includes(code))?.code),
  );
  expect(pointFor(REGISTRATION_RULES, 'outside').code).toBe(points[0]?.code);
  const [first] = points;
  if (!first) throw new Error('unreachable');
  expect(() => requirePoints([first, { ...first, code: '320599' }])).toThrow('two points');
  expect(() => requirePoints([first, { ...first, districts: [] }])).toThrow('twice');
});

test('every number of every point has the form of the law: 16 digits, year and point first', () => {
  for (const { code } of REGISTRATION_RULES.points) {
    const number = registrationNumber(2026, code, 42);
    expect(RegistrationNumber.parse(number)).toBe(`2026${code}000042`);
  }
});
