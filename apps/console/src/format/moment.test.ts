import { expect, test } from 'vitest';
import { clockTime, dayOf, monthAndYear, registrationMark } from './moment.ts';

test('times are business times, whatever the zone of the machine', () => {
  const ms = Date.parse('2026-11-20T06:32:08.000Z');
  expect(clockTime(ms)).toBe('14:32:08');
  expect(dayOf(ms)).toBe('2026-11-20');
});

test('the business day changes at 16:00 UTC', () => {
  expect(dayOf(Date.parse('2026-11-20T15:59:59.999Z'))).toBe('2026-11-20');
  expect(dayOf(Date.parse('2026-11-20T16:00:00.000Z'))).toBe('2026-11-21');
  expect(clockTime(Date.parse('2026-11-20T16:00:00.000Z'))).toBe('00:00:00');
});

test('a registration of today shows its time, one of yesterday its day', () => {
  const now = Date.parse('2026-11-20T16:30:00.000Z');
  const today = { registeredOn: '2026-11-21', recordedAt: '2026-11-20T16:00:00.000Z' };
  expect(registrationMark(today, now)).toStrictEqual({
    text: '00:00',
    dateTime: '2026-11-20T16:00:00.000Z',
  });
  const yesterday = { registeredOn: '2026-11-20', recordedAt: '2026-11-20T15:59:59.999Z' };
  expect(registrationMark(yesterday, now)).toStrictEqual({
    text: '11-20',
    dateTime: '2026-11-20',
  });
});

test('an old registration recorded today shows its own day', () => {
  const now = Date.parse('2026-11-20T16:30:00.000Z');
  const line = { registeredOn: '2026-11-20', recordedAt: '2026-11-20T16:00:00.000Z' };
  expect(registrationMark(line, now).text).toBe('11-20');
});

test('a month has its name in both languages', () => {
  expect(monthAndYear('2026-01', 'zh')).toBe('2026年1月');
  expect(monthAndYear('2026-01', 'en')).toBe('Jan 2026');
});
