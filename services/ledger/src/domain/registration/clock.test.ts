import { addDays } from '@jishi/contracts/time';
import { WORKING_DAY_YEARS } from '@jishi/contracts/working-days';
import { expect, test } from 'vitest';
import { type ClockFacts, queueDayOf, reviewClock } from './clock.ts';
import { REGISTRATION_RULES } from './regimes.ts';

/** The legal clock. 2026-11-20 is a Friday; 2025-09-30 the last day before a holiday of eight. */

const BELOW = { contractValueFen: '600000000', technologyValueFen: '499999999' };
const AT = { contractValueFen: '600000000', technologyValueFen: '500000000' };

const facts = (changes: Partial<ClockFacts> = {}): ClockFacts => ({
  ...{ status: 'accepted', signedOn: '2026-11-18', submittedOn: '2026-11-19' },
  ...{ acceptedOn: '2026-11-20', acceptedBefore: false, regime: 'CN-2026' },
  ...{ values: BELOW, decidedOn: null },
  ...changes,
});
const clockOn = (today: string, changes: Partial<ClockFacts> = {}) =>
  reviewClock(REGISTRATION_RULES, facts(changes), today);

test('2026: fifteen working days after acceptance, thirty at or over the threshold', () => {
  expect(clockOn('2026-11-20')).toMatchObject({
    ...{ amountClass: 'ordinary', days: 15, unit: 'working-days', status: 'DRAFT' },
    ...{ startedOn: '2026-11-20', dueOn: '2026-12-11', workingDaysLeft: 15, overdue: false },
  });
  expect(clockOn('2026-11-20', { values: AT })).toMatchObject({
    ...{ amountClass: 'large', days: 30, workingDaysLeft: 30 },
  });
});

test('on the due day nothing is left and nothing is overdue; the next working day it is', () => {
  expect(clockOn('2026-12-10')).toMatchObject({ workingDaysLeft: 1, overdue: false });
  expect(clockOn('2026-12-11')).toMatchObject({
    ...{ workingDaysLeft: 0, overdue: false, overdueWorkingDays: 0 },
  });
  expect(clockOn('2026-12-12')).toMatchObject({ overdue: true, overdueWorkingDays: 0 });
  expect(clockOn('2026-12-14')).toMatchObject({
    ...{ workingDaysLeft: 0, overdue: true, overdueWorkingDays: 1 },
  });
});

test('holidays do not count, and the working Sunday before them does', () => {
  // 2025-10-01 to 2025-10-08 are off, and Saturday 2025-10-11 is worked.
  expect(clockOn('2025-09-30', { acceptedOn: '2025-09-30' })?.dueOn).toBe('2025-10-28');
});

test('2000: thirty calendar days, whatever the amount', () => {
  const old = { acceptedOn: '2026-01-05', submittedOn: '2026-01-05', regime: 'CN-2000' };
  for (const values of [BELOW, AT]) {
    expect(clockOn('2026-01-05', { ...old, values })).toMatchObject({
      ...{ days: 30, unit: 'calendar-days', status: 'OFFICIAL', dueOn: '2026-02-04' },
    });
  }
});

test('no clock before acceptance, and none while the parties have it', () => {
  expect(clockOn('2026-11-20', { status: 'submitted', acceptedOn: null, regime: null })).toBeNull();
  expect(clockOn('2026-11-20', { status: 'returned', acceptedOn: null, regime: null })).toBeNull();
});

test('a supplement: by the draft of 2026 it counts from its arrival, before 2026 from acceptance', () => {
  const back = { acceptedBefore: true, submittedOn: '2026-11-23' };
  const arrived = { ...back, status: 'submitted', acceptedOn: null, regime: null } as const;
  expect(clockOn('2026-11-23', arrived)?.startedOn).toBe('2026-11-23');
  const accepted = { ...back, acceptedOn: '2026-11-25' };
  expect(clockOn('2026-11-25', accepted)?.startedOn).toBe('2026-11-23');
  const old = { ...accepted, submittedOn: '2026-01-07', regime: 'CN-2000' };
  expect(clockOn('2026-01-12', { ...old, acceptedOn: '2026-01-12' })?.startedOn).toBe('2026-01-12');
  const never = { ...arrived, acceptedBefore: false };
  expect(clockOn('2026-11-23', never)).toBeNull();
});

test('a decided case keeps how late it was, and has nothing left', () => {
  const decided = { status: 'registered', decidedOn: '2026-12-15' } as const;
  expect(clockOn('2027-01-20', decided)).toMatchObject({
    ...{ workingDaysLeft: null, overdue: true, overdueWorkingDays: 2, decidedOn: '2026-12-15' },
  });
  expect(clockOn('2027-01-20', { ...decided, decidedOn: '2026-12-11' })?.overdue).toBe(false);
});

test('beyond the years of the holiday calendar the day is provisional', () => {
  const acceptedOn = `${WORKING_DAY_YEARS.last}-12-25`;
  expect(clockOn(acceptedOn, { acceptedOn })?.provisional).toBe(true);
  const early = `${WORKING_DAY_YEARS.last}-11-02`;
  expect(clockOn(early, { acceptedOn: early })?.provisional).toBe(false);
});

test('the queue is sorted by the due day, before acceptance by what it would be', () => {
  const waiting = { status: 'submitted', acceptedOn: null, regime: null } as const;
  expect(queueDayOf(REGISTRATION_RULES, facts())).toBe('2026-12-11');
  expect(queueDayOf(REGISTRATION_RULES, facts(waiting))).toBe('2026-12-10');
  const later = facts({ ...waiting, submittedOn: addDays('2026-11-19', 7) });
  expect(queueDayOf(REGISTRATION_RULES, later) > '2026-12-10').toBe(true);
});
