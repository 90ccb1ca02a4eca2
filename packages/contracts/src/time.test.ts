import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, businessDay, daysBetween, Instant, LocalDate } from './time.ts';

describe('the business day', () => {
  it.each([
    ['2026-03-31T15:59:59.999Z', '2026-03-31'],
    ['2026-03-31T16:00:00.000Z', '2026-04-01'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    // Summer time, which the city had from 1986 to 1991.
    ['1988-06-01T14:59:59.999Z', '1988-06-01'],
    ['1988-06-01T15:00:00.000Z', '1988-06-02'],
    // The sun's own time, 8 hours, 5 minutes and 43 seconds from UTC.
    ['1900-06-01T15:54:16.999Z', '1900-06-01'],
    ['1900-06-01T15:54:17.000Z', '1900-06-02'],
  ])('of %s in Shanghai is %s', (instant, day) => {
    expect(businessDay(instant)).toBe(day);
  });

  it('is that of the calendar of the zone, whichever day was asked for before', () => {
    const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
    const anyTime = fc.date({
      ...{ min: new Date('1902-01-01'), max: new Date('2099-12-31'), noInvalidDate: true },
    });
    const oneHour = fc.integer({ min: -3_600_000, max: 3_600_000 });
    fc.assert(
      fc.property(anyTime, fc.array(oneHour, { maxLength: 5 }), (date, offsets) => {
        for (const offset of [0, ...offsets]) {
          const at = new Date(date.getTime() + offset);
          expect(businessDay(at.toISOString())).toBe(calendar.format(at));
        }
      }),
    );
  });

  it.each(['2026-03-31T16:60:00.000Z', '2026-03-31T25:00:00.000Z', '2026-02-30T16:00:00.000Z'])(
    'of %s is a fault of the caller, also within an hour that was asked for',
    (instant) => {
      businessDay('2026-03-31T16:00:00.000Z');
      expect(() => businessDay(instant)).toThrow(RangeError);
    },
  );
});

describe('a calendar day', () => {
  it.each(['2024-02-29', '2026-12-31', '0001-01-01'])('%s exists', (day) => {
    expect(LocalDate.safeParse(day).success).toBe(true);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-4-1',
    '2026-04-31',
    '2026-04-01T00:00:00Z',
    '0000-01-01',
  ])('%s is refused', (day) => {
    expect(LocalDate.safeParse(day).success).toBe(false);
  });

  it('moves over month and year ends', () => {
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(addMonths('2025-11', 3)).toBe('2026-02');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2026-01-02', '2026-01-01')).toBe(-1);
  });
});

describe('an instant', () => {
  it.each(['2026-11-20T06:32:08.000Z', '2026-11-20T06:32:08.000123Z'])('%s', (text) => {
    expect(Instant.safeParse(text).success).toBe(true);
  });

  it.each(['2026-11-20T06:32:08Z', '2026-11-20T06:32:08.000+08:00', '2026-11-20'])(
    '%s is refused',
    (text) => {
      expect(Instant.safeParse(text).success).toBe(false);
    },
  );
});
