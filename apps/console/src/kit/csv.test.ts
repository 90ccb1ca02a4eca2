import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('cells are quoted when they must be, and begin with the mark for UTF-8', () => {
  expect(csvOf([['a', 'b,c', 'd"e']])).toBe('\uFEFFa,"b,c","d""e"\r\n');
});

test.each(['=1+1', '+cmd', '@x', '\tx', '-x'])(
  '%s is text in a spreadsheet, never a formula',
  (text) => {
    expect(csvOf([[text]])).toContain(`'${text}`);
  },
);

test('a negative number stays a number', () => {
  expect(csvOf([['-1,200.50']])).toContain('-1,200.50');
  expect(csvOf([['-1,200.50']])).not.toContain("'");
});
