import * as api from '@jishi/contracts/market/import-endpoints';
import { readSpreadsheet } from '@jishi/workbook/read';
import { SAFE_LIMITS } from '@jishi/workbook/sheet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf } from '../../domain/import/columns.ts';
import { openTradeTrial, type Trader, type TradeTrial } from '../trade-trial.ts';
import {
  CONTRACT_HEADINGS,
  contractLine,
  csvFile,
  download,
  importAll,
  LISTING_HEADINGS,
  listingLine,
  run,
  titles,
  uploadFile,
  xlsxFile,
} from './import-trial.ts';

let trial: TradeTrial;
let officer: Trader;
beforeAll(async () => {
  trial = await openTradeTrial('sheet_files');
  officer = await trial.trader(['listing-officer']);
});
afterAll(() => trial.close());

const textsOf = async (bytes: Buffer) =>
  (await readSpreadsheet(bytes, SAFE_LIMITS)).rows.map(({ number, cells }) => ({
    number,
    cells: cells.map((cell) => cell?.text ?? null),
  }));

describe.each(['listings', 'contracts'] as const)('the template of %s', (kind) => {
  test.each(['xlsx', 'csv'] as const)(
    'as %s has every column and imports as nothing',
    async (format) => {
      const { status, headers, bytes } = await download(
        trial,
        `/import-templates/${kind}?format=${format}`,
      );
      expect(status).toBe(200);
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\x20-\x7e]+"; /);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const [heading] = await textsOf(bytes);
      expect(heading?.cells.map((text) => text?.replace('*', ''))).toStrictEqual(
        fieldsOf(kind).map(({ zh }) => zh),
      );
      const view = await uploadFile(officer, bytes, kind);
      expect(view).toMatchObject({ headingFound: true, missing: [], counts: { total: 0 } });
    },
  );

  test('with its example under another title is a row without errors', async () => {
    const fields = fieldsOf(kind);
    const example = fields.map((spec) =>
      spec.key === 'title'
        ? '不再是示例的一项'
        : spec.key === 'sellerNature'
          ? '有限责任公司'
          : spec.example,
    );
    const buyerNature = await uploadFile(
      officer,
      csvFile([fields.map(({ zh }) => zh), example]),
      kind,
    );
    expect(buyerNature.counts).toMatchObject({ total: 1, clean: 1 });
  });
});

test('the annotated copy has each cell where it was and the errors behind, and can be sent again', async () => {
  const lines = [
    ['汇总'],
    [],
    LISTING_HEADINGS,
    listingLine('第一项没有错误'),
    [],
    listingLine('=第二项成熟度写错', { 3: '中试', 7: { number: '120000' } }),
  ];
  const { importId } = await uploadFile(officer, await xlsxFile(lines));
  for (const format of ['xlsx', 'csv'] as const) {
    const { bytes } = await download(
      trial,
      `/imports/${importId}/annotated?format=${format}`,
      officer.token,
    );
    const rows = await textsOf(bytes);
    expect(rows.map(({ number }) => number)).toStrictEqual([1, 3, 4, 6]);
    expect(rows[1]?.cells.slice(0, 8)).toStrictEqual(LISTING_HEADINGS);
    expect(rows[1]?.cells.slice(8)).toStrictEqual(['错误', 'Errors']);
    expect(rows[3]?.cells).toStrictEqual([
      '=第二项成熟度写错',
      ...(rows[3]?.cells.slice(1, 3) ?? []),
      '中试',
      '先进制造',
      '制造业',
      '许可',
      '120000',
      'D6 TRL 应为 1–9,现为「中试」。改为 6?',
      'D6 TRL should be 1 to 9; it reads 「中试」. Make it 6?',
    ]);
    const again = await uploadFile(officer, bytes);
    expect(again.counts).toMatchObject({ total: 2, clean: 1, wrong: 1 });
  }
});

describe('an export', () => {
  test('of listings comes back by an import as the same listings', async () => {
    const seller = await trial.trader(['listing-officer']);
    const lines = [
      LISTING_HEADINGS,
      ...titles(250).map((title) => listingLine(title, { 7: { number: '1234.56' } })),
      listingLine('=HYPERLINK("http://x.cn")的成果'),
    ];
    await run(seller, await uploadFile(seller, await xlsxFile(lines)));
    await importAll(trial);
    for (const format of ['xlsx', 'csv'] as const) {
      const { bytes } = await download(
        trial,
        `/listings/mine/export?format=${format}`,
        seller.token,
      );
      const other = await trial.trader(['listing-officer']);
      const view = await uploadFile(other, bytes);
      expect(view.counts).toMatchObject({ total: 251, clean: 251 });
      if (format === 'csv') {
        expect(bytes.toString('utf8')).toContain('\'=HYPERLINK(""http://x.cn"")的成果');
        expect(bytes.toString('utf8')).not.toMatch(/(^|,)"?=/m);
      }
    }
  });

  test('of contracts has those of paper, with exact amounts and where they are', async () => {
    const seller = await trial.trader(['listing-officer']);
    const lines = [CONTRACT_HEADINGS, contractLine('导出的开发合同', { 13: '60.500001' })];
    await run(seller, await uploadFile(seller, csvFile(lines), 'contracts'));
    await importAll(trial);
    const { bytes } = await download(trial, '/contracts/mine/export?format=csv', seller.token);
    const [heading, row] = await textsOf(bytes);
    const cellOf = (name: string) => row?.cells[heading?.cells.indexOf(name) ?? -1];
    expect(cellOf('来源')).toBe('纸质导入');
    expect(cellOf('合同成交金额(元)')).toBe('605000.01');
    expect(cellOf('登记送达')).toBe('送达中');
  });

  test('of needs is empty but for its headings; an office has no exports', async () => {
    const { bytes } = await download(trial, '/needs/mine/export?format=csv', officer.token);
    expect(await textsOf(bytes)).toHaveLength(1);
    const operator = await trial.officer(['exchange-operator']);
    const refused = await download(trial, '/needs/mine/export', operator.token);
    expect(refused.status).toBe(403);
    expect((await download(trial, '/needs/mine/export')).status).toBe(401);
  });
});

test('every endpoint that is declared is served', () => {
  for (const spec of api.IMPORT_ENDPOINTS) expect(trial.served).toContain(spec);
});
