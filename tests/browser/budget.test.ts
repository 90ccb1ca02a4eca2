import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleSnapshot } from '@jishi/console/testing/sample-snapshot';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './chromium.ts';
import { builtConsole, type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openPage, textOf, untilReady } from './open-page.ts';

/** Gzipped bytes that a first view of the live page may load (docs/design.md §10). */
const SCRIPT_BEFORE_TEXT_MAX = 100_000;
const DESK_SCRIPT_MAX = 320_000;
const PAGE_SCRIPT_MAX = 30_000;
const CHART_MAX = 200_000;
const STYLE_MAX = 30_000;

let browser: Browser;
let server: ConsoleServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([
    launchBrowser(),
    startConsoleServer({ snapshot: sampleSnapshot() }),
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** What a page loads, gzipped bytes by path; ask after it is ready. */
const watchSizes = (page: Page) => {
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/\.(js|css)$/.test(pathname)) {
      sizes.set(
        pathname,
        response.body().then((body) => gzipSync(body).length),
      );
    }
  });
  return async (matches: (path: string) => boolean): Promise<number> => {
    const chosen = [...sizes].filter(([path]) => matches(path)).map(([, size]) => size);
    return (await Promise.all(chosen)).reduce((sum, size) => sum + size, 0);
  };
};

test('the live page loads little before its text, and the pictures beside it', async () => {
  const { page, close } = await openPage(browser, 'about:blank', { width: 1920, height: 1080 });
  const total = watchSizes(page);
  await page.goto(`${server.url}/live`);
  await untilReady(page);
  const isChart = (path: string) => /\/chart-[\w-]+\.js$/.test(path);
  const isBeside = (path: string) => isChart(path) || /\/waterfall-[\w-]+\.js$/.test(path);
  const chart = await total(isChart);
  expect(chart).toBeGreaterThan(0);
  expect(chart).toBeLessThanOrEqual(CHART_MAX);
  expect(await total(isBeside)).toBeLessThanOrEqual(CHART_MAX);
  expect(await total((path) => path.endsWith('.js') && !isBeside(path))).toBeLessThanOrEqual(
    SCRIPT_BEFORE_TEXT_MAX,
  );
  expect(await total((path) => path.endsWith('.css'))).toBeLessThanOrEqual(STYLE_MAX);
  await close();
});

test('without the chart the figures are there, and the missing picture is said', async () => {
  const { page, close } = await openPage(browser, 'about:blank', { width: 1440, height: 900 });
  await page.route(/\/chart-[\w-]+\.js$/, (route) => route.abort());
  await page.goto(`${server.url}/live`);
  await page.getByText('图形未能加载，数字见数据表。').waitFor();
  expect(await textOf(page.locator('.number-index'))).toContain('1120.9');
  await page.getByRole('button', { name: '数据表' }).click();
  expect(await textOf(page.locator('.line .numbers'))).toContain('1120.87');
  await close();
});

test('a page in the frame loads the shell and its own code, within the budget', async () => {
  const { page, close } = await openPage(browser, 'about:blank', { width: 1440, height: 900 });
  const total = watchSizes(page);
  await page.goto(`${server.url}/`);
  await untilReady(page);
  expect(await total((path) => path.endsWith('.js'))).toBeLessThanOrEqual(DESK_SCRIPT_MAX);
  expect(await total((path) => path.endsWith('.css'))).toBeLessThanOrEqual(STYLE_MAX);
  await close();
});

test('no page brings more than its share of code', async () => {
  const folder = join(await builtConsole(), 'assets');
  const pages = (await readdir(folder)).filter((name) => /-page-[\w-]+\.js$/.test(name));
  expect(pages.length).toBeGreaterThan(2);
  for (const name of pages) {
    const bytes = gzipSync(await readFile(join(folder, name))).length;
    expect(bytes, name).toBeLessThanOrEqual(PAGE_SCRIPT_MAX);
  }
});
