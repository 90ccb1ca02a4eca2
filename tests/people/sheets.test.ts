import { readFile } from 'node:fs/promises';
import { newId } from '@jishi/contracts/ids';
import {
  acceptRegistration,
  approveRegistration,
  readRegistration,
  returnRegistration,
} from '@jishi/contracts/ledger/endpoints';
import {
  CONTRACT_HEADINGS,
  contractLine,
  csvFile,
  LISTING_HEADINGS,
  listingLine,
  titles,
  xlsxFile,
} from '@jishi/market/http/import/import-trial';
import { readSpreadsheet } from '@jishi/workbook/read';
import { SAFE_LIMITS } from '@jishi/workbook/sheet';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleMarket, type PeopleMarket } from './market.ts';

let market: PeopleMarket;
beforeAll(async () => {
  market = await openPeopleMarket();
}, 240_000);
afterAll(async () => {
  await market?.close();
});

/** An office's table of 300: 271 right, 24 wrong in three ways, five there twice. */
const lines = () => {
  const right = titles(271).map((title) => listingLine(title));
  const inWords = titles(12, 401).map((title) => listingLine(title, { 3: '中试' }));
  const inWan = titles(8, 501).map((title) => listingLine(title, { 7: '12.5万元' }));
  const unknown = titles(4, 601).map((title) => listingLine(title, { 4: '量子' }));
  return [
    ['试验大学科技成果汇总表'],
    LISTING_HEADINGS,
    ...right.slice(0, 100),
    ...inWords,
    ...right.slice(100, 200),
    ...inWan,
    ...right.slice(200),
    ...unknown,
    ...titles(5).map((title) => listingLine(title)),
  ];
};

/** As if the file were dragged from the desktop. */
const dropFile = async (page: Page, name: string, bytes: Buffer): Promise<void> => {
  const transfer = await page.evaluateHandle(`(() => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (c) => c.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], ${JSON.stringify(name)}));
    return transfer;
  })()`);
  await page.dispatchEvent('.sheets-drop', 'drop', { dataTransfer: transfer });
};

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

const note = (page: Page, text: string) => page.locator('.page-note', { hasText: text }).waitFor();

test('an officer drops 300 rows, corrects what is alike in one press each, and imports', async () => {
  const desk = await market.enter('listing-officer');
  const { page } = desk;
  await desk.open('/desk/import');
  await desk.expectSound();
  await shot(page, 'upload');
  await dropFile(page, '成果汇总.xlsx', await xlsxFile(lines()));
  await note(page, '300 行：271 可导入，24 有误，5 重复');
  await page.getByRole('button', { name: '按建议改正 12 行' }).waitFor();
  await page.getByText('TRL 应为 1–9').first().waitFor();
  await desk.expectSound();
  await shot(page, 'fix');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载标错的表格（.xlsx）' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('成果汇总-错误.xlsx');
  const marked = await readSpreadsheet(await readFile(await file.path()), SAFE_LIMITS);
  expect(marked.rows[1]?.cells.at(-2)?.text).toBe('错误');
  const first = marked.rows.find((row) => row.number === 103);
  expect(first?.cells.at(-2)?.text).toContain('D103 TRL 应为 1–9');

  await page.getByRole('button', { name: '按建议改正 12 行' }).click();
  await note(page, '283 可导入，12 有误');
  await page.getByRole('button', { name: '按建议改正 8 行' }).click();
  await note(page, '291 可导入，4 有误');
  const cell = page.getByLabel('技术领域').first();
  await cell.fill('电子信息');
  await cell.press('Enter');
  await note(page, '292 可导入，3 有误');
  expect(await page.getByRole('radio', { name: '只导入无误的 292 行' }).isChecked()).toBe(true);
  await page.getByRole('radio', { name: '全部无误才导入' }).check();
  expect(await page.getByRole('button', { name: '导入 292 条' }).isDisabled()).toBe(true);
  await page.getByRole('radio', { name: '只导入无误的 292 行' }).check();
  await page.getByRole('button', { name: '导入 292 条' }).click();
  await page.getByText('292 条已导入').waitFor();
  await desk.expectSound();
  await shot(page, 'receipt');

  await desk.open('/desk/imports');
  await page.getByRole('link', { name: '成果汇总.xlsx' }).waitFor();
  await desk.expectSound();
  await shot(page, 'imports');
  await desk.open('/desk/import');
  await dropFile(page, '成果汇总.xlsx', await xlsxFile(lines()));
  await page.getByText('这份文件已上传过').waitFor();
  await note(page, '0 可导入，3 有误，5 重复，292 已导入');
  await desk.close();

  const token = await market.as('listing-officer').token('market');
  const answer = await fetch(`${market.url}/api/market/listings/mine/export?format=xlsx`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const exported = await readSpreadsheet(Buffer.from(await answer.arrayBuffer()), SAFE_LIMITS);
  expect(exported.name).toContain('合成数据');
  expect(exported.rows[0]?.cells[0]?.text).toContain('合成数据');
  expect(exported.rows).toHaveLength(294);
}, 120_000);

test('a sheet whose columns are unknown is answered by naming them', async () => {
  const desk = await market.enter('listing-officer', { language: 'en' });
  const { page } = desk;
  await desk.open('/desk/import');
  const unknown = [
    ['a', 'b', 'c', 'd', 'e'],
    ['手工对应的一项成果', '6', '农业', 'A', '许可'],
  ];
  await dropFile(page, 'table.csv', csvFile(unknown));
  await page.getByText('Required columns are missing').waitFor();
  await desk.expectSound();
  await shot(page, 'columns-en');
  for (const [i, name] of [
    'Title *',
    'TRL *',
    'Field *',
    'Industry *',
    'Kind of deal *',
  ].entries()) {
    await page.getByLabel(`${'ABCDE'[i]} Taken for`).selectOption({ label: name });
  }
  await page.getByRole('radio', { name: 'keep as drafts' }).check();
  await page.getByRole('button', { name: 'Save and check' }).click();
  await page.getByText('No errors.').waitFor();
  await desk.expectSound();
  await page.getByRole('button', { name: 'Import 1', exact: true }).click();
  await page.getByText('1 imported', { exact: true }).waitFor();
  await desk.close();
}, 120_000);

test('a file that is none is refused by name, and contracts of paper are checked', async () => {
  const desk = await market.enter('listing-officer');
  const { page } = desk;
  await desk.open('/desk/import?kind=contracts');
  desk.expectRefusal();
  await dropFile(page, '合同.xlsx', Buffer.from('%PDF-1.7'));
  await page.getByRole('alert').getByText('不是可读的表格文件').waitFor();
  await desk.expectSound();
  const wrong = contractLine('磨削工艺委托开发', { 1: '2026年3月5日' });
  await dropFile(page, '合同.csv', csvFile([CONTRACT_HEADINGS, wrong]));
  await page.getByRole('button', { name: '改为 2026-03-05' }).click();
  await note(page, '1 可导入');
  await page.getByRole('button', { name: '导入 1 条' }).click();
  await page.getByText('1 条已导入').waitFor();
  await desk.expectSound();
  await desk.close();
}, 120_000);

test('a contract of paper gets its papers, is returned, answered and registered', async () => {
  const desk = await market.enter('listing-officer');
  const { page } = desk;
  await desk.open('/desk/import?kind=contracts');
  const line = contractLine('纸质合同补正全程', { 1: '2026-11-02' });
  await dropFile(page, '纸质.csv', csvFile([CONTRACT_HEADINGS, line]));
  await note(page, '1 可导入');
  await page.getByRole('button', { name: '导入 1 条' }).click();
  await page.getByText('1 条已导入').waitFor();
  await desk.open('/desk/contracts');
  await page.getByText('已提交，待受理').first().waitFor();
  await desk.expectSound();
  await shot(page, 'papers');
  await page.getByRole('link', { name: '纸质合同补正全程' }).click();
  await page.getByText('已送登记机构审核').waitFor();
  await page.getByLabel('选择文件').setInputFiles({
    name: '合同扫描件.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 sealed by both'),
  });
  await page.getByRole('button', { name: '上传材料' }).click();
  await page.getByText('未提交').waitFor();
  await desk.expectSound();
  const contractId = page.url().split('/').at(-1)?.split('?')[0] ?? '';
  const registrar = market.as('registrar').on('ledger');
  const params = { contractId };
  const version = async (): Promise<number> =>
    (await registrar(readRegistration, { params })).version;

  const officer = await market.enter('registrar');
  await officer.open(`/registry/cases/${contractId}`);
  await officer.page.getByText('提交后补充').waitFor();
  await officer.expectSound();
  await shot(officer.page, 'desk-papers');
  await registrar(returnRegistration, {
    params,
    body: {
      ...{ commandId: newId(), version: await version() },
      reasons: [{ code: 'proof-missing', note: '请附扫描件,更正技术交易额' }],
    },
  });
  await page.getByText('请附扫描件,更正技术交易额').waitFor();
  const amount = page.getByLabel('其中技术交易额(元)');
  await amount.fill('700000');
  desk.expectRefusal();
  await page.getByRole('button', { name: '更正并重新提交登记' }).click();
  await page.locator('.field-error').first().waitFor();
  expect(await amount.inputValue()).toBe('700000');
  await shot(page, 'paper-returned');
  await amount.fill('450000');
  await page.getByRole('button', { name: '更正并重新提交登记' }).click();
  await page.getByText('已送登记机构审核').waitFor();
  await page.getByText('已提交登记').waitFor();
  await desk.expectSound();
  const view = await registrar(readRegistration, { params });
  expect(view).toMatchObject({ status: 'submitted', submissions: 2 });
  expect(view.private.technologyValueFen).toBe('45000000');
  expect(view.private.attachments).toMatchObject([
    { kind: 'contract-text', sha256: view.private.contractTextHash },
  ]);

  const seen = { commandId: newId(), version: view.version };
  const accepted = await registrar(acceptRegistration, { params, body: seen });
  await registrar(approveRegistration, {
    params,
    body: { commandId: newId(), version: accepted.version },
  });
  await page.getByText('已登记。').waitFor();
  await desk.expectSound();
  await shot(page, 'paper-registered');
  await officer.open(`/registry/registered/${contractId}`);
  await officer.expectSound();
  await officer.close();
  await desk.close();
}, 180_000);

test('on a phone the page says where to do this', async () => {
  const desk = await market.enter('listing-officer', { size: 'phone' });
  await desk.open('/desk/import');
  await desk.page.getByText('请在电脑上操作').waitFor();
  expect(await desk.page.getByRole('button', { name: '选择文件' }).isVisible()).toBe(false);
  await desk.expectSound();
  await shot(desk.page, 'phone');
  await desk.close();
}, 120_000);
