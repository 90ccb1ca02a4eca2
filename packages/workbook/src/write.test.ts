import { expect, test } from 'vitest';
import { csvLine, csvText, type OutCell, withoutApostrophe } from './csv-text.ts';
import { readSpreadsheet } from './read.ts';
import { cellAddress, readAddress, SAFE_LIMITS } from './sheet.ts';
import { type OutSheet, xlsxBytes } from './xlsx-write.ts';

const bytesOf = async (sheets: readonly OutSheet[]): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of xlsxBytes(sheets)) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const textsOf = async (bytes: Uint8Array) =>
  (await readSpreadsheet(bytes, SAFE_LIMITS)).rows.map((row) =>
    row.cells.map((cell) => cell && [cell.kind, cell.text]),
  );

/** Sixty-four beginnings that some spreadsheet program has taken for a formula. */
const STARTS = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
const TAILS = ['1+1', 'cmd|x', 'SUM(A1)', '"a"', '甲', '2-3'];
const PREFIXES = STARTS.flatMap((start) => TAILS.map((tail) => start + tail)).concat([
  '=',
  '+',
  '-',
  '@',
]);

test('a text that looks like a formula is a text in a CSV, and comes back as it was', async () => {
  expect(PREFIXES).toHaveLength(64);
  for (const text of PREFIXES) {
    const line = csvLine([text]);
    expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
    const [, row] = await textsOf(
      Buffer.from(
        csvText([
          ['列', '二'],
          [text, 'x'],
        ]),
      ),
    );
    expect(row?.[0]).toStrictEqual(['text', text]);
  }
});

test('a text that looks like a formula is a text in a workbook', async () => {
  const usual = PREFIXES.filter((text) => !text.includes('\r'));
  const read = await textsOf(
    await bytesOf([{ name: '表', rows: usual.map((text) => ({ cells: [text] })) }]),
  );
  expect(read.map(([cell]) => cell)).toStrictEqual(usual.map((text) => ['text', text]));
});

test('a number of ours stays a number, a negative one too', async () => {
  const cells: OutCell[] = [{ number: '-12.50' }, { number: '3' }, '-5', null];
  expect(csvLine(cells)).toBe("-12.50,3,'-5,\r\n");
  expect(await textsOf(await bytesOf([{ name: '表', rows: [{ cells }] }]))).toStrictEqual([
    [
      ['number', '-12.50'],
      ['number', '3'],
      ['text', '-5'],
    ],
  ]);
});

test('quotes, commas, line ends and outer blanks survive a CSV', async () => {
  const row = ['a"b', 'c,d', '两\n行', ' e ', "'f", "'=g"];
  const [, read] = await textsOf(Buffer.from(csvText([['1', '2', '3', '4', '5', '6'], row])));
  expect(read?.map((cell) => cell?.[1])).toStrictEqual([...row.slice(0, 5), '=g']);
  expect(withoutApostrophe("'f")).toBe("'f");
});

test('a workbook keeps row numbers, tabs, and leaves out what XML cannot hold', async () => {
  const bytes = await bytesOf([
    { name: 'a/b:c', rows: [{ number: 3, cells: ['<&>"\u0001\u0008', null, '丙'] }] },
    { name: '代码', rows: [{ cells: ['x'] }] },
  ]);
  const sheet = await readSpreadsheet(bytes, SAFE_LIMITS);
  expect(sheet.name).toBe('a b c');
  expect(sheet.otherSheets).toStrictEqual(['代码']);
  expect(sheet.rows).toStrictEqual([
    { number: 3, cells: [{ kind: 'text', text: '<&>"' }, null, { kind: 'text', text: '丙' }] },
  ]);
});

test('an address names a row and a column, and back', () => {
  const pairs = [
    [1, 1, 'A1'],
    [18, 6, 'F18'],
    [9, 26, 'Z9'],
    [9, 27, 'AA9'],
    [1_048_576, 16_384, 'XFD1048576'],
  ] as const;
  for (const [row, column, address] of pairs) {
    expect(cellAddress(row, column)).toBe(address);
    expect(readAddress(address)).toStrictEqual({ row, column });
  }
  expect(readAddress('18F')).toBeUndefined();
});
