import { sampleSnapshot } from '@jishi/console/testing/sample-snapshot';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from './chromium.ts';
import { type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openPage, textOf, untilReady } from './open-page.ts';
import { enterOperator, me, OPERATOR } from './operator.ts';

let browser: Browser;
let server: ConsoleServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([
    launchBrowser(),
    startConsoleServer({
      snapshot: sampleSnapshot(),
      person: OPERATOR,
    }),
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const DESK = { width: 1440, height: 900 };
const STORED = 'JSON.stringify([localStorage.length, sessionStorage.length])';

const signInAs = async (page: Page): Promise<void> => {
  await enterOperator(page);
  // The person's desk opens; these tests are about the page of the session itself.
  await page.getByRole('link', { name: `已登录 ${me.name}` }).click();
  await page.getByRole('heading', { name: '已登录' }).waitFor();
};

test('who never signed in is not asked about: no page logs a refusal', async () => {
  const watched = await openPage(browser, `${server.url}/sign-in`, DESK);
  await untilReady(watched.page);
  await watched.page.getByRole('link', { name: '首页' }).first().click();
  await watched.page.getByRole('heading', { name: '今天的市场' }).waitFor();
  expect(await textOf(watched.page.locator('.frame-account'))).toBe('登录');
  expect(watched.consoleErrors).toStrictEqual([]);
  await watched.close();
});

test('signed in, every page says who in place of the way in, and still does after a reload', async () => {
  const { page, close } = await openPage(browser, `${server.url}/sign-in`, DESK);
  await signInAs(page);
  expect(await page.getByRole('link', { name: '登录', exact: true }).count()).toBe(0);
  await page.goto(`${server.url}/`);
  await page.getByRole('link', { name: `已登录 ${me.name}` }).click();
  await page.reload();
  await page.getByRole('heading', { name: '已登录' }).waitFor();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('link', { name: '登录', exact: true }).waitFor();
  await close();
});

test('a token for a service is copied, or shown where the clipboard is refused', async () => {
  const { page, close } = await openPage(browser, `${server.url}/sign-in`, DESK);
  await signInAs(page);
  await page.evaluate(`navigator.clipboard.writeText = async (text) => { window.copied = text; }`);
  const ledger = page.locator('.token-list li').nth(1);
  expect(await ledger.getByRole('link').getAttribute('href')).toBe('/api/ledger/docs');
  await ledger.getByRole('button', { name: '复制令牌' }).click();
  await ledger.getByText(/^已复制/).waitFor();
  expect(await page.evaluate('window.copied')).toBe('bearer-for-ledger');
  expect(await textOf(ledger)).not.toContain('bearer-for-ledger');

  await page.evaluate(`navigator.clipboard.writeText = async () => { throw new Error('no'); }`);
  await ledger.getByRole('button', { name: '复制令牌' }).click();
  await ledger.getByText('bearer-for-ledger').waitFor();
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  expect(await page.evaluate(STORED)).toBe('[0,0]');
  // The server's clock is the machine's, the page's the sample's: forward beyond both.
  await page.clock.fastForward(30 * 24 * 3_600_000);
  await ledger.getByText('bearer-for-ledger').waitFor({ state: 'detached' });
  await close();
});

test('errors stand at their field and focus goes to the first; nothing is sent', async () => {
  const { page, close } = await openPage(browser, `${server.url}/sign-in`, DESK);
  await untilReady(page);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url()));
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('填写电子邮箱').waitFor();
  await page.getByText('填写密码').waitFor();
  expect(await page.evaluate('document.activeElement.id')).toBe('email');
  expect(await page.locator('#email').getAttribute('aria-describedby')).toBe('email-error');
  expect(sent).toStrictEqual([]);
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  await close();
});

test('a wrong password is said, and what was typed stays', async () => {
  const { page, close } = await openPage(browser, `${server.url}/sign-in`, DESK);
  await untilReady(page);
  await page.getByLabel('电子邮箱').fill(me.email);
  await page.getByLabel('密码').fill('not the password');
  await page.keyboard.press('Enter');
  await page.getByText('邮箱或密码不对。').waitFor();
  expect(await page.getByLabel('电子邮箱').inputValue()).toBe(me.email);
  await close();
});

test('signed in, the page says who one is; nothing is kept in web storage', async () => {
  const { page, policyBreaches, close } = await openPage(browser, `${server.url}/sign-in`, DESK);
  await signInAs(page);
  await page.getByText('苏州技术交易所(示例)').waitFor();
  expect(await textOf(page.locator('main'))).toContain('交易所运营');
  const exact = page.getByRole('link', { name: '查看精确实时屏' });
  expect(await exact.getAttribute('href')).toBe('/live?exact=1');
  expect(await page.evaluate(STORED)).toBe('[0,0]');
  // Says that somebody signed in, and nothing else: the session's cookie is out of reach.
  expect(await page.evaluate('document.cookie')).toBe('jishi.signed-in=1');
  expect(await violationsOn(page, 'all')).toStrictEqual([]);
  expect(await policyBreaches()).toStrictEqual([]);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByLabel('密码').waitFor();
  await page.reload();
  await page.getByLabel('密码').waitFor();
  await close();
});
