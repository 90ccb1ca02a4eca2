import { ProblemAnswer } from '@jishi/contracts/client';
import { PROBLEMS } from '@jishi/contracts/problem';
import { oleContainer, rawWorkbook, withDeclaredSize } from '@jishi/workbook/testing/workbooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTradeTrial, refusalOf, type Trader, type TradeTrial } from '../trade-trial.ts';
import {
  csvFile,
  LISTING_HEADINGS,
  listingLine,
  rowsOf,
  titles,
  uploadFile,
  xlsxFile,
} from './import-trial.ts';

let trial: TradeTrial;
let officer: Trader;
beforeAll(async () => {
  trial = await openTradeTrial('broken_files');
  officer = await trial.trader(['listing-officer']);
});
afterAll(() => trial.close());

const text = (ref: string, value: string) =>
  `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const HEADING = `<row r="1">${LISTING_HEADINGS.map((h, i) => text(`${'ABCDEFGH'[i]}1`, h)).join('')}</row>`;
/** A row of a real sheet; cells may be replaced by column letter. */
const row = (r: number, title: string, replace: Readonly<Record<string, string>> = {}) => {
  const cells = listingLine(title).map((value, i) => {
    const letter = 'ABCDEFGH'[i] ?? '';
    return replace[letter] ?? text(`${letter}${r}`, String(value));
  });
  return `<row r="${r}">${cells.join('')}</row>`;
};
const problemsOf = async (bytes: Buffer) => {
  const { importId } = await uploadFile(officer, bytes);
  return (await rowsOf(officer, importId)).flatMap(({ problems, duplicateOf }) => [
    ...problems.map(({ address, rule, suggestion }) => `${address} ${rule} ${suggestion}`),
    ...(duplicateOf ? [duplicateOf.en] : []),
  ]);
};

describe('a file that is refused, by name and in both languages', () => {
  const good = rawWorkbook({ rows: HEADING + row(2, '某项成果工艺') });
  const bomb = rawWorkbook({
    rows: '',
    parts: { 'xl/worksheets/sheet1.xml': new Uint8Array(30_000_000).fill(32) },
  });
  test.each([
    ['a renamed PDF', Buffer.from('%PDF-1.7 …'), 'sheet-not-a-spreadsheet'],
    ['a web page', Buffer.from('<html><table><tr><td>1'), 'sheet-not-a-spreadsheet'],
    ['an old .xls', oleContainer('Workbook'), 'sheet-old-format'],
    ['an encrypted workbook', oleContainer('EncryptedPackage'), 'sheet-encrypted'],
    [
      'a macro file',
      rawWorkbook({ rows: HEADING, parts: { 'xl/vbaProject.bin': 'x' } }),
      'sheet-macros',
    ],
    [
      'links to other files',
      rawWorkbook({ rows: HEADING, parts: { 'xl/externalLinks/externalLink1.xml': 'x' } }),
      'sheet-external-links',
    ],
    ['a bomb that says so', bomb, 'sheet-unpacks-too-large'],
    [
      'a bomb that lies',
      withDeclaredSize(bomb, 'xl/worksheets/sheet1.xml', 5_000),
      'sheet-unpacks-too-large',
    ],
    [
      'a far cell',
      rawWorkbook({ rows: `<row r="1048576">${text('XFD1048576', '甲')}</row>` }),
      'sheet-too-many-rows',
    ],
    [
      'too many columns',
      rawWorkbook({ rows: `<row r="1">${text('CW1', '甲')}</row>` }),
      'sheet-too-many-columns',
    ],
    [
      'a cell of more than a cell may hold',
      csvFile([LISTING_HEADINGS, listingLine('长'.repeat(32_768))]),
      'sheet-unpacks-too-large',
    ],
    [
      'merged areas over one another',
      rawWorkbook({
        rows: HEADING + row(2, '某项成果工艺'),
        after: '<mergeCells><mergeCell ref="A2:B3"/><mergeCell ref="B3:C4"/></mergeCells>',
      }),
      'sheet-too-many-merges',
    ],
    ['a cut file', good.subarray(0, good.length - 100), 'sheet-damaged'],
    ['an empty one', csvFile([[]]), 'sheet-empty'],
    ['more than ten megabytes', Buffer.alloc(10_000_001, 'a,b\n'), 'too-large'],
  ])('%s', async (_, bytes, type) => {
    const call = uploadFile(officer, bytes);
    await expect(call).rejects.toBeInstanceOf(ProblemAnswer);
    expect(await refusalOf(uploadFile(officer, bytes))).toBe(type);
    const { zh, en } = PROBLEMS[type as keyof typeof PROBLEMS];
    await expect(call).rejects.toMatchObject({ problem: { title: zh, titleEn: en } });
  });

  test('5,000 rows of data are read and 5,001 are not', async () => {
    const lines = (count: number) =>
      csvFile([
        ['2026 年汇总'],
        ['名称', 'TRL', '领域'],
        ...titles(count).map((t) => [t, '6', '农业']),
      ]);
    expect((await uploadFile(officer, lines(5_000))).counts.total).toBe(5_000);
    expect(await refusalOf(uploadFile(officer, lines(5_001)))).toBe('sheet-too-many-rows');
  });
});

describe('a file that is read, and what is wrong told cell by cell', () => {
  test('wrong columns', async () => {
    const view = await uploadFile(
      officer,
      csvFile([
        ['甲', '乙'],
        ['1', '2'],
      ]),
    );
    expect(view).toMatchObject({ headingFound: false, counts: { total: 0 } });
    expect(view.missing).toStrictEqual(['title', 'trl', 'fieldCode', 'industryCode', 'dealTypes']);
  });

  test('merged cells', async () => {
    const after = '<mergeCells><mergeCell ref="E2:E3"/><mergeCell ref="A1:A1"/></mergeCells>';
    const rows = HEADING + row(2, '合并的第一项') + row(3, '合并的第二项', { E: '<c r="E3"/>' });
    expect(await problemsOf(rawWorkbook({ rows, after }))).toStrictEqual(['E3 merged 先进制造']);
  });

  test('a heading that spans two rows', async () => {
    const after = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>';
    const rows = `${HEADING}<row r="2">${text('B2', '(必填)')}</row>${row(3, '两行表头的成果')}`;
    expect((await uploadFile(officer, rawWorkbook({ rows, after }))).counts).toMatchObject({
      total: 1,
      clean: 1,
    });
  });

  test('amounts in 万元', async () => {
    const lines = [LISTING_HEADINGS, listingLine('万元成果一', { 7: '12.5万元' })];
    expect(await problemsOf(await xlsxFile(lines))).toStrictEqual(['H2 amount-unit 125000.00']);
  });

  test('dates as text', async () => {
    const { importId } = await uploadFile(
      officer,
      csvFile([
        ['项目名称', '签订日期', '买方', '合同类别'],
        ['某某开发合同', '2026年3月5日', '某公司', '技术开发'],
        ['某某开发合同二', '5/3/2026', '某公司', '技术开发'],
      ]),
      'contracts',
    );
    const found = (await rowsOf(officer, importId)).map(
      ({ problems }) => problems.find(({ field }) => field === 'signedOn') ?? null,
    );
    expect(found).toMatchObject([
      { rule: 'date-as-text', address: 'B2', suggestion: '2026-03-05' },
      { rule: 'date-ambiguous', address: 'B3', suggestion: null },
    ]);
  });

  test('formulas', async () => {
    const replace = {
      D: '<c r="D2"><f>3+3</f><v>6</v></c>',
      E: '<c r="E2"><f>A1</f></c>',
    };
    const rows = HEADING + row(2, '公式的成果', replace);
    expect(await problemsOf(rawWorkbook({ rows }))).toStrictEqual([
      'D2 formula 6',
      'E2 formula null',
    ]);
  });

  test('rows twice', async () => {
    const lines = [LISTING_HEADINGS, listingLine('重复的一项'), listingLine(' 重复的·一项 ')];
    expect(await problemsOf(csvFile(lines))).toStrictEqual(['The same as row 2']);
  });

  test('codes that are none', async () => {
    const lines = [
      LISTING_HEADINGS,
      listingLine('代码的成果', { 3: '中试', 4: '电子', 5: 'Z9', 6: '租赁' }),
    ];
    expect(await problemsOf(csvFile(lines))).toStrictEqual([
      'D2 trl 6',
      'E2 code-unknown 电子信息',
      'F2 code-unknown null',
      'G2 code-unknown null',
    ]);
  });

  test('GB18030 with characters that nobody may write', async () => {
    const lines = [LISTING_HEADINGS, listingLine('含\u202e倒序的成果'), listingLine('含\u0007铃')];
    expect(await problemsOf(csvFile(lines))).toStrictEqual(['A2 text null', 'A3 text null']);
  });
});
