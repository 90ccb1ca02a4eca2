import { expect, it } from 'vitest';
import file from '../../../parameters/release-calendar.json' with { type: 'json' };
import { ReleaseRules, releaseCalendar } from './release-calendar.ts';

const rules = ReleaseRules.parse(file);
const FIRST = 15;
const of = (period: string, vintages: Parameters<typeof releaseCalendar>[3] = []) =>
  releaseCalendar(Number(period.slice(0, 4)), rules, FIRST, vintages).filter(
    (item) => item.period === period,
  );
const mark = (publishedAt: string, vintage: number) => ({
  ...{ vintage, revision: vintage === 1 ? null : ('R1' as const), publishedAt, headSeq: vintage },
});

it('counts working days after the last day of the month, over holidays', () => {
  // 2025-03-31 is a Monday; the Qingming holiday of 4 to 6 April takes one working day out.
  expect(of('2025-03').map(({ release, dueOn }) => [release, dueOn])).toStrictEqual([
    ['flash', '2025-04-08'],
    ['first', '2025-04-22'],
    ['second', '2025-07-22'],
  ]);
});

it('closes the year once, and says which days no text gives', () => {
  const december = of('2025-12');
  expect(december.map(({ release }) => release)).toStrictEqual([
    ...['flash', 'first', 'second', 'annual-close'],
  ]);
  expect(december.map(({ isAssumed }) => isAssumed)).toStrictEqual([false, false, true, true]);
  expect(december.at(-1)?.dueOn).toBe('2026-06-30');
  expect(releaseCalendar(2025, rules, FIRST, [])).toHaveLength(12 * 3 + 1);
});

it('beyond the years of the holiday calendar the days are provisional', () => {
  expect(of('2025-03').every(({ dueProvisional }) => !dueProvisional)).toBe(true);
  expect(of('2090-03').every(({ dueProvisional }) => dueProvisional)).toBe(true);
});

it('a release is met by the first publication since the one before it was due', () => {
  const metBy = (...days: string[]) => {
    const vintages = days.map((day, i) => ({
      ...{ period: '2025-03', mark: mark(`${day}T02:00:00.000Z`, i + 1) },
    }));
    return of('2025-03', vintages).map(({ published }) => published?.vintage ?? null);
  };
  expect(metBy()).toStrictEqual([null, null, null]);
  expect(metBy('2025-04-08')).toStrictEqual([1, null, null]);
  expect(metBy('2025-04-09')).toStrictEqual([1, 1, null]);
  expect(metBy('2025-04-07', '2025-04-22')).toStrictEqual([1, 2, null]);
  expect(metBy('2025-04-07', '2025-04-23')).toStrictEqual([1, 2, 2]);
  expect(metBy('2025-04-07', '2025-04-22', '2025-07-01')).toStrictEqual([1, 2, 3]);
  // A month that is published late for the first time has not been looked at once more.
  expect(metBy('2025-08-01')).toStrictEqual([1, 1, null]);
  expect(metBy('2025-08-01', '2025-09-01')).toStrictEqual([1, 1, 2]);
});
