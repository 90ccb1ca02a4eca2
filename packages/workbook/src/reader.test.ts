import { describe, expect, test } from 'vitest';
import { createReader } from './reader.ts';
import { SAFE_LIMITS, Unreadable } from './sheet.ts';
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

const table = Buffer.from('名称,数\n甲,1\n');
/** Ninety million bytes of cells that count for nothing: as costly as a file may declare to be. */
const costly = rawWorkbook({
  rows: Array.from({ length: 300_000 }, (_, i) => `<c r="A${i % 5000}" s="${i}"><v></v></c>`).join(
    '',
  ),
});

describe('a thread', () => {
  test('reads a file and hands over the sheet', async () => {
    const sheet = await createReader()(table, '甲');
    expect(sheet.rows.map((row) => row.cells.map((cell) => cell?.text))).toStrictEqual([
      ['名称', '数'],
      ['甲', '1'],
    ]);
  });

  test('names what it does not read', async () => {
    expect(await codeOf(createReader()(Buffer.from('%PDF-1.4'), '甲'))).toBe('not-a-spreadsheet');
    const small = createReader({ limits: { ...SAFE_LIMITS, bytesMax: 3 } });
    expect(await codeOf(small(table, '甲'))).toBe('too-large');
  });

  test('is ended when it takes too long, and the next one reads', async () => {
    const hurried = createReader({ timeoutMs: 1 });
    expect(await codeOf(hurried(costly, '甲'))).toBe('too-costly');
    expect(await codeOf(createReader()(table, '甲'))).toBe('read');
  });

  test('dies alone when it takes too much memory', async () => {
    const text = '甲'.repeat(10_000);
    const strings = Array.from({ length: 2_500 }, (_, i) => `${text}${i}`);
    const wide = rawWorkbook({ rows: '<row r="1"><c r="A1"><v>1</v></c></row>', strings });
    const limits = { ...SAFE_LIMITS, ratioMax: 10_000 };
    expect(await codeOf(createReader({ memoryMb: 24, limits })(wide, '甲'))).toBe('too-costly');
  });
});

test('whoever comes when too many wait is sent away, and nobody else', async () => {
  const read = createReader({ atOnce: 1, waitingMax: 2 });
  const codes = await Promise.all(Array.from({ length: 5 }, (_, i) => codeOf(read(table, `${i}`))));
  expect(codes.toSorted()).toStrictEqual(['busy', 'busy', 'read', 'read', 'read']);
  expect(await codeOf(read(table, '0'))).toBe('read');
});

test('one asker holds two places at most, and another one reads meanwhile', async () => {
  const read = createReader();
  const asked = ['甲', '甲', '甲', '乙'].map((whose) => codeOf(read(table, whose)));
  expect(await Promise.all(asked)).toStrictEqual(['read', 'read', 'busy-for-you', 'read']);
});
