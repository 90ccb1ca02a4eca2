import { describe, expect, test } from 'vitest';
import { readSpreadsheet } from './read.ts';
import { createReader } from './reader.ts';
import { columnName, SAFE_LIMITS, Unreadable } from './sheet.ts';
import { rawWorkbook } from './testing/workbooks.ts';

const codeOf = async (reading: Promise<unknown>): Promise<string> => {
  try {
    await reading;
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
  return 'read';
};
const read = (bytes: Uint8Array, limits = SAFE_LIMITS) => codeOf(readSpreadsheet(bytes, limits));
const shared = (refs: readonly string[]) =>
  `<row r="1">${refs.map((ref) => `<c r="${ref}" t="s"><v>0</v></c>`).join('')}</row>`;

describe('the text of a sheet', () => {
  const loose = { ...SAFE_LIMITS, ratioMax: 10_000 };
  test.each([
    [32_767, 'read'],
    [32_768, 'unpacks-too-large'],
  ])('a cell of %i characters: %s, in each form', async (length, code) => {
    const text = 'a'.repeat(length);
    const inline = `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`;
    const formula = `<row r="1"><c r="A1" t="str"><f>A2</f><v>${text}</v></c></row>`;
    for (const rows of [inline, formula])
      expect(await read(rawWorkbook({ rows }), loose)).toBe(code);
    expect(await read(rawWorkbook({ rows: shared(['A1']), strings: [text] }), loose)).toBe(code);
    expect(await read(Buffer.from(`名称,数\n${text},1\n`))).toBe(code);
  });

  test.each([
    [100, 'read'],
    [99, 'unpacks-too-large'],
  ])('a shared text counts in each cell, a sheet of at most %i: %s', async (textMax, code) => {
    const rows = shared(Array.from({ length: 20 }, (_, i) => `${columnName(i + 1)}1`));
    const limits = { ...loose, textMax };
    expect(await read(rawWorkbook({ rows, strings: ['四五六七八'] }), limits)).toBe(code);
    const line = Array.from({ length: 20 }, () => '四五六七八').join(',');
    expect(await read(Buffer.from(`${line}\n`), limits)).toBe(code);
  });

  test('one text in every cell ends in the thread, long before it is gigabytes', async () => {
    const line = (r: number) =>
      Array.from({ length: 100 }, (_, i) => `<c r="${columnName(i + 1)}${r}" t="s"><v>0</v></c>`);
    const rows = Array.from({ length: 5_050 }, (_, i) => `<row>${line(i + 1).join('')}</row>`);
    const bytes = rawWorkbook({ rows: rows.join(''), strings: ['某'.repeat(8_000)] });
    const before = process.memoryUsage().rss;
    await expect(createReader({ limits: loose })(bytes, '甲')).rejects.toThrow('the cells');
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  }, 30_000);
});

describe('merged areas', () => {
  const merged = (refs: readonly string[], text = '甲') =>
    rawWorkbook({
      rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`,
      after: `<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`,
    });

  test.each([
    ['beside each other', ['A1:B2', 'C1:D2', 'A3:B3'], 'read'],
    ['over one cell', ['A1:B2', 'B2:C3'], 'too-many-merges'],
    ['over one cell, from the other corner', ['A1:B2', 'C3:B2'], 'too-many-merges'],
    ['twice the same', ['A1:B2', 'A1:B2'], 'too-many-merges'],
    ['over 200,000 cells', ['A1:CV1999', 'A2000:CV2000'], 'read'],
    ['over 200,001 cells', ['A1:CV1999', 'A2000:CV2000', 'A2001:A2001'], 'too-many-merges'],
    ['over all that an address can name', ['A1:ZZZ9999999'], 'too-many-merges'],
  ])('%s', async (_, refs, code) => {
    expect(await read(merged(refs))).toBe(code);
  });

  test('more than 20,000 are named alike', async () => {
    const refs = (count: number) => Array.from({ length: count }, (_, i) => `A${i + 1}:A${i + 1}`);
    const limits = { ...SAFE_LIMITS, ratioMax: 10_000 };
    expect(await read(merged(refs(20_000)), limits)).toBe('read');
    expect(await read(merged(refs(20_001)), limits)).toBe('too-many-merges');
  });

  test('a text counts in each cell that it is merged over', async () => {
    const bytes = merged(['A1:B10'], '四五六七八');
    expect(await read(bytes, { ...SAFE_LIMITS, textMax: 100 })).toBe('read');
    expect(await read(bytes, { ...SAFE_LIMITS, textMax: 99 })).toBe('unpacks-too-large');
  });
});
