import { readFile } from 'node:fs/promises';
import { listCases } from '@jishi/contracts/subsidy/endpoints';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleMarket, type PeopleMarket, type Visit } from './market.ts';
import { contractIdOf, today } from './registry-contracts.ts';
import { bringAccount, bringCase, revoke } from './subsidy-steps.ts';

/** 5 % of ¥11,000,000 is ¥550,000: cut to the cap of ¥500,000. */
const LASER = {
  name: 'laser',
  title: '大尺寸碳化硅激光剥离工艺许可合同',
  contractValueFen: '1280000000',
  technologyValueFen: '1200000000',
  receivedFen: '1100000000',
};
const BUYER = '苏州澄湖精密制造有限公司（演示）';

let market: PeopleMarket;
let caseId = '';
let batchPath = '';

beforeAll(async () => {
  market = await openPeopleMarket();
  caseId = await bringCase(market, LASER);
  await bringAccount(market, BUYER);
}, 240_000);
afterAll(async () => {
  await market?.close();
});

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();

/** Presses the act of the page, sees that Enter alone does nothing, then confirms. */
const confirmAct = async (page: Page, act: string | RegExp, confirm = act): Promise<void> => {
  await page.getByRole('button', { name: act }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: confirm, exact: typeof confirm === 'string' }).click();
};

const said = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor();

const statusOf = async (id: string): Promise<string | undefined> => {
  const query = { contractId: contractIdOf(LASER.name) };
  const { items } = await market.as('auditor').on('subsidy')(listCases, { query });
  return items.find((item) => item.caseId === id)?.status;
};

test('officer A opens the oldest case, sees each fen and its source, and submits it', async () => {
  const desk = await market.enter('subsidy-officer');
  const { page } = desk;
  await page.waitForURL(`${market.url}/subsidy/todo`);
  await page.getByRole('table').getByText(BUYER).first().waitFor();
  await desk.expectSound();
  await page
    .getByRole('row', { name: /吸纳方/ })
    .getByRole('link')
    .click();
  await heading(page, /吸纳方补助/);
  await page.getByText('500,000.00').first().waitFor();
  await page.getByText('受年度上限限制，少补 50,000.00 元').waitFor();
  await page.getByRole('img', { name: /本案 50万、超限不补 5万/ }).waitFor();
  await desk.expectSound();
  await page.getByText('1 条到账均由登记员核验，记录与账本叶哈希相符。').waitFor();
  // A chosen line shows what it rests on, and the address carries it.
  await page.getByRole('button', { name: '补助比例' }).click();
  await page.getByRole('heading', { name: '来源：第 3 步 补助比例' }).waitFor();
  await page.getByText('宁科〔2021〕34号').first().waitFor();
  expect(new URL(page.url()).searchParams.get('line')).toBe('3');
  await desk.expectSound();
  await page.getByRole('button', { name: '提交复核' }).click();
  await page.keyboard.press('Enter');
  expect(await statusOf(caseId)).toBe('open');
  await page.getByRole('dialog').getByRole('button', { name: '提交复核' }).click();
  await said(page, '已核定，等待另一人复核');
  await page.getByText('等待另一人复核', { exact: true }).first().waitFor();
  expect(await page.getByRole('button', { name: '复核通过' }).count()).toBe(0);
  await desk.expectSound();
  await desk.close();
}, 240_000);

test('officer B finds it among those to approve and approves exactly that', async () => {
  const desk = await market.enter('subsidy-officer', { nth: 1 });
  const { page } = desk;
  await page.waitForURL(`${market.url}/subsidy/todo`);
  await page.getByRole('link', { name: /待我复核/ }).click();
  await page
    .getByRole('row', { name: /吸纳方/ })
    .getByRole('link')
    .click();
  await heading(page, /吸纳方补助/);
  await confirmAct(page, '复核通过');
  await said(page, '已复核通过');
  await desk.expectSound();
  await desk.open('/subsidy/notices');
  await page.getByRole('table').getByText(BUYER).waitFor();
  await desk.expectSound();
  await desk.open('/subsidy/schemes');
  await desk.expectSound();
  await desk.close();
}, 240_000);

test('two officers at one case: the second is told that it changed, and sees what it became', async () => {
  const { items } = await market.as('auditor').on('subsidy')(listCases, {
    query: { contractId: contractIdOf(LASER.name), role: 'seller' },
  });
  const path = `/subsidy/cases/${items[0]?.caseId ?? ''}`;
  const [first, second] = [
    await market.enter('subsidy-officer'),
    await market.enter('subsidy-officer', { nth: 1 }),
  ];
  await first.open(path);
  await second.open(path);
  await second.page.getByText('220,000.00').first().waitFor();
  await confirmAct(first.page, '提交复核');
  await said(first.page, '已核定，等待另一人复核');
  second.expectRefusal();
  await confirmAct(second.page, '提交复核');
  await said(second.page, '记录已被他人修改');
  await second.page.getByRole('button', { name: '复核通过' }).waitFor();
  await second.expectSound();
  await first.close();
  await second.close();
}, 240_000);

test('finance A makes the batch and cannot approve it', async () => {
  const desk = await market.enter('finance-officer');
  const { page } = desk;
  await page.waitForURL(`${market.url}/finance/batches`);
  await page.getByRole('row', { name: new RegExp(BUYER) }).waitFor();
  await desk.expectSound();
  await page.getByRole('button', { name: '全选可支付的' }).click();
  await confirmAct(page, /^生成批次（1 件，500,000.00 元）$/, '生成批次');
  await heading(page, /^支付批次/);
  await page.getByText('等待另一人批准', { exact: true }).first().waitFor();
  expect(await page.getByRole('button', { name: '批准支付' }).count()).toBe(0);
  await desk.expectSound();
  batchPath = new URL(page.url()).pathname;
  await desk.close();
}, 240_000);

interface Sent {
  readonly hash: string;
  readonly cells: readonly string[];
}

/** What the bank reads in the file it was given. */
const sentBy = async (path: string, hash: string): Promise<Sent> => {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  const [, line = ''] = text.split('\r\n');
  return { hash, cells: line.split(',') };
};

const answerOf = ({ hash, cells }: Sent, number: string, yuan: string): string => {
  const [instructionId, payee] = cells;
  return [
    `回执编号,${number}`,
    `原文件SHA256,${hash}`,
    '指令编号,收款户名,金额(元),结果,银行流水号,付款日期',
    `${instructionId},${payee},${yuan},成功,BANK-7001,${today()}`,
  ].join('\r\n');
};

const upload = async (page: Page, name: string, text: string): Promise<void> => {
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') };
  await page.getByLabel('回执文件（CSV）').setInputFiles(file);
  await confirmAct(page, '核对并入账');
};

test('finance B approves, takes the file, and brings the bank answer in with difference zero', async () => {
  const desk = await market.enter('finance-officer', { nth: 1 });
  const { page } = desk;
  await desk.open(batchPath);
  await confirmAct(page, '批准支付');
  await said(page, '已批准，支付文件可下载');
  await desk.expectSound();
  const hashButton = page.getByRole('button', { name: /^复制 [0-9a-f]{64}/ });
  const hash = (await hashButton.getAttribute('aria-label'))?.match(/[0-9a-f]{64}/)?.[0] ?? '';
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载支付文件' }).click(),
  ]);
  const sent = await sentBy(await download.path(), hash);
  expect(sent.cells[4]).toBe('500000.00');
  await page.getByRole('link', { name: '录入银行回执' }).click();
  await heading(page, '银行对账');
  await upload(page, 'wrong.csv', answerOf(sent, 'ANS-1', '499999.99'));
  await page.getByText('有 1 处不符，整份未入账').waitFor();
  await page.getByRole('row', { name: /金额与指令不符.*500,000.00.*499,999.99/ }).waitFor();
  await desk.expectSound();
  await upload(page, 'right.csv', answerOf(sent, 'ANS-2', '500000.00'));
  await page.getByText('全部 1 行相符，已入账。差异 0.00 元。').waitFor();
  await page.getByText('差异 0.00 元，账实相符').waitFor();
  await desk.expectSound();
  await desk.open('/finance/budget');
  await page.getByText('各项之和等于预算').waitFor();
  await desk.expectSound();
  await desk.close();
  expect(await statusOf(caseId)).toBe('paid');
}, 240_000);

const openClaim = async (visit: Visit, base: string): Promise<void> => {
  await visit.open(`${base}/clawbacks`);
  await visit.page
    .getByRole('row', { name: new RegExp(BUYER) })
    .getByRole('link')
    .click();
  await heading(visit.page, `追回 ${BUYER}`);
};

test('a revocation in the ledger opens a claim, which one officer demands and another approves', async () => {
  await revoke(market, LASER.name);
  const first = await market.enter('subsidy-officer');
  await expect
    .poll(
      async () => {
        await first.open('/subsidy/clawbacks');
        return first.page.getByRole('row', { name: new RegExp(BUYER) }).count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await openClaim(first, '/subsidy');
  await first.page.getByText('已付 500,000.00 元，按现在的事实应得 0.00 元').waitFor();
  await first.page.getByText('合同登记已被撤销').first().waitFor();
  await first.expectSound();
  await first.page.getByRole('button', { name: '提出追回' }).click();
  const dialog = first.page.getByRole('dialog');
  await dialog.getByRole('button', { name: '提出追回' }).click();
  await dialog.getByText('2 至 500 字，写入留痕').first().waitFor();
  await first.expectSound();
  await dialog.getByLabel('理由').fill('登记已被撤销，补助应予追回');
  await dialog.getByRole('button', { name: '提出追回' }).click();
  await said(first.page, '已提出，等待另一人批准');
  expect(await first.page.getByRole('button', { name: '批准追回' }).count()).toBe(0);
  await first.close();
  const second = await market.enter('subsidy-officer', { nth: 1 });
  await openClaim(second, '/subsidy');
  await confirmAct(second.page, '批准追回');
  await said(second.page, '已批准，等待退款');
  await second.expectSound();
  await second.close();
}, 240_000);

test('finance enters the repayment in two parts, another confirms each, and it is closed', async () => {
  const desk = await market.enter('finance-officer');
  const { page } = desk;
  await openClaim(desk, '/finance');
  const dialog = page.getByRole('dialog');
  const confirmByAnother = async (saying: string): Promise<void> => {
    await page.getByText('等待另一人确认').first().waitFor();
    expect(await page.getByRole('button', { name: '确认退款' }).count()).toBe(0);
    await desk.expectSound();
    const another = await market.enter('finance-officer', { nth: 1 });
    await openClaim(another, '/finance');
    await another.page.getByRole('button', { name: '确认退款' }).click();
    await another.page.keyboard.press('Enter');
    await another.page.getByText('待确认退款').first().waitFor();
    if (!(await another.page.getByRole('dialog').isVisible())) {
      await another.page.getByRole('button', { name: '确认退款' }).click();
    }
    await another.expectSound();
    await another.page.getByRole('dialog').getByRole('button', { name: '确认退款' }).click();
    await said(another.page, saying);
    await another.close();
    await openClaim(desk, '/finance');
  };
  const enter = async (yuan: string, reference: string): Promise<void> => {
    if (!(await dialog.isVisible())) {
      await page.getByRole('button', { name: '登记退款' }).click();
    }
    await dialog.getByLabel('金额单位').selectOption('yuan');
    await dialog.getByLabel('退款金额').fill(yuan);
    await dialog.getByLabel('银行流水号').fill(reference);
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: '登记退款' }).click();
  };
  desk.expectRefusal();
  await enter('500000.01', 'BANK-8000');
  await dialog.getByText('退款超过尚未退还的金额').waitFor();
  expect(await dialog.getByLabel('银行流水号').inputValue()).toBe('BANK-8000');
  await desk.expectSound();
  await enter('200000', 'BANK-8001');
  await said(page, '退款已登记，等待另一人确认');
  await confirmByAnother('退款已确认入账');
  await page.getByText('200,000.00').first().waitFor();
  await enter('300000', 'BANK-8002');
  await said(page, '退款已登记，等待另一人确认');
  await confirmByAnother('已全部退还，结清');
  await page.getByText('已结清').first().waitFor();
  await desk.expectSound();
  await desk.open('/finance/budget');
  await page.getByRole('row', { name: /已追回 500,000.00/ }).waitFor();
  await desk.expectSound();
  await desk.close();
}, 240_000);

test('the auditor reads all of it and finds no act', async () => {
  const desk = await market.enter('auditor');
  const { page } = desk;
  const paths = [
    ...['/subsidy/todo', '/subsidy/cases', `/subsidy/cases/${caseId}`, '/subsidy/clawbacks'],
    ...['/finance/batches', batchPath, '/finance/bank', '/finance/clawbacks', '/finance/budget'],
  ];
  for (const path of paths) {
    await desk.open(path);
    expect(await page.locator('main .primary').count(), path).toBe(0);
    expect(await page.locator('main .page-actions button').count(), path).toBe(0);
    await desk.expectSound();
  }
  await desk.close();
}, 240_000);

test('on a phone a line of the calculation opens its source as a sheet, and nothing runs over', async () => {
  const desk = await market.enter('auditor', { size: 'phone' });
  const { page } = desk;
  await desk.open(`/subsidy/cases/${caseId}`);
  await desk.expectSound();
  await page.getByRole('button', { name: '实际到账（1 笔）' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('11,000,000.00').first().waitFor();
  await desk.expectSound();
  await page.keyboard.press('Escape');
  await expect.poll(() => sheet.isVisible()).toBe(false);
  for (const path of ['/subsidy/cases', '/finance/batches', batchPath, '/finance/bank']) {
    await desk.open(path);
    await desk.expectSound();
  }
  await desk.close();
}, 240_000);

test('the pages are whole in English, wide and narrow', async () => {
  for (const size of ['desk', 'phone'] as const) {
    const desk = await market.enter('auditor', { language: 'en', size });
    await desk.open(`/subsidy/cases/${caseId}`);
    await desk.page.getByRole('heading', { level: 1, name: /^Buyer subsidy/ }).waitFor();
    await desk.expectSound();
    const paths = ['/subsidy/clawbacks', '/subsidy/notices', '/subsidy/schemes', '/finance/budget'];
    for (const path of paths) {
      await desk.open(path);
      await desk.expectSound();
    }
    await desk.close();
  }
}, 240_000);
