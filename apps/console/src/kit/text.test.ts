import { expect, test } from 'vitest';
import { fenOfText, groupedNumber, textOfFen } from './text.ts';

test('a registration number is read in groups of four', () => {
  expect(groupedNumber('2026320501000187')).toBe('2026 3205 0100 0187');
});

test.each([
  ['1', 'yuan', 100n],
  ['402,500.00', 'yuan', 40_250_000n],
  ['0.01', 'yuan', 1n],
  ['12.5', 'wan', 12_500_000n],
  ['0.000001', 'wan', 1n],
  ['１', 'yuan', null],
  ['0.001', 'yuan', null],
  ['0.0000001', 'wan', null],
  ['-1', 'yuan', null],
  ['', 'yuan', null],
] as const)('%s %s is exactly %s fen', (text, unit, fen) => {
  expect(fenOfText(text, unit)).toBe(fen);
});

test('what was typed comes back', () => {
  for (const text of ['1', '12.5', '0.000001', '500']) {
    expect(textOfFen(fenOfText(text, 'wan') ?? -1n, 'wan')).toBe(text);
  }
  expect(textOfFen(40_250_001n, 'yuan')).toBe('402500.01');
});
