import { sampleSnapshot, youngSnapshot } from '@jishi/console/testing/sample-snapshot';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from './chromium.ts';
import { type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openPage, textOf, untilReady } from './open-page.ts';

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
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 800 };

/** Every district with the same value and change: the widest that a market may come to. */
const withDistricts = (value: string, basisPoints: number): LiveSnapshot => {
  const before = sampleSnapshot();
  return {
    ...before,
    districts: before.districts.map((now) => ({
      ...now,
      point: now.point && { ...now.point, value },
      monthOnMonthBp: basisPoints,
    })),
  };
};

/** Texts of a tile or a bar that touch each other or leave their box; widths are of the ink. */
const COLLISIONS = `(() => {
  const ink = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  };
  const wrong = [];
  const look = (box, names, outer) => {
    const isSeen = (part) => part?.innerText && part.getClientRects().length > 0;
    const parts = names.map((name) => box.querySelector(name)).filter(isSeen);
    const inks = parts.map(ink);
    const frame = outer.getBoundingClientRect();
    inks.forEach((a, i) => {
      if (a.left < frame.left || a.right > frame.right) wrong.push(parts[i].innerText + ' leaves');
      if (a.top < frame.top - 1 || a.bottom > frame.bottom + 1) {
        wrong.push(parts[i].innerText + ' is cut off');
      }
      inks.slice(i + 1).forEach((b) => {
        const apart = Math.max(a.left, b.left) - Math.min(a.right, b.right);
        const sameLine = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 8;
        if (sameLine && apart < 4) wrong.push(box.innerText + ' touch');
      });
    });
  };
  const card = document.querySelector('.districts').getBoundingClientRect();
  for (const tile of document.querySelectorAll('.tile')) {
    if (tile.getBoundingClientRect().bottom > card.bottom) wrong.push(tile.innerText + ' is out');
    look(tile, ['.tile-name', '.tile-value', '.tile-why', '.tile-change'], tile);
  }
  for (const row of document.querySelectorAll('.bar-row')) {
    look(row, ['.bar-name', '.bar-value'], row);
    const track = row.querySelector('.bar-track').getBoundingClientRect();
    if (ink(row.querySelector('.bar-name')).right > track.left - 4) {
      wrong.push(row.innerText + ' runs into its bar');
    }
  }
  return wrong;
})()`;

test.each([
  ['wall in English', '/live?lang=en&view=wall', WALL],
  ['wall', '/live?view=wall', WALL],
  ['desk in English', '/live?lang=en', DESK],
  ['desk in English at its narrowest', '/live?lang=en', { width: 1200, height: 900 }],
  ['desk', '/live', { width: 1200, height: 900 }],
  ['phone in English', '/live?lang=en', PHONE],
  ['phone', '/live', PHONE],
])('names, values and changes never touch: %s', async (_name, path, size) => {
  for (const [value, basisPoints] of [
    ['1529.39', -1_443],
    ['12345.67', 123_456],
  ] as const) {
    server.publish(withDistricts(value, basisPoints));
    const { page, close } = await openPage(browser, `${server.url}${path}`, size);
    await untilReady(page);
    expect(await page.evaluate<string[]>(COLLISIONS), value).toStrictEqual([]);
    await close();
  }
});

/** Every district hidden for the longest reason. */
const allHidden = (): LiveSnapshot => {
  const before = sampleSnapshot();
  return {
    ...before,
    districts: before.districts.map((now) => ({
      ...now,
      point: now.point && {
        ...now.point,
        ...({ value: null, state: 'hidden', reason: 'protects-neighbour' } as const),
      },
    })),
  };
};

test.each([
  ['wall in English', '/live?lang=en&view=wall', WALL],
  ['wall', '/live?view=wall', WALL],
  ['desk in English at its narrowest', '/live?lang=en', { width: 1200, height: 900 }],
  ['desk', '/live', { width: 1200, height: 900 }],
  ['phone in English', '/live?lang=en', PHONE],
  ['phone', '/live', PHONE],
])('reasons for hiding never touch a name or leave a tile: %s', async (_name, path, size) => {
  server.publish(allHidden());
  const { page, close } = await openPage(browser, `${server.url}${path}`, size);
  await untilReady(page);
  expect(await page.locator('.tile.level-none').count()).toBe(10);
  expect(await page.evaluate<string[]>(COLLISIONS)).toStrictEqual([]);
  await close();
});

test('industries without a value take one line, and open with their reasons', async () => {
  const { page, close } = await openPage(browser, `${server.url}/live`, PHONE);
  await untilReady(page);
  expect(await page.locator('.industries tbody tr').count()).toBe(3);
  const rest = page.locator('.industries details');
  expect(await textOf(rest)).toBe('其余 2 个门类：未定义或不公布');
  await page.locator('.industries summary').focus();
  await page.keyboard.press('Enter');
  expect(await textOf(rest)).toContain('合同太少，不公布');
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  await close();
});

test('an old registration recorded now shows its day; hovering tells both', async () => {
  const before = sampleSnapshot();
  const [line] = before.feed;
  if (!line) throw new Error('the sample has no feed');
  server.publish({ ...before, feed: [{ ...line, registeredOn: '2026-11-03' }, ...before.feed] });
  const { page, close } = await openPage(browser, `${server.url}/live`, DESK);
  await untilReady(page);
  const times = page.locator('.feed-row time');
  expect(await textOf(times.first())).toBe('11-03');
  expect(await times.first().getAttribute('title')).toBe(
    `登记日 2026-11-03；记入账本 ${line.recordedAt}`,
  );
  expect(await textOf(times.nth(1))).toBe('14:31');
  await close();
});

test('an empty chart says nothing of its axis', async () => {
  const { page, close } = await openPage(browser, `${server.url}/live`, DESK);
  await untilReady(page);
  expect(await textOf(page.locator('.line-foot'))).toContain('纵轴不从 0 开始');
  server.publish(youngSnapshot());
  await page.locator('.line .empty').waitFor();
  expect(await textOf(page.locator('.line-foot'))).not.toContain('纵轴');
  await close();
});

test('an address without a page says so in both languages and leads back', async () => {
  const { page, close } = await openPage(browser, `${server.url}/nonexistent?lang=en`, PHONE);
  await untilReady(page);
  const text = await textOf(page.locator('main'));
  expect(text).toContain('Not found, or not yours to see');
  expect(text).toContain('没有找到，或无权查看');
  expect(text).toContain('/nonexistent');
  expect(await page.title()).toContain('Not found');
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  await page.locator('main').getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading', { name: 'The market today' }).waitFor();
  await close();
});
