import type { PreviewValue } from '@jishi/contracts/ledger/publication-desk';
import { expect, test } from 'vitest';
import { sampleLine } from '../../../testing/sample-values.ts';
import { byMove, pointsMoved, summaryOf } from './preview-changes.ts';

const preview = (
  series: string,
  value: string | null,
  lastValue: string | null,
  more: Partial<PreviewValue> = {},
): PreviewValue => {
  const { period: _, provisional: __, ...line } = sampleLine(series, '2026-10', value);
  return {
    series: line.series,
    published: { ...line, asOfSeq: 9, primitives: null },
    ...{ exactValue: value, exactContracts: 9, firstValue: lastValue, lastValue },
    ...{ moves: value !== lastValue, waits: false },
    inWindow: { added: 0, amended: 0, cancelled: 0 },
    ...more,
  };
};

const VALUES = [
  preview('city', '1120.87', '1119.00'),
  preview('district:sip', '1186.37', '1190.02'),
  preview('district:gusu', null, null),
  preview('field:energy', '1076.25', '1076.25', { moves: false, waits: true }),
  preview('field:urban', '1040.25', '1040.25', { moves: false }),
];

test('a move is told in points, with its sign, in the digits that are printed', () => {
  expect(VALUES.map(pointsMoved)).toStrictEqual(['+1.87', '−3.65', null, '0.00', '0.00']);
  expect(pointsMoved(preview('city', '1120.87', null))).toBeNull();
});

test('the largest moves come first, whichever their direction', () => {
  const [first, second] = byMove(VALUES);
  expect([first?.series, second?.series]).toStrictEqual(['district:sip', 'city']);
});

test('what is hidden is counted by its reason; a value that is shown is not hidden', () => {
  expect(summaryOf({ values: VALUES })).toStrictEqual({
    ...{ moves: 2, waits: 1 },
    hidden: [['few-contracts', 1]],
  });
  const shown = preview('city', '1.00', null);
  const kept = { ...shown, published: { ...shown.published, hidden: 'waits-for-crowd' as const } };
  expect(summaryOf({ values: [kept] }).hidden).toStrictEqual([]);
});
