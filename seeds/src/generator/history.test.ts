import { EVENT_DATA, EVENT_PRIVATE, PrivatePart } from '@jishi/contracts/ledger/events';
import { usccIsValid } from '@jishi/contracts/uscc';
import { isWorkingDay } from '@jishi/contracts/working-days';
import type { BulkEvent } from '@jishi/ledger/store/log/bulk';
import { beforeAll, expect, test } from 'vitest';
import { firstDay, registrationDays } from './calendar.ts';
import { historyName, type Plan, planOf, playHistory } from './history.ts';

const plan: Plan = { seed: 'test', months: 24, contracts: 2_000, until: '2026-11-20' };
let events: BulkEvent[] = [];

const readRegistered = () =>
  events
    .filter((event) => event.type === 'ContractRegistered')
    .map((event) => ({
      data: EVENT_DATA.ContractRegistered.parse(JSON.parse(event.data)),
      private: EVENT_PRIVATE.ContractRegistered.parse(
        PrivatePart.parse(JSON.parse(event.private?.body ?? '')).facts,
      ),
    }));
let all: ReturnType<typeof readRegistered> = [];

beforeAll(() => {
  events = [...playHistory(plan, new Map())];
  all = readRegistered();
});

test('the same plan gives the same bytes, another seed others', () => {
  const few = { ...plan, contracts: 60 };
  const once = [...playHistory(few, new Map())];
  expect([...playHistory(few, new Map())]).toStrictEqual(once);
  expect([...playHistory({ ...few, seed: 'other' }, new Map())]).not.toStrictEqual(once);
});

test('a history is found again by its name', () => {
  expect(planOf(historyName(plan))).toStrictEqual(plan);
});

test('exactly the asked number is registered, on working days inside the span', () => {
  const days = all.map(({ data }) => data.registeredOn);
  expect(days).toHaveLength(2_000);
  expect(days.every((day) => day >= '2024-12-01' && day <= '2026-11-20')).toBe(true);
  expect(days.filter((day) => !isWorkingDay(day).working)).toEqual([]);
});

test('time goes forward, versions follow, and nothing lies beyond the last day', () => {
  const versions = new Map<string, number>();
  let before = '';
  for (const { recordedAt, stream, version } of events) {
    expect(recordedAt !== null && recordedAt >= before).toBe(true);
    expect(version).toBe((versions.get(stream) ?? 0) + 1);
    versions.set(stream, version);
    before = recordedAt ?? '';
  }
  expect(before < '2026-11-20T16:00:00.000Z').toBe(true);
});

test('what may exist once exists once, and every credit code is valid', () => {
  const keys = events.flatMap((event) =>
    event.claims
      .filter(() => event.version === 1 || event.type !== 'ContractSubmitted')
      .map(({ kind, key }) => `${kind} ${key}`),
  );
  expect(new Set(keys).size).toBe(keys.length);
  for (const { private: hidden } of all) {
    const key = hidden.seller.key;
    if (key.kind === 'domestic') expect(usccIsValid(key.uscc)).toBe(true);
  }
});

test('shares and sizes come out near the calibration', () => {
  const share = (is: (contract: (typeof all)[number]) => boolean): number =>
    all.filter(is).length / all.length;
  const fen = (list: typeof all): number =>
    list.reduce((sum, { private: p }) => sum + Number(p.contractValueFen), 0);
  expect(share(({ data }) => data.contractType === 'development')).toBeCloseTo(0.466, 1);
  expect(share(({ private: p }) => p.seller.nature === 'university')).toBeCloseTo(0.17, 1);
  const university = all.filter(({ private: p }) => p.seller.nature === 'university');
  expect(fen(university) / fen(all)).toBeLessThan(0.09);
  const meanYuan = fen(all) / all.length / 100;
  expect(meanYuan).toBeGreaterThan(4_500_000);
  expect(meanYuan).toBeLessThan(7_000_000);
  const technology = all.reduce((sum, { private: p }) => sum + Number(p.technologyValueFen), 0);
  expect(technology / fen(all)).toBeCloseTo(0.8, 1);
  const sorted = all.map(({ private: p }) => Number(p.contractValueFen)).sort((a, b) => a - b);
  expect((sorted[1_000] ?? 0) / 100).toBeLessThan(meanYuan / 2);
});

test('Spring Festival dips, December rushes, and the next year grows', () => {
  const count = (prefix: string): number =>
    all.filter(({ data }) => data.registeredOn.startsWith(prefix)).length;
  expect(count('2026-02')).toBeLessThan(count('2026-03') / 2);
  expect(count('2025-12')).toBeGreaterThan(count('2025-11') * 1.4);
  const upToNovember = (year: number): number =>
    all.filter(
      ({ data: { registeredOn } }) =>
        registeredOn >= `${year}-01-01` && registeredOn <= `${year}-11-20`,
    ).length;
  expect(upToNovember(2026)).toBeGreaterThan(upToNovember(2025));
});

test('the span of a history: whole calendar months, the last up to its last day', () => {
  expect(firstDay('2026-11-20', 24)).toBe('2024-12-01');
  expect(firstDay('2026-03-31', 1)).toBe('2026-03-01');
  expect(firstDay('2026-01-01', 2)).toBe('2025-12-01');
  const days = registrationDays('2026-11-09', '2026-11-20', 10, 3);
  expect(days.filter((day) => day <= '2026-11-20')).toHaveLength(10);
  expect(days.some((day) => day > '2026-11-20')).toBe(true);
});
