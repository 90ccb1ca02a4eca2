import { expect, test } from 'vitest';
import targetFile from '../../../parameters/targets.json' with { type: 'json' };
import { RULE_IN_FORCE } from '../../testing/step-rule.ts';
import type { RegisteredContract } from '../index/registered-contract.ts';
import { EMPTY_STATE, evolve } from '../index/state.ts';
import { factAt } from '../index/testing-contracts.ts';
import { gaugeOf } from './gauge.ts';
import { readTargets, type Target, targetFor } from './targets.ts';

const parameters = RULE_IN_FORCE;
const targets = readTargets(targetFile);

const gauge = (
  contracts: readonly Partial<RegisteredContract>[],
  day: string,
  target?: Target,
  year = 2025,
) => {
  const state = contracts.reduce(
    (s, contract, i) => evolve(s, factAt(i + 1, contract), parameters),
    EMPTY_STATE,
  );
  const months = state.cells.get('city') ?? new Map();
  return gaugeOf({ months, days: state.days, stepTotals: null }, year, day, target);
};

const target = (amountFen: bigint, rule: Target['rule']): Target => ({
  scope: 'x',
  scopeNames: [],
  year: 2025,
  amountFen,
  rule,
  status: 'in-force',
  adoptedOn: null,
  source: 'test',
});
const worth = (registeredOn: string, fen: bigint): Partial<RegisteredContract> => ({
  registeredOn,
  contractValueFen: fen,
  technologyValueFen: fen / 2n,
});

test('every registered contract counts in its year: related parties and subcontracts too', () => {
  const figures = gauge(
    [
      worth('2024-12-31', 7n),
      worth('2025-01-01', 10n),
      { ...worth('2025-06-03', 20n), relatedParty: true },
      { ...worth('2025-12-31', 40n), subcontract: true },
      worth('2026-01-01', 100n),
    ],
    '2026-01-05',
  );
  expect(figures).toMatchObject({
    contractValueFen: 70n,
    technologyValueFen: 35n,
    contractCount: 3,
    allTimeContractValueFen: 177n,
  });
});

test('working days left begin with the day after; 2025 has 248 of them', () => {
  const at = (day: string, year = 2025) => {
    const { workingDaysTotal, workingDaysGone, workingDaysLeft } = gauge([], day, undefined, year);
    return [workingDaysTotal, workingDaysGone, workingDaysLeft];
  };
  expect(at('2024-12-31')).toEqual([248, 0, 248]);
  expect(at('2025-01-02')).toEqual([248, 1, 247]);
  expect(at('2025-12-30')).toEqual([248, 247, 1]);
  expect(at('2025-12-31')).toEqual([248, 248, 0]);
  expect(at('2026-03-01')).toEqual([248, 248, 0]);
});

test('required per working day is rounded up, the mean of twenty down, the projection is both', () => {
  const contracts = [worth('2025-12-30', 59n), worth('2024-12-01', 100n)];
  const figures = gauge(contracts, '2025-12-29', target(100n, 'reach'));
  expect(figures.workingDaysLeft).toBe(2);
  expect(figures.requiredPerWorkingDayFen).toBe(21n);
  const later = gauge(contracts, '2025-12-30', target(100n, 'reach'));
  expect(later.meanOfLast20WorkingDaysFen).toBe(2n);
  expect(later.projectedFen).toBe(61n);
});

test('the mean covers exactly the last twenty working days, weekends between them too', () => {
  // 2025-11-21 (Friday): twenty working days back is Monday 2025-10-27.
  const mean = (day: string): bigint =>
    gauge([worth(day, 20n)], '2025-11-21').meanOfLast20WorkingDaysFen;
  expect(mean('2025-10-26')).toBe(0n);
  expect(mean('2025-10-27')).toBe(1n);
  expect(mean('2025-11-01')).toBe(1n);
  expect(mean('2025-11-21')).toBe(1n);
  expect(mean('2025-11-22')).toBe(0n);
});

test('«exceed» needs one fen more than «reach»; the day is the first on which it holds', () => {
  const contracts = [worth('2025-03-03', 60n), worth('2025-05-06', 40n)];
  expect(gauge(contracts, '2025-06-03', target(100n, 'reach')).reachedOn).toBe('2025-05-06');
  expect(gauge(contracts, '2025-06-03', target(100n, 'exceed')).reachedOn).toBeNull();
  const more = [...contracts, worth('2025-05-30', 1n)];
  const reached = gauge(more, '2025-06-03', target(100n, 'exceed'));
  expect(reached.reachedOn).toBe('2025-05-30');
  expect(reached.requiredPerWorkingDayFen).toBeNull();
});

test('nothing is required without a target, or when no working day is left', () => {
  expect(gauge([], '2025-06-03').requiredPerWorkingDayFen).toBeNull();
  const over = gauge([], '2025-12-31', target(100n, 'reach'));
  expect(over.requiredPerWorkingDayFen).toBeNull();
});

test('targets: 1200亿 for Suzhou 2025, carried into later years, none before', () => {
  expect(targetFor(targets, '苏州', 2025)).toMatchObject({
    amountFen: 1_200n * 10_000_000_000n,
    rule: 'exceed',
  });
  expect(targetFor(targets, 'suzhou', 2026)?.year).toBe(2025);
  expect(targetFor(targets, '苏州市', 2024)).toBeUndefined();
  expect(targetFor(targets, '常州', 2025)?.amountFen).toBe(450n * 10_000_000_000n);
  expect(targetFor(targets, '无锡', 2025)).toBeUndefined();
});

test('two targets in force for one scope and year are refused', () => {
  const [first] = targetFile.targets;
  expect(() => readTargets({ targets: [first, first] })).toThrow('two in force');
});
