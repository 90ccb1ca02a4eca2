import type { Contributions } from '@jishi/contracts/ledger/index-family';
import { expect, test } from 'vitest';
import { sampleContributions } from '../testing/sample-contributions.ts';
import { basisPoints, printedOf, signed, unitsAt } from './printed.ts';
import { waterfallOf } from './waterfall-data.ts';

const byComponent = sampleContributions('component');

const withPoints = (points: readonly string[]): Contributions => ({
  ...byComponent,
  lines: byComponent.lines.map((line, i) => ({ ...line, points: points[i] ?? '0.00' })),
});

test('bars begin where the one before ends and lead from the first value to the second', () => {
  const { steps, startPercent, endPercent } = waterfallOf(byComponent);
  expect(steps.map(({ code }) => code)).toStrictEqual(['S', 'A', 'B', 'C', 'P']);
  expect(steps[0]?.leftPercent).toBe(startPercent);
  steps.slice(1).forEach((step, i) => {
    const before = steps[i];
    const end = (before?.leftPercent ?? 0) + (before?.direction === 'up' ? before.widthPercent : 0);
    const begin = step.leftPercent + (step.direction === 'down' ? step.widthPercent : 0);
    expect(begin).toBeCloseTo(end, 1);
  });
  const last = steps.at(-1);
  expect((last?.leftPercent ?? 0) + (last?.widthPercent ?? 0)).toBeCloseTo(endPercent, 1);
});

test.each(['component', 'district', 'field', 'industry'])(
  'by %s the printed points add up to the printed change',
  (by) => {
    const { addsUp, sum } = waterfallOf(sampleContributions(by));
    expect([addsUp, sum]).toStrictEqual([true, '+13.36']);
  },
);

test('one unit in the last place too few or too many is told, not hidden', () => {
  expect(waterfallOf(withPoints(['6.02', '4.55', '1.87', '-0.31', '1.22'])).addsUp).toBe(false);
  expect(waterfallOf(withPoints(['6.02', '4.55', '1.87', '-0.31', '1.24'])).addsUp).toBe(false);
  expect(waterfallOf(withPoints(['6.02', '4.55', '1.87', '-0.31', '1.23'])).addsUp).toBe(true);
});

test('parts come from most up to most down; what is no part of the partition comes last', () => {
  const codes = waterfallOf(sampleContributions('field')).steps.map(({ code }) => code);
  expect(codes).toStrictEqual([
    ...['field:electronics', 'field:manufacturing', 'field:biomedicine', 'field:materials'],
    ...['field:urban', 'field:energy'],
    ...['(listings)', '(others)'],
  ]);
});

test('a part that moved nothing is flat and says 0.00, without a sign', () => {
  const [step] = waterfallOf(withPoints(['0.00', '4.55', '1.87', '-0.31', '1.23'])).steps;
  expect([step?.direction, step?.points, step?.widthPercent]).toStrictEqual(['flat', '0.00', 0]);
});

test('no change at all is drawn without dividing by zero', () => {
  const still = waterfallOf({
    ...withPoints([]),
    to: { period: '2026-10', value: '1107.51' },
    sum: { ...byComponent.sum, points: '0.00' },
  });
  expect([still.addsUp, still.sum, still.startPercent]).toStrictEqual([true, '0.00', 50]);
});

test('printed digits of different lengths are added exactly', () => {
  expect(unitsAt(printedOf('-0.5'), 2)).toBe(-50n);
  expect(signed(-5n, 2)).toBe('−0.05');
  expect(signed(1_336n, 2)).toBe('+13.36');
  expect(signed(7n, 0)).toBe('+7');
  expect(() => printedOf('NaN')).toThrow('no decimal');
});

test('basis points between printed values are cut towards zero', () => {
  expect(basisPoints('1107.51', '1120.87')).toBe(120);
  expect(basisPoints('1120.87', '1107.51')).toBe(-119);
  expect(basisPoints('0.00', '5.00')).toBeNull();
});
