import { sampleSnapshot } from '@jishi/console/testing/sample-snapshot';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from './chromium.ts';
import { type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openPage, textOf, untilReady, type Watched } from './open-page.ts';
import { enterOperator, OPERATOR } from './operator.ts';

vi.setConfig({ testTimeout: 90_000 });

let browser: Browser;
let server: ConsoleServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([
    launchBrowser(),
    startConsoleServer({ snapshot: sampleSnapshot(), person: OPERATOR }),
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 780 };

const settled = async (page: Page): Promise<void> => {
  await untilReady(page);
  await page.locator('.vintage-picture[data-drawn]').waitFor();
  await page.locator('.map-tile').first().waitFor();
};

const expectClean = async (watched: Watched): Promise<void> => {
  expect(watched.consoleErrors).toStrictEqual([]);
  expect(watched.foreignRequests).toStrictEqual([]);
  expect(await watched.policyBreaches()).toStrictEqual([]);
};

test.each([
  ['desk', '/indices', { ...DESK }],
  ['desk, dark, in English', '/indices?cell=district:sip&lang=en', { ...DESK, dark: true }],
  ['phone', '/indices?by=field', { ...PHONE }],
  ['phone in English', '/indices?cell=city@12&lang=en', { ...PHONE }],
] as const)('axe finds nothing and nothing scrolls sideways: %s', async (_name, path, options) => {
  const watched = await openPage(browser, `${server.url}${path}`, options);
  const { page } = watched;
  await settled(page);
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.width);
  await expectClean(watched);
  await watched.close();
});

test('the public reads both vintages, what the labels mean, and no restated value', async () => {
  const watched = await openPage(browser, `${server.url}/indices`, DESK);
  const { page } = watched;
  await settled(page);
  await page.locator('summary', { hasText: '各月各版次' }).focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: '各月各版次' });
  const restated = await textOf(table.getByRole('row', { name: '2025-11' }));
  expect(restated).toContain('第 2 次 C 更正');
  expect(await table.getByRole('columnheader', { name: '现在重述' }).count()).toBe(0);
  await page.getByText('标记是什么意思').click();
  await page.getByText('R1 数据：合同新增、变更、注销或撤销。').waitFor();
  expect(await page.getByText('现在重述').count()).toBe(0);
  expect(await page.getByText('合同明细').count()).toBe(0);
  await expectClean(watched);
  await watched.close();
});

test('choosing a series keeps it in the address and opens it with its gaps told', async () => {
  const watched = await openPage(browser, `${server.url}/indices`, DESK);
  const { page } = watched;
  await settled(page);
  await page.getByLabel('序列').selectOption('field:energy');
  await page.getByRole('heading', { name: '新能源与节能技术交易指数' }).waitFor();
  expect(new URL(page.url()).searchParams.get('cell')).toBe('field:energy');
  await page.getByText('没有公布值的月份：2025-07 合同太少、2026-02 合同太少。').waitFor();
  await page.getByText('公众只能看全市的贡献分解').waitFor();
  await page.getByLabel('月份').selectOption('2026-02');
  await page.getByRole('heading', { name: '2026年2月指数' }).waitFor();
  expect(await textOf(page.locator('.answer-amount'))).toContain('合同太少，不公布');
  await expectClean(watched);
  await watched.close();
});

test('the districts stand twice: a hidden one says why in both, and is no zero', async () => {
  const watched = await openPage(browser, `${server.url}/indices`, DESK);
  const { page } = watched;
  await settled(page);
  const hidden = page.locator('.map-level-none');
  expect(await hidden.count()).toBe(2);
  for (const text of await hidden.allInnerTexts()) {
    expect(text).toContain('合同太少');
    expect(text).not.toMatch(/\b0(\.0+)?\b/);
  }
  await page.locator('.map-tile').getByText('高新区').first().click();
  await page.getByRole('heading', { name: /虎丘区.*技术交易指数/ }).waitFor();
  await watched.close();
});

test('an operator reads all vintages, single contracts and the contracts behind a value', async () => {
  const watched = await openPage(browser, `${server.url}/sign-in`, DESK);
  const { page } = watched;
  await enterOperator(page);
  await page.goto(`${server.url}/indices`);
  await settled(page);
  await page.getByText('精确视图：公众看不到的值也在这里').waitFor();
  await page.locator('summary', { hasText: '各月各版次' }).click();
  const head = page.getByRole('columnheader', { name: '现在重述' });
  await head.waitFor();
  await page.getByRole('link', { name: '单份合同' }).click();
  expect(new URL(page.url()).searchParams.get('by')).toBe('contract');
  await page.getByRole('heading', { name: '合同明细' }).waitFor();
  await page.getByText('87 份合同，81 个交易单元').waitFor();
  await page.getByText('关联交易，不计入').waitFor();
  await page.getByRole('button', { name: '下一页' }).waitFor();
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  await watched.close();
});

test('the calendar says what comes when and what has come', async () => {
  const { page, close } = await openPage(browser, `${server.url}/indices`, DESK);
  await settled(page);
  const table = page.getByRole('table', { name: '发布日历' });
  const october = await textOf(table.getByRole('row', { name: /^2026-10/ }));
  expect(october).toContain('2026-11-05 已发布');
  expect(october).toContain('待发布');
  expect(await textOf(table.getByRole('row', { name: /^2026-11/ }))).not.toContain('已发布');
  // Nothing of November by the end of the year: overdue, and said so.
  await page.clock.setFixedTime('2026-12-31T04:00:00.000Z');
  await page.reload();
  await untilReady(page);
  const november = await textOf(table.getByRole('row', { name: /^2026-11/ }));
  expect(november).toContain('已过期，未发布');
  expect(await textOf(table.getByRole('row', { name: /^2026-10/ }))).not.toContain('已过期');
  await page.getByText('带“预”的日期').waitFor();
  await close();
});

test('when the ledger does not answer the page says so and offers to try again', async () => {
  const { page, close } = await openPage(browser, 'about:blank', DESK);
  await page.route('**/api/ledger/index/**', (route) => route.fulfill({ status: 503, body: '{}' }));
  await page.goto(`${server.url}/indices`);
  await page.locator('main').getByRole('alert').waitFor();
  await page.unroute('**/api/ledger/index/**');
  await page.getByRole('button', { name: '重试' }).first().click();
  await settled(page);
  await close();
});

test('the public reads the contributions of a publication, or why it has none', async () => {
  const watched = await openPage(browser, `${server.url}/indices?by=district`, DESK);
  const { page } = watched;
  await settled(page);
  const part = page.locator('#contributions');
  await part.locator('.fall').waitFor();
  expect(await textOf(part.locator('.fall-sum'))).toContain('合计 +13.36 点');
  await page.getByLabel('月份').selectOption('2026-09');
  await part.getByText('这次发布没有公布贡献分解：变动的合同太少，待下次一并公布。').waitFor();
  await expectClean(watched);
  await watched.close();
});
