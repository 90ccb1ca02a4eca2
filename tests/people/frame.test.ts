import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleMarket, type PeopleMarket } from './market.ts';

let market: PeopleMarket;

beforeAll(async () => {
  market = await openPeopleMarket();
}, 180_000);
afterAll(async () => {
  await market?.close();
});

test('each role sees its own pages, begins at its queue, and nothing it has no right to', async () => {
  const officer = await market.enter('listing-officer');
  await officer.page.waitForURL(`${market.url}/desk/listings`);
  const side = officer.page.getByRole('navigation', { name: '主导航' });
  await side.getByRole('link', { name: '我的成果' }).waitFor();
  expect(await side.getByRole('link', { name: '审核队列' }).count()).toBe(0);
  expect(await side.getByRole('link').count()).toBeLessThanOrEqual(11);
  await officer.open('/registry/queue');
  await officer.page.getByRole('heading', { name: '没有找到，或无权查看' }).waitFor();
  await officer.expectSound();
  await officer.close();
});

test('after signing in somebody is back at the page meant before', async () => {
  const visitor = await market.visit();
  await visitor.page.goto(`${market.url}/sign-in?back=%2Fdesk%2Fcontracts%3Fstatus%3Dsigned`);
  const [account] = market.accounts.filter((a) => a.roles.includes('buyer'));
  await visitor.page.getByLabel('电子邮箱').fill(account?.email ?? '');
  await visitor.page.getByLabel('密码').fill(account?.password ?? '');
  await visitor.page.getByRole('button', { name: '登录', exact: true }).click();
  await visitor.page.waitForURL(`${market.url}/desk/contracts?status=signed`);
  await visitor.close();
});

test('an unknown address says so, in the language asked for, and leads home', async () => {
  const visitor = await market.visit({ language: 'en', size: 'phone' });
  await visitor.open('/no-such-page');
  await visitor.page.getByRole('heading', { name: 'Not found, or not yours to see' }).waitFor();
  await visitor.expectSound();
  await visitor.page.getByRole('button', { name: 'Menu' }).click();
  await visitor.expectSound();
  await visitor.close();
});
