import { z } from '@hono/zod-openapi';
import { Temporal } from 'temporal-polyfill';

/** The business day of the market is the day in this zone, whatever the server's own zone is. */
export const BUSINESS_ZONE = 'Asia/Shanghai';

/** There was no year 0: PostgreSQL knows none, where a calendar of astronomers would. */
const isRealDate = (text: string): boolean => {
  if (text.startsWith('0000')) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
};

/** A calendar day, `YYYY-MM-DD`. Not an instant: it has no zone. */
export const LocalDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'date-form')
  .refine(isRealDate, 'date-not-real')
  .openapi('LocalDate', { example: '2026-11-20' });
export type LocalDate = string;

/** A calendar month, `YYYY-MM`. */
export const LocalMonth = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'month-form')
  .openapi('LocalMonth', { example: '2026-10' });
export type LocalMonth = string;

/** An instant, ISO 8601 in UTC with milliseconds. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3,6}Z$/, 'instant-form')
  .openapi('Instant', { example: '2026-11-20T06:32:08.000Z' });
export type Instant = string;

/** Where the time comes from: an argument, so that tests and replays own it. */
export type Clock = () => Instant;

export const systemClock: Clock = () => new Date().toISOString();

const dayIn = (instant: Instant): LocalDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(BUSINESS_ZONE).toPlainDate().toString();

const WITHIN_HOUR = /^(\d{4}-\d{2}-\d{2}T\d{2}):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** Before 1901 the city kept the time of its own sun, which is no whole hours from UTC. */
const isSinceZoneTime = (hour: string): boolean => hour >= '1901-01-02';
let lastHour = { hour: '', day: '' };

/**
 * The business day (Asia/Shanghai) in which an instant falls. The zone is whole hours from UTC, so
 * that one hour of UTC lies in one day: most questions are of the same hour as the one before.
 */
export const businessDay = (instant: Instant): LocalDate => {
  const hour = WITHIN_HOUR.exec(instant)?.[1];
  if (hour === undefined || !isSinceZoneTime(hour)) return dayIn(instant);
  if (hour !== lastHour.hour) lastHour = { hour, day: dayIn(instant) };
  return lastHour.day;
};

/** The instant at which a business day begins. */
export const startOfDay = (day: LocalDate): Instant =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime(BUSINESS_ZONE)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });

export const monthOf = (day: LocalDate): LocalMonth => day.slice(0, 7);

export const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));

export const addDays = (day: LocalDate, days: number): LocalDate =>
  Temporal.PlainDate.from(day).add({ days }).toString();

export const addMonths = (month: LocalMonth, months: number): LocalMonth =>
  Temporal.PlainYearMonth.from(month).add({ months }).toString();

/** Whole days from one day to another; negative when `to` lies before `from`. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
