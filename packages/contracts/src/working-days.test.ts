import { expect, test } from 'vitest';
import {
  addWorkingDays,
  countWorkingDays,
  isWorkingDay,
  WORKING_DAY_YEARS,
} from './working-days.ts';

const known = (working: boolean) => ({ working, provisional: false });
const guessed = (working: boolean) => ({ working, provisional: true });

test('the calendar covers 2004 to 2026; an upgrade that covers more must be looked at', () => {
  expect(WORKING_DAY_YEARS).toStrictEqual({ first: 2004, last: 2026 });
});

test('a weekday, a weekend, a holiday on a weekday and a made-up Sunday', () => {
  expect(isWorkingDay('2026-11-20')).toStrictEqual(known(true));
  expect(isWorkingDay('2026-11-21')).toStrictEqual(known(false));
  expect(isWorkingDay('2026-10-01')).toStrictEqual(known(false));
  expect(isWorkingDay('2026-01-04')).toStrictEqual(known(true));
});

test('the last covered day is known, the first uncovered is Monday-to-Friday, provisional', () => {
  expect(isWorkingDay('2026-12-31')).toStrictEqual(known(true));
  expect(isWorkingDay('2027-01-01')).toStrictEqual(guessed(true));
  expect(isWorkingDay('2027-01-02')).toStrictEqual(guessed(false));
  expect(isWorkingDay('2004-01-01')).toStrictEqual(known(false));
  expect(isWorkingDay('2003-12-31')).toStrictEqual(guessed(true));
});

test('fifteen working days over Mid-Autumn and National Day of 2026, with 10-10 made up', () => {
  expect(addWorkingDays('2026-09-21', 15)).toStrictEqual({ day: '2026-10-19', provisional: false });
});

test('zero working days after a Sunday is that Sunday; one is the Monday', () => {
  expect(addWorkingDays('2026-11-22', 0)).toStrictEqual({ day: '2026-11-22', provisional: false });
  expect(addWorkingDays('2026-11-22', 1)).toStrictEqual({ day: '2026-11-23', provisional: false });
});

test('a clock that runs into 2027 is provisional, one that ends on 2026-12-31 is not', () => {
  expect(addWorkingDays('2026-12-30', 1)).toStrictEqual({ day: '2026-12-31', provisional: false });
  expect(addWorkingDays('2026-12-30', 2)).toStrictEqual({ day: '2027-01-01', provisional: true });
});

test('2025 has 248 working days: 365 less 104 weekend days, 18 holidays on weekdays, plus 5', () => {
  expect(countWorkingDays('2025-01-01', '2026-01-01')).toStrictEqual({
    days: 248,
    provisional: false,
  });
});

test('an empty and a turned span hold none', () => {
  expect(countWorkingDays('2026-11-20', '2026-11-20').days).toBe(0);
  expect(countWorkingDays('2026-11-20', '2026-11-19').days).toBe(0);
  expect(countWorkingDays('2026-11-20', '2026-11-21').days).toBe(1);
});

test('counting agrees with adding, for every day of a year', () => {
  for (let i = 1; i <= 250; i++) {
    const { day } = addWorkingDays('2025-01-01', i);
    expect(countWorkingDays('2025-01-02', day).days).toBe(i - 1);
  }
});

test('counts out of range are faults', () => {
  expect(() => addWorkingDays('2026-11-20', -1)).toThrow(RangeError);
  expect(() => addWorkingDays('2026-11-20', 1.5)).toThrow(RangeError);
  expect(() => countWorkingDays('2000-01-01', '2026-01-01')).toThrow(RangeError);
});

test('the answer does not depend on the zone of the server', () => {
  const zone = process.env.TZ;
  try {
    for (const other of ['America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Shanghai']) {
      process.env.TZ = other;
      expect(countWorkingDays('2024-01-01', '2025-01-01').days).toBe(251);
      expect(countWorkingDays('2023-01-01', '2024-01-01').days).toBe(249);
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});
