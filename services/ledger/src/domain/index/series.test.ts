import { expect, test } from 'vitest';
import parameterFile from '../../../parameters/index-0.1.json' with { type: 'json' };
import { readParameters } from './parameters.ts';
import type { RegisteredContract } from './registered-contract.ts';
import { isBaseComplete, monthsBetween, readCell, seriesMonths } from './series.ts';
import { EMPTY_STATE, evolve, type IndexState } from './state.ts';
import { factAt } from './testing-contracts.ts';

const parameters = readParameters(parameterFile);
let seq = 0;
const add = (state: IndexState, given: Partial<RegisteredContract>): IndexState =>
  evolve(state, factAt(++seq, given), parameters);
const addAll = (state: IndexState, many: readonly Partial<RegisteredContract>[]): IndexState =>
  many.reduce(add, state);

const months2025 = monthsBetween('2025-01', '2025-12');
/** Three contracts of three sellers and buyers a month, in electronics. */
const base = addAll(
  EMPTY_STATE,
  months2025.flatMap((month) => [1, 2, 3].map(() => ({ registeredOn: `${month}-10` }))),
);
const at = (state: IndexState, recordedAt: string): IndexState => ({ ...state, recordedAt });

test('the base is complete on the first day after its year, by the business day', () => {
  expect(isBaseComplete(parameters, '2025-12-31')).toBe(false);
  expect(isBaseComplete(parameters, '2026-01-01')).toBe(true);
  // 16:00 in UTC is midnight in the city.
  const point = (recordedAt: string) =>
    readCell(at(base, recordedAt), 'city', 'exact', parameters).point('2025-03');
  expect(point('2025-12-31T15:59:59.999Z')).toMatchObject({ reason: 'base-incomplete' });
  expect(point('2025-12-31T16:00:00.000Z')).toMatchObject({ state: 'defined', value: '1000.00' });
});

test('reasons: no base before no trade; arithmetic is flagged', () => {
  const state = at(
    addAll(base, [
      { registeredOn: '2025-06-10', fieldCode: 'nuclear' },
      { registeredOn: '2026-01-10', fieldCode: 'energy' },
    ]),
    '2026-02-02T01:00:00.000Z',
  );
  const read = (cell: 'field:nuclear' | 'field:energy' | 'city') =>
    readCell(state, cell, 'exact', parameters);
  expect(read('field:energy').point('2026-01')).toMatchObject({ reason: 'no-base', value: null });
  expect(read('field:nuclear').base?.mean).toBe('arithmetic');
  expect(read('field:nuclear').point('2026-01')).toMatchObject({ reason: 'no-trade', value: null });
  expect(read('field:nuclear').point('2025-06')).toMatchObject({ value: '12000.00' });
  expect(read('city').base?.mean).toBe('geometric');
});

test('hidden from the public below three contracts, three sellers or three buyers', () => {
  const january = (given: readonly Partial<RegisteredContract>[]) => {
    const state = addAll(
      base,
      given.map((one) => ({ registeredOn: '2026-01-12', ...one })),
    );
    const now = at(state, '2026-02-02T01:00:00.000Z');
    return readCell(now, 'field:electronics', 'public', parameters).point('2026-01').state;
  };
  expect(january([{}, {}])).toBe('hidden');
  expect(january([{}, {}, {}])).toBe('defined');
  expect(january([{ sellerId: 'a' }, { sellerId: 'a' }, {}])).toBe('hidden');
  expect(january([{ buyerId: 'a' }, {}, { buyerId: 'a' }])).toBe('hidden');
  expect(january([])).toBe('not-defined');
  const related = { relatedParty: true };
  expect(january([{}, {}, related])).toBe('hidden');
});

test('the running month is provisional; the public sees it for the city alone', () => {
  const state = at(addAll(base, [{ registeredOn: '2026-01-12' }]), '2026-01-12T05:00:00.000Z');
  const city = readCell(state, 'city', 'exact', parameters);
  expect(city.point('2026-01').provisional).toBe(true);
  expect(city.point('2025-12').provisional).toBe(false);
  const last = (cell: 'city' | 'field:electronics', view: 'exact' | 'public') =>
    seriesMonths(state, cell, view, {}).at(-1);
  expect(last('city', 'public')).toBe('2026-01');
  expect(last('field:electronics', 'public')).toBe('2025-12');
  expect(last('field:electronics', 'exact')).toBe('2026-01');
});

test('a span is cut to what there is', () => {
  const state = at(base, '2026-01-12T05:00:00.000Z');
  const span = (from?: string, to?: string) => seriesMonths(state, 'city', 'exact', { from, to });
  expect(span()).toEqual([...months2025, '2026-01']);
  expect(span('2025-11', '2025-12')).toEqual(['2025-11', '2025-12']);
  expect(span('2020-01', '2025-01')).toEqual(['2025-01']);
  expect(span('2026-02', '2026-01')).toEqual([]);
  expect(seriesMonths(EMPTY_STATE, 'city', 'exact', {})).toEqual([]);
});

test('what is remembered of a cell follows the cell', () => {
  const now = at(addAll(base, [{ registeredOn: '2026-01-12' }]), '2026-01-13T05:00:00.000Z');
  const value = (state: IndexState) =>
    readCell(state, 'city', 'exact', parameters).point('2026-01').value;
  expect(value(now)).toBe('333.33');
  expect(value(add(now, { registeredOn: '2026-01-13' }))).toBe('666.67');
  expect(value(now)).toBe('333.33');
});

test('related parties and subcontracts count for the gauge, not for the index', () => {
  const given = { registeredOn: '2026-01-12' };
  const without = at(addAll(base, [given]), '2026-02-02T05:00:00.000Z');
  const also = addAll(without, [
    { ...given, relatedParty: true },
    { ...given, subcontract: true },
  ]);
  const value = (state: IndexState) =>
    readCell(state, 'city', 'exact', parameters).hundredths('2026-01');
  expect(value(also)).toBe(value(without));
  expect(also.cells.get('city')?.get('2026-01')?.contracts).toBe(3);
});
