import { sampleSnapshot, youngSnapshot } from '@jishi/console/testing/sample-snapshot';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from './chromium.ts';
import { type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openPage, textOf, untilReady, type Watched } from './open-page.ts';

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

beforeEach(() => {
  server.publish(sampleSnapshot());
});

const WALL = { width: 1920, height: 1080 };
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 800 };

const expectClean = async (watched: Watched): Promise<void> => {
  expect(watched.consoleErrors).toStrictEqual([]);
  expect(watched.foreignRequests).toStrictEqual([]);
  expect(await watched.policyBreaches()).toStrictEqual([]);
};

/** One more contract, registered now: what the ledger sends when the numbers move. */
const moved = (): LiveSnapshot => {
  const before = sampleSnapshot();
  const [line] = before.feed;
  if (!line) throw new Error('the sample has no feed');
  const seq = before.head.seq + 4;
  const head = { ...before.head, seq };
  return {
    ...before,
    head,
    asOf: head,
    gauge: { ...before.gauge, contractValueFen: '10250000000000' },
    running: before.running && { ...before.running, value: '1140.00' },
    feed: [{ ...line, seq, fieldCode: 'nuclear', publishedValueFen: null }, ...before.feed],
    registeredToday: 88,
  };
};

test('the wall shows the three numbers, the line, the tiles, the fields and the feed', async () => {
  const watched = await openPage(browser, `${server.url}/live`, WALL);
  const { page } = watched;
  await untilReady(page);
  const text = await textOf(page.locator('body'));
  for (const shown of [
    ...['1120.9', '+8.6%', '1021.37', '沿用 2025 年目标 1200 亿元', '85.1%', '差 178.62 亿元'],
    ...['时序进度 88.4%', '6.15', '剩 29 个工作日', '1178.55', '11月暂估', '1131.3'],
    ...['工业园区', '1186.4', '示意位置，非行政区划图', '266.01', '未公布', '金额未公开'],
    ...[
      '今日 87 份',
      '截至 2026-11-20',
      '合成数据',
      '公众步进视图',
      '账本 #184327',
      '苏州技术交易市场',
    ],
  ]) {
    expect(text).toContain(shown);
  }
  expect(await page.locator('.line-picture svg').innerHTML()).toContain('春节');
  await expectClean(watched);
  await watched.close();
});

test('a new snapshot moves the page without a reload', async () => {
  const watched = await openPage(browser, `${server.url}/live`, WALL);
  const { page } = watched;
  await untilReady(page);
  await page.evaluate('window.notReloaded = true');
  server.publish(moved());
  await page.getByText('今日 88 份').waitFor();
  expect(await textOf(page.locator('.number-gauge'))).toContain('1025.00');
  expect(await textOf(page.locator('.line .meta'))).toContain('1140.0');
  expect(await textOf(page.locator('.feed-row').first())).toContain('核应用');
  expect(await page.locator('.feed-row.fresh').count()).toBe(1);
  expect(await page.evaluate('window.notReloaded')).toBe(true);
  await expectClean(watched);
  await watched.close();
});

test('on the wall nothing is cut off, nothing scrolls and no text is below 24 px', async () => {
  for (const query of ['?view=wall', '?view=focus', '?view=wall&lang=en', '?view=focus&lang=en']) {
    const watched = await openPage(browser, `${server.url}/live${query}`, WALL);
    await untilReady(watched.page);
    const found = await watched.page.evaluate<string[]>(`(() => {
      const wrong = [];
      for (const card of document.querySelectorAll('.card')) {
        if (card.scrollHeight > card.clientHeight + 1) wrong.push(card.className + ' is cut off');
        if (card.scrollWidth > card.clientWidth + 1) wrong.push(card.className + ' is too wide');
      }
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!element || element.closest('noscript, .visually-hidden, script, title')) continue;
        const size = Number.parseFloat(getComputedStyle(element).fontSize);
        if (walker.currentNode.textContent.trim() && size < 24) {
          wrong.push(walker.currentNode.textContent + ' ' + size);
        }
      }
      if (document.documentElement.scrollHeight > innerHeight) wrong.push('the wall scrolls');
      return wrong;
    })()`);
    expect(found, query).toStrictEqual([]);
    await watched.close();
  }
});

test('the stage is scaled by one factor: twice as large on 3840 × 2160', async () => {
  const watched = await openPage(browser, `${server.url}/live`, { width: 3840, height: 2160 });
  await untilReady(watched.page);
  const box = await watched.page.locator('.number-index').boundingBox();
  expect(box && Math.round(box.width)).toBe(904);
  await watched.close();
});

test.each([
  ['wall', '/live', { ...WALL }],
  ['focus in English', '/live?view=focus&lang=en', { ...WALL }],
  ['desk', '/live', { ...DESK }],
  ['desk, dark', '/live', { ...DESK, dark: true }],
  ['phone', '/live', { ...PHONE }],
  ['phone in English, dark', '/live?lang=en', { ...PHONE, dark: true }],
  ['home', '/', { ...DESK }],
  ['home on the phone, dark', '/', { ...PHONE, dark: true }],
] as const)('axe finds nothing: %s', async (_name, path, options) => {
  const watched = await openPage(browser, `${server.url}${path}`, options);
  await untilReady(watched.page);
  expect(await violationsOn(watched.page, 'all')).toStrictEqual([]);
  await expectClean(watched);
  await watched.close();
});

test.each(['/', '/live', '/live?lang=en', '/sign-in', '/sign-in?lang=en', '/?lang=en'])(
  'at 360 px nothing scrolls sideways: %s',
  async (path) => {
    const watched = await openPage(browser, `${server.url}${path}`, PHONE);
    await untilReady(watched.page);
    const width = await watched.page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(PHONE.width);
    await watched.close();
  },
);

test('the table behind the line opens by keyboard and has the months', async () => {
  const watched = await openPage(browser, `${server.url}/live`, DESK);
  const { page } = watched;
  await untilReady(page);
  await page.getByRole('button', { name: '数据表' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('.line .numbers tbody tr').count()).toBe(24);
  expect(await textOf(page.locator('.line .numbers'))).toContain('1120.87');
  await page.getByRole('button', { name: '收起数据表' }).click();
  expect(await page.locator('.line .numbers').count()).toBe(0);
  await expectClean(watched);
  await watched.close();
});

test('on the desk a figure is a door to its source, and hovering tells exact yuan', async () => {
  const watched = await openPage(browser, `${server.url}/live`, DESK);
  const { page } = watched;
  await untilReady(page);
  expect(await page.locator('.number-gauge .big').getAttribute('title')).toBe(
    '102,137,125,000.00 元',
  );
  const href = await page.getByRole('link', { name: /昆山/ }).first().getAttribute('href');
  expect(href).toBe('/indices?cell=district:kunshan');
  await watched.close();
});

test('English is kept in the address and the Chinese page has none', async () => {
  const watched = await openPage(browser, `${server.url}/live`, DESK);
  const { page } = watched;
  await untilReady(page);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'District indices' }).waitFor();
  expect(page.url()).toBe(`${server.url}/live?lang=en`);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading', { name: 'The market today' }).waitFor();
  expect(page.url()).toBe(`${server.url}/?lang=en`);
  await watched.close();
});

test('before twelve base months and the first contract the page speaks in words', async () => {
  server.publish(youngSnapshot());
  const watched = await openPage(browser, `${server.url}/live`, WALL);
  await untilReady(watched.page);
  const text = await textOf(watched.page.locator('body'));
  expect(text).toContain('尚未定义');
  expect(text).toContain('基期未满 12 个月，满后公布');
  expect(text).toContain('还没有登记的合同');
  await expectClean(watched);
  await watched.close();
});
