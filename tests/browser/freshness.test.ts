import { sampleSnapshot } from '@jishi/console/testing/sample-snapshot';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from './chromium.ts';
import { type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openPage, textOf, untilReady } from './open-page.ts';

let browser: Browser;
let server: ConsoleServer;

beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
beforeEach(async () => {
  server = await startConsoleServer({ snapshot: sampleSnapshot() });
});
afterEach(async () => {
  await server.close();
});
afterAll(async () => {
  await browser?.close();
});

const WALL = { width: 1920, height: 1080 };

test('when the stream stops the page says so in words and never looks current', async () => {
  const { page, close } = await openPage(browser, `${server.url}/live`, WALL);
  await untilReady(page);
  expect(await textOf(page.locator('.freshness'))).toContain('实时');

  server.fallSilent();
  await page.clock.fastForward(40_000);
  await page.getByText(/延迟 4\d 秒，正在重连/).waitFor();
  expect(await textOf(page.locator('.number-gauge'))).toContain('1021.37');
  expect(await page.locator('.stage.is-stopped').count()).toBe(0);

  await page.clock.fastForward(120_000);
  await page.getByText(/数据停在 \d\d:\d\d，尚未恢复/).waitFor();
  await page.locator('.stage.is-stopped').waitFor();
  expect(await textOf(page.locator('.feed h2'))).toMatch(/^停在 \d\d:\d\d$/);
  expect(await textOf(page.locator('.number-gauge'))).toContain('1021.37');

  await page.clock.fastForward(3_600_000);
  await page.getByText('数据不可用').waitFor();
  for (const name of ['number-index', 'number-gauge', 'number-pace']) {
    expect(await textOf(page.locator(`.${name} .big`))).toContain('—');
  }
  expect(await textOf(page.locator('body'))).not.toContain('1021.37');
  await close();
});

test('when the ledger is back the page recovers without a hand', async () => {
  const { page, close } = await openPage(browser, `${server.url}/live`, WALL);
  await untilReady(page);
  server.fallSilent();
  await page.clock.fastForward(150_000);
  await page.getByText(/数据停在/).waitFor();
  server.recover();
  await page.clock.fastForward(31_000);
  await page.locator('.freshness.live').waitFor();
  expect(await page.locator('.stage.is-stopped').count()).toBe(0);
  expect(await textOf(page.locator('.feed h2'))).toBe('最新登记');
  await close();
});

test('a ledger that lives but has stopped counting is not shown as current', async () => {
  const { page, close } = await openPage(browser, `${server.url}/live`, WALL);
  await untilReady(page);
  server.beat('behind');
  await page.getByText('正在计入新事件').waitFor();
  server.beat('broken');
  await page.getByText('计算中断，数据停在账本 #184322').waitFor();
  await page.locator('.stage.is-stopped').waitFor();
  server.beat('live');
  await page.locator('.freshness.live').waitFor();
  await close();
});

test('opened while the ledger is down it says what happened, and retries', async () => {
  server.fallSilent();
  const { page, close } = await openPage(browser, `${server.url}/live`, {
    width: 360,
    height: 800,
  });
  await page.getByRole('heading', { name: '没有读到数据' }).waitFor();
  expect(await textOf(page.locator('.request-id'))).toMatch(/^编号 [\w-]+$/);
  server.recover();
  await page.getByRole('button', { name: '重试' }).click();
  await untilReady(page);
  expect(await textOf(page.locator('.number-index'))).toContain('1120.9');
  await close();
});
