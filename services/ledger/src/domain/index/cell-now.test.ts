import { expect, it } from 'vitest';
import file from '../../../parameters/index-family-1.0.json' with { type: 'json' };
import { indexNow, neededMonths, pointOf, type TellLine } from './cell-now.ts';
import { readMethod } from './family/method.ts';
import type { ValueLine } from './family/value-lines.ts';

const method = readMethod(file);
const line = (series: string, period: string, value: string | null, more = {}): ValueLine => ({
  ...{ series, windowMonths: 1, period, value, reason: null, state: null, sub: null },
  ...{ chainGapPercent: null, grade: 'A', hidden: null, flags: [], provisional: false },
  ...more,
});

it('a point says why there is no value: hidden before not defined', () => {
  expect(pointOf(line('city', '2026-02', '1000.00'))).toMatchObject({
    ...{ state: 'defined', reason: null },
  });
  expect(pointOf(line('city', '2026-02', null, { hidden: 'few-sellers' }))).toMatchObject({
    ...{ state: 'hidden', reason: 'few-sellers' },
  });
  expect(pointOf(line('city', '2026-02', null, { reason: 'no-trade' }))).toMatchObject({
    ...{ state: 'not-defined', reason: 'no-trade' },
  });
  // The operator sees a value that the public would not see: it is no hidden point.
  expect(pointOf(line('city', '2026-02', '1.00', { hidden: 'dominance' })).reason).toBeNull();
});

const VALUES: Readonly<Record<string, string>> = {
  'city 2025-03': '1000.00',
  'city 2026-02': '1100.00',
  'city 2026-03': '1210.00',
  'city@12 2026-02': '1010.00',
  'city@12 2026-03': '1020.10',
  'district:sip 2026-03': '900.00',
};
const tell: TellLine = (series, period) =>
  line(series, period, VALUES[`${series} ${period}`] ?? null, {
    ...(series === 'district:sip' ? { state: '88.50', flags: ['arithmetic-reference'] } : {}),
    ...(VALUES[`${series} ${period}`] === undefined ? { reason: 'no-trade' } : {}),
  });

it('compares a month with the one before and the year before, where both are shown', () => {
  const running = line('city', '2026-04', '1300.00', { provisional: true });
  const now = indexNow(method, tell, '2026-03', running);
  expect(now.overall).toMatchObject({ monthOnMonthBp: 1000, yearOnYearBp: 2100 });
  expect(now.overall.rolling).toMatchObject({ monthOnMonthBp: 100, yearOnYearBp: null });
  expect(now.running).toMatchObject({ month: '2026-04', value: '1300.00', provisional: true });
  const sip = now.districts.find(({ cell }) => cell === 'district:sip');
  expect(sip).toMatchObject({ base: 'arithmetic', stateIndex: '88.50', monthOnMonthBp: null });
  expect([now.districts.length, now.industries.length, now.fields.length]).toEqual([10, 20, 11]);
});

it('shows at most two years, and none from before the base', () => {
  const points = (month: string) => indexNow(method, tell, month, null).overall.series;
  expect(points('2025-03').map(({ month }) => month)).toEqual(['2025-01', '2025-02', '2025-03']);
  expect(points('2026-12')).toHaveLength(24);
  expect(points('2027-01')).toHaveLength(24);
  expect(neededMonths('2025-01', '2026-03').cells).toEqual(['2026-03', '2026-02', '2025-03']);
});

it('without a month there is nothing to show, and twelve months without a value are not told', () => {
  const none = indexNow(method, tell, null, null);
  expect(none).toMatchObject({ running: null, overall: { point: null, series: [] } });
  expect(indexNow(method, tell, '2026-01', null).overall.rolling).toBeNull();
});
