import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSpreadsheet } from './read.ts';
import { SAFE_LIMITS, type Sheet, Unreadable } from './sheet.ts';
import { oleContainer, rawWorkbook, withDeclaredSize } from './testing/workbooks.ts';

const read = (bytes: Uint8Array, limits = SAFE_LIMITS) => readSpreadsheet(bytes, limits);
const codeOf = async (bytes: Uint8Array, limits = SAFE_LIMITS): Promise<string> => {
  try {
    await read(bytes, limits);
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
  return 'read';
};
const firstRow = (sheet: Sheet) =>
  sheet.rows[0]?.cells.map((cell) => cell && [cell.kind, cell.text]);
const row = (cells: string, r = 1) => `<row r="${r}">${cells}</row>`;
const text = (ref: string, value: string) =>
  `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const csv = (value: string) => Buffer.from(value);

describe('a cell of a workbook', () => {
  test('is read as what it is, where its address says', async () => {
    const rows = row(
      `<c r="A1" t="s"><v>0</v></c><c r="C1"><v>125000.5</v></c><c r="D1" s="1"><v>46000</v></c>` +
        `<c r="E1" s="3"><v>46000</v></c><c r="F1" s="2"><v>0.5</v></c>` +
        `<c r="G1" t="b"><v>1</v></c><c r="H1" t="e"><v>#REF!</v></c>${text('I1', '甲&amp;乙')}`,
    );
    expect(firstRow(await read(rawWorkbook({ rows, strings: ['成果名称'] })))).toStrictEqual([
      ['text', '成果名称'],
      null,
      ['number', '125000.5'],
      ['date', '2025-12-09'],
      ['date', '2025-12-09'],
      ['number', '0.5'],
      ['boolean', 'TRUE'],
      ['error', '#REF!'],
      ['text', '甲&乙'],
    ]);
  });

  test.each([
    ['0.30000000000000004', '0.3'],
    ['1234.5599999999999', '1234.56'],
    ['1.5E-5', '0.000015'],
    ['1.25E+7', '12500000'],
    ['3210001234567890', '3210001234567890'],
    ['-2.5', '-2.5'],
  ])('the stored number %s is %s', async (stored, shown) => {
    const sheet = await read(rawWorkbook({ rows: row(`<c r="A1"><v>${stored}</v></c>`) }));
    expect(firstRow(sheet)).toStrictEqual([['number', shown]]);
  });

  test.each([
    ['59', '', '1900-02-28'],
    ['61', '', '1900-03-01'],
    ['0', '<workbookPr date1904="1"/>', null],
    ['1', '<workbookPr date1904="1"/>', '1904-01-02'],
    ['2958465', '', '9999-12-31'],
    ['2958466', '', null],
  ])('serial %s (%s) is %s', async (serial, properties, day) => {
    const rows = row(`<c r="A1" s="1"><v>${serial}</v></c>`);
    const [cell] = firstRow(await read(rawWorkbook({ rows, properties }))) ?? [];
    expect(cell).toStrictEqual(day === null ? ['number', serial] : ['date', day]);
  });

  test('a formula is told apart, with the value that the file keeps', async () => {
    const rows = row(
      '<c r="A1"><f>SUM(B1)</f><v>7</v></c><c r="B1" t="str"><f t="shared" si="0"/><v>x</v></c>',
    );
    expect(firstRow(await read(rawWorkbook({ rows })))).toStrictEqual([
      ['formula', '7'],
      ['formula', 'x'],
    ]);
  });

  test('formatted but empty cells are nothing, wherever they stand', async () => {
    const rows = `${row(text('A1', '甲'))}${row('<c r="XFD1048576" s="1"/>', 1_048_576)}`;
    expect((await read(rawWorkbook({ rows }))).rows).toHaveLength(1);
  });

  test('merged areas are told', async () => {
    const after = '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>';
    const sheet = await read(rawWorkbook({ rows: row(text('B2', '甲'), 2), after }));
    expect(sheet.merges).toStrictEqual([{ top: 2, left: 2, bottom: 3, right: 3 }]);
  });
});

describe('both sides of a limit', () => {
  const at = (ref: string, r: number) => rawWorkbook({ rows: row(text(ref, '甲'), r) });
  test.each([
    ['CV1', 1, 'read'],
    ['CW1', 1, 'too-many-columns'],
    ['XFD1', 1, 'too-many-columns'],
    ['A5050', 5_050, 'read'],
    ['A5051', 5_051, 'too-many-rows'],
    ['XFD1048576', 1_048_576, 'too-many-rows'],
  ])('a cell at %s (row %i): %s', async (ref, r, code) => {
    expect(await codeOf(at(ref, r))).toBe(code);
  });

  test('rows of a CSV', async () => {
    const lines = (n: number) => csv(`名称,数\n${'甲,1\n'.repeat(n - 1)}`);
    expect(await codeOf(lines(5_050))).toBe('read');
    expect(await codeOf(lines(5_051))).toBe('too-many-rows');
  });

  test('bytes of the file', async () => {
    const bytes = csv('名称,数\n甲,1\n');
    expect(await codeOf(bytes, { ...SAFE_LIMITS, bytesMax: bytes.length })).toBe('read');
    expect(await codeOf(bytes, { ...SAFE_LIMITS, bytesMax: bytes.length - 1 })).toBe('too-large');
  });

  test('entries of the archive', async () => {
    const many = (n: number) =>
      rawWorkbook({
        rows: row(text('A1', '甲')),
        parts: Object.fromEntries(Array.from({ length: n - 6 }, (_, i) => [`xl/extra${i}`, 'x'])),
      });
    expect(await codeOf(many(200))).toBe('read');
    expect(await codeOf(many(201))).toBe('unpacks-too-large');
  });
});

describe('a file that is none', () => {
  test.each([
    ['a PDF', csv('%PDF-1.7\n…'), 'not-a-spreadsheet'],
    ['an HTML table', csv('\ufeff <html><table></table></html>'), 'not-a-spreadsheet'],
    ['JSON', csv('{"a": 1}'), 'not-a-spreadsheet'],
    ['bytes', Buffer.from([1, 2, 0, 3]), 'not-a-spreadsheet'],
    ['bytes in no encoding', Buffer.from([0x41, 0xff, 0xff, 0x0a]), 'not-a-spreadsheet'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['blanks', csv(' ,,\n,,\n'), 'empty'],
    ['an old .xls', oleContainer('Workbook'), 'old-format'],
    ['an encrypted workbook', oleContainer('EncryptedPackage'), 'encrypted'],
    ['a cut archive', rawWorkbook({ rows: '' }).subarray(0, 200), 'damaged'],
    ['a workbook with nothing in it', rawWorkbook({ rows: '' }), 'empty'],
    ['quotes that do not end', csv('a,"b\nc,d'), 'damaged'],
  ])('%s', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  const rows = row(text('A1', '甲'));
  test.each([
    ['macros', { 'xl/vbaProject.bin': 'x' }, 'macros'],
    ['a sheet of macros', { 'xl/macrosheets/sheet1.xml': 'x' }, 'macros'],
    [
      'the type of a macro file',
      {
        '[Content_Types].xml':
          '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
      },
      'macros',
    ],
    ['links to other files', { 'xl/externalLinks/externalLink1.xml': 'x' }, 'external-links'],
    ['binary sheets', { 'xl/workbook.bin': 'x' }, 'old-format'],
    [
      'a document type',
      {
        'xl/sharedStrings.xml':
          '<!DOCTYPE sst [<!ENTITY a "aaaaaaaa">]><sst><si><t>&a;</t></si></sst>',
      },
      'damaged',
    ],
    ['XML that is none', { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' }, 'damaged'],
  ])('a workbook with %s', async (_, parts, code) => {
    expect(await codeOf(rawWorkbook({ rows, parts }))).toBe(code);
  });

  test('an archive that is no workbook', async () => {
    const { zipSync, strToU8 } = await import('fflate');
    const docx = Buffer.from(zipSync({ 'word/document.xml': strToU8('<w/>') }));
    expect(await codeOf(docx)).toBe('not-a-spreadsheet');
  });
});

describe('a bomb', () => {
  const blanks = new Uint8Array(30_000_000).fill(32);
  const bomb = rawWorkbook({ rows: '', parts: { 'xl/worksheets/sheet1.xml': blanks } });

  test('that says what it is is refused before anything is inflated', async () => {
    expect(bomb.length).toBeLessThan(40_000);
    expect(deflateRawSync(blanks).length * SAFE_LIMITS.ratioMax).toBeLessThan(blanks.length);
    expect(await codeOf(bomb)).toBe('unpacks-too-large');
  });

  test('that lies about its size ends when it has unpacked more than it said', async () => {
    const lie = withDeclaredSize(bomb, 'xl/worksheets/sheet1.xml', 5_000);
    const before = process.memoryUsage().rss;
    expect(await codeOf(lie)).toBe('unpacks-too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  test('of many parts counts as their sum', async () => {
    const part = rawWorkbook({
      rows: '',
      parts: Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [`xl/media/${i}`, randomish(9_000_000)]),
      ),
    });
    expect(await codeOf(part)).toBe('unpacks-too-large');
  });
});

/** Bytes that pack to about a tenth, well below the ratio of a bomb. */
const randomish = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size);
  let seed = 7;
  for (let i = 0; i < size; i += 16) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[i] = seed % 256;
  }
  return bytes;
};

describe('a CSV', () => {
  const cells = async (bytes: Uint8Array) =>
    (await read(bytes)).rows.map((r) => r.cells.map((cell) => cell?.text ?? null));
  const table = [
    ['名称', '价格'],
    ['甲,乙', '12.5万元'],
  ];

  test.each([
    ['UTF-8', csv('名称,价格\r\n"甲,乙",12.5万元\r\n'), 'utf-8'],
    ['UTF-8 with its mark', csv('\ufeff名称,价格\n"甲,乙",12.5万元'), 'utf-8'],
    ['tabs', csv('名称\t价格\n甲,乙\t12.5万元'), 'utf-8'],
    ['semicolons', csv('名称;价格\n甲,乙;12.5万元'), 'utf-8'],
    [
      'GB18030',
      Buffer.from('c3fbb3c62cbcdbb8f10a22bcd72cd2d2222c31322e35cdf2d4aa0a', 'hex'),
      'gb18030',
    ],
    ['UTF-16', Buffer.from('\ufeff名称\t价格\n甲,乙\t12.5万元', 'utf16le'), 'utf-16le'],
  ])('in %s', async (_, bytes, encoding) => {
    expect(await cells(bytes)).toStrictEqual(table);
    expect((await read(bytes)).encoding).toBe(encoding);
  });

  test('keeps the row numbers that a spreadsheet shows, blank lines and line breaks included', async () => {
    const sheet = await read(csv('标题\n\n"两\n行",b\nc,d\n'));
    expect(sheet.rows.map((r) => r.number)).toStrictEqual([1, 3, 4]);
  });

  test('takes a formula for a formula and a quoted number for a text', async () => {
    const sheet = await read(csv('a,b,c,d\n=1+1,="0012",\'=x,\'y\n'));
    expect(sheet.rows[1]?.cells).toStrictEqual([
      { kind: 'formula', text: '' },
      { kind: 'text', text: '0012' },
      { kind: 'text', text: '=x' },
      { kind: 'text', text: "'y" },
    ]);
  });
});

test('whatever becomes of its bytes, a file is read or refused by name', async () => {
  const book = rawWorkbook({
    rows: row(`<c r="A1" t="s"><v>0</v></c>${text('B1', '乙')}<c r="C1"><f>A1</f><v>3</v></c>`),
    strings: ['甲'],
    after: '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
  });
  const sources = [book, csv('名称,价格\n"甲",1\n'), oleContainer('Workbook')];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sources),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 }),
      fc.option(fc.nat(), { nil: undefined }),
      async (source, changes, cut) => {
        const bytes = Buffer.from(source);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const code = await codeOf(bytes.subarray(0, cut === undefined ? bytes.length : cut));
        expect(code).toMatch(/^[a-z-]+$/);
      },
    ),
    { numRuns: 400 },
  );
});
