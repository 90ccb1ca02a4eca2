import { sampleSnapshot } from '@jishi/console/testing/sample-snapshot';
import { sampleFrame } from '@jishi/console/testing/sample-values';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from './chromium.ts';
import { type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openPage, textOf, untilReady } from './open-page.ts';
import { enterOperator, OPERATOR } from './operator.ts';

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

beforeEach(() => {
  server.publish(sampleSnapshot());
});

const WALL = { width: 1920, height: 1080 };
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 780 };

const exactly = (): LiveSnapshot => ({ ...sampleSnapshot(), exact: true });

/** Printed points of a waterfall on the page, in hundredths: first value, steps, last value. */
const hundredths = async (page: Page): Promise<number[]> => {
  const cells = await page.locator('.contributions .fall tbody td.right').allInnerTexts();
  const digits = cells.map((cell) => cell.replace('−', '-').replace(/[▲▼—+\s]/g, ''));
  return digits.map((text) => Math.round(Number(text) * 100));
};

test.each([
  ['wall', '/live?view=wall', WALL],
  ['desk, by district', '/live?by=district', DESK],
  ['phone, by field, in English', '/live?by=field&lang=en', PHONE],
])('the printed contributions add up to the printed change: %s', async (_name, path, size) => {
  const { page, close } = await openPage(browser, `${server.url}${path}`, size);
  await untilReady(page);
  await page.locator('.fall').waitFor();
  const shown = await hundredths(page);
  expect(shown.length).toBeGreaterThanOrEqual(7);
  expect(shown.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBe(shown.at(-1));
  expect(await textOf(page.locator('.fall-sum'))).toContain('+13.36');
  await close();
});

test('the parting is chosen by keyboard and kept in the address', async () => {
  const { page, close } = await openPage(browser, `${server.url}/live`, DESK);
  await untilReady(page);
  await page.getByRole('button', { name: '板块', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.fall').getByText('工业园区').waitFor();
  expect(new URL(page.url()).searchParams.get('by')).toBe('district');
  expect(await textOf(page.locator('.fall-sum'))).toContain('= 1120.87');
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  await close();
});

test.each([
  ['wall', '/live?view=wall', WALL, '合同太少'],
  ['desk', '/live', DESK, '合同太少'],
  ['phone in English', '/live?lang=en', PHONE, 'Too few deals'],
])('a hidden district says why, and is no zero: %s', async (_name, path, size, reason) => {
  const { page, close } = await openPage(browser, `${server.url}${path}`, size);
  await untilReady(page);
  const tile = page.locator('.tile.level-none');
  expect(await tile.count()).toBe(1);
  const text = await textOf(tile);
  expect(text).toContain(reason);
  expect(text).not.toMatch(/0\.0|\b0\b/);
  await close();
});

test('beside the level stand both changes, twelve months, and quietly the evidence', async () => {
  const { page, close } = await openPage(browser, `${server.url}/live`, DESK);
  await untilReady(page);
  const text = (await textOf(page.locator('.number-index'))).replace(/\s+/g, ' ');
  expect(text).toContain('环比▲+1.2%');
  expect(text).toContain('同比▲+8.6%');
  expect(text).toContain('近12个月1064.3');
  expect(text).toContain('证据 A');
  await close();
});

test('a frame moves only the cells that it names, and tells what moved', async () => {
  const { page, close } = await openPage(browser, `${server.url}/sign-in`, DESK);
  await enterOperator(page);
  server.publish(exactly());
  await page.goto(`${server.url}/live?exact=1`);
  await untilReady(page);
  await page.getByText('随登记逐笔更新').waitFor();
  const tile = (name: string) => page.locator('.tile', { hasText: name });
  const before = await textOf(tile('吴中'));
  server.push(
    sampleFrame(184_330, [
      ['city', '1140.00'],
      ['district:sip', '1190.02'],
    ]),
  );
  await page.getByText('账本 #184330 变动').waitFor();
  expect(await textOf(page.locator('.moves-line'))).toContain('1186.37 → 1190.02');
  expect(await textOf(tile('工业园区'))).toContain('1190.0');
  expect(await textOf(page.locator('.line .meta'))).toContain('1140.0');
  expect(await page.locator('.tile.moved').count()).toBe(1);
  expect(await textOf(tile('吴中'))).toBe(before);
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  await close();
});

test('the public follows no frames: its running month moves with the steps alone', async () => {
  const asked: string[] = [];
  const { page, close } = await openPage(browser, 'about:blank', DESK);
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${server.url}/live?exact=1`);
  await untilReady(page);
  await page.locator('.fall').waitFor();
  expect(asked).toContain('/api/ledger/live/stream');
  expect(asked).not.toContain('/api/ledger/index/stream');
  expect(await textOf(page.locator('.line .meta'))).toContain('11月暂估');
  await close();
});

test('without contributions the card says so and the rest of the screen stands', async () => {
  const { page, close } = await openPage(browser, 'about:blank', DESK);
  await page.route('**/api/ledger/index/contributions**', (route) =>
    route.fulfill({ status: 503, body: '{}' }),
  );
  await page.goto(`${server.url}/live`);
  await untilReady(page);
  await page.getByText('没有读到贡献分解').waitFor();
  await page.unroute('**/api/ledger/index/contributions**');
  await page.locator('.contributions').getByRole('button', { name: '重试' }).click();
  await page.locator('.fall').waitFor();
  await close();
});
