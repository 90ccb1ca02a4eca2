import { AxeBuilder } from '@axe-core/playwright';
import { sampleSnapshot } from '@jishi/console/testing/sample-snapshot';
import { Me } from '@jishi/contracts/market/accounts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './chromium.ts';
import { type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openPage, textOf, untilReady } from './open-page.ts';

const me = Me.parse({
  userId: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e01',
  name: '周运营',
  email: 'operator@example.cn',
  membership: {
    id: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e02',
    status: 'active',
    manages: false,
    organisation: {
      id: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e03',
      kind: 'office',
      name: '苏州技术交易所(示例)',
      uscc: null,
      country: null,
      partyId: null,
      nature: 'government',
      district: 'gusu',
      verified: true,
      demo: true,
    },
  },
  roles: ['exchange-operator'],
});

let browser: Browser;
let server: ConsoleServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([
    launchBrowser(),
    startConsoleServer({
      snapshot: sampleSnapshot(),
      person: { email: me.email, password: 'a long enough password', me },
    }),
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const DESK = { width: 1440, height: 900 };
const STORED = 'JSON.stringify([localStorage.length, sessionStorage.length])';

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
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((violation) => violation.id)).toStrictEqual([]);
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
  await untilReady(page);
  await page.getByLabel('电子邮箱').fill(me.email);
  await page.getByLabel('密码').fill('a long enough password');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('苏州技术交易所(示例)').waitFor();
  expect(await textOf(page.locator('main'))).toContain('交易所运营');
  const exact = page.getByRole('link', { name: '查看精确实时屏' });
  expect(await exact.getAttribute('href')).toBe('/live?exact=1');
  expect(await page.evaluate(STORED)).toBe('[0,0]');
  expect(await page.evaluate('document.cookie')).toBe('');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((violation) => violation.id)).toStrictEqual([]);
  expect(await policyBreaches()).toStrictEqual([]);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByLabel('密码').waitFor();
  await page.reload();
  await page.getByLabel('密码').waitFor();
  await close();
});
