import { client } from '@jishi/contracts/client';
import { listRegistrations, readFeed } from '@jishi/contracts/ledger/endpoints';
import type { Disclosure } from '@jishi/contracts/ledger/proofs';
import { listSignedHeads } from '@jishi/contracts/ledger/proofs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PeopleMarket, Visit } from './market.ts';

const WAITS_MS = 180_000;

/** What the page says went wrong, whenever it does; never without. */
const refusalOn = async (page: Page): Promise<never> => {
  const alert = page.getByRole('alert').first();
  await alert.waitFor({ timeout: WAITS_MS });
  throw new Error(`instead of a file: ${await alert.textContent()}`);
};

/** Presses a button and gives what the browser downloads, as text. */
export const downloaded = async (page: Page, press: () => Promise<void>): Promise<string> => {
  const coming = page.waitForEvent('download', { timeout: WAITS_MS });
  const [file] = await Promise.all([Promise.race([coming, refusalOn(page)]), press()]);
  const stream = await file.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
};

const section = (page: Page, title: string) =>
  page.locator('section.section', { has: page.getByRole('heading', { name: title, level: 2 }) });

/** The lines of a check once it is through. */
const linesOf = async (page: Page, title: string): Promise<readonly string[]> => {
  const part = section(page, title);
  await part.locator('[data-checked]').waitFor({ timeout: 60_000 });
  return part.locator('.checks li').allTextContents();
};

/** A visitor asks for an event by its number, and then gives a text with one changed byte. */
export const checksAnEvent = async (market: PeopleMarket): Promise<void> => {
  const visitor = await market.visit();
  const { page } = visitor;
  await visitor.open('/verify');
  const title = '一条记录在不在账本里';
  await page.getByRole('button', { name: '核对' }).click();
  await page.getByText('填写一个账本序号').first().waitFor();
  await page.getByLabel('账本序号或信封原文').fill('7');
  await page.getByRole('button', { name: '核对' }).click();
  await section(page, title).getByText('3 项全部相符。').waitFor();
  expect((await linesOf(page, title))[1]).toContain('#7');
  await visitor.expectSound();
  const { items } = await client({ baseUrl: market.url })(readFeed, {
    query: { after: 6, limit: 1 },
  });
  const altered = (items[0]?.envelope ?? '').replace(/"version":/, '"version":9');
  await page.getByLabel('账本序号或信封原文').fill(altered);
  await page.getByRole('button', { name: '核对' }).click();
  await section(page, title).getByText('3 项中有 2 项不符。').waitFor();
  await visitor.expectSound();
  await visitor.close();
};

const growthOf = async ({ page }: Visit, older: string): Promise<readonly string[]> => {
  await page.getByLabel('或粘贴您留存的账本头原文').fill(older);
  await page.getByRole('button', { name: '比较' }).click();
  return linesOf(page, '两个账本头之间');
};

/** A visitor keeps a head, comes back, and compares; a head that never was is not taken. */
export const comparesHeads = async (market: PeopleMarket): Promise<void> => {
  const read = client({ baseUrl: market.url });
  const { items } = await read(listSignedHeads, { query: { limit: 100 } });
  const [newest, oldest] = [items[0], items.at(-1)];
  if (!newest || !oldest) throw new Error('no signed heads');
  const visitor = await market.visit();
  const { page } = visitor;
  await visitor.open('/verify');
  await page.getByText('这个浏览器第一次看这本账').waitFor();
  await visitor.open('/verify');
  await page.getByText(/账本(只增未改|没有新增记录)/).waitFor();
  const good = await growthOf(visitor, oldest.note);
  expect(good.filter((line) => line.startsWith('✓'))).toHaveLength(3);
  await visitor.expectSound();
  const bent = await growthOf(visitor, oldest.note.replace(`\n${oldest.size}\n`, '\n2\n'));
  expect(bent[0]).toContain('签名与内容不符');

  // A browser that saw more than there is now: what an operator who cut the log would meet.
  const [first, size] = [newest.note.indexOf('\n'), newest.size + 1_000_000];
  const longer = newest.note.slice(0, first) + newest.note.slice(first).replace(/\d+/, `${size}`);
  const { verifierKey } = newest;
  const seen = JSON.stringify({ note: longer, verifierKey, seenAt: new Date().toISOString() });
  await page.evaluate(`localStorage.setItem('jishi.log-head', ${JSON.stringify(seen)})`);
  visitor.expectRefusal();
  await visitor.open('/verify');
  await page.getByText('警报：账本变短了').waitFor();
  await visitor.expectSound();
  await page.getByRole('button', { name: '忘掉上次的，从现在记起' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '忘掉上次的，从现在记起' }).click();
  await page.getByText('这个浏览器第一次看这本账').waitFor();
  await visitor.close();
};

/** The first registered contract that the seller's own page tells of. */
const ownContract = async (market: PeopleMarket): Promise<string> => {
  const read = market.as('listing-officer').on('ledger');
  const untilMs = Date.now() + WAITS_MS;
  while (Date.now() < untilMs) {
    const { items } = await read(listRegistrations, { query: {} });
    const [found] = items.filter((item) => item.status === 'registered');
    if (found) return found.contractId;
    await new Promise((done) => setTimeout(done, 1_000));
  }
  throw new Error('the seller has no registered contract');
};

const giveFile = async (page: Page, text: string): Promise<readonly string[]> => {
  const title = '一份合同证明文件';
  await section(page, title)
    .locator('input[type=file]')
    .setInputFiles({
      ...{ name: 'proof.json', mimeType: 'application/json' },
      buffer: Buffer.from(text),
    });
  await section(page, title).locator('.checks li').first().waitFor();
  return linesOf(page, title);
};

/** A seller takes the file of a contract; a stranger checks it on a phone, whole and altered. */
export const provesAContract = async (market: PeopleMarket): Promise<void> => {
  const contractId = await ownContract(market);
  const seller = await market.enter('listing-officer');
  await seller.open(`/desk/contracts/${contractId}`);
  const button = seller.page.getByRole('button', { name: '下载可验证的证明文件' });
  const text = await downloaded(seller.page, () => button.click());
  await seller.expectSound();
  await seller.close();

  const stranger = await market.visit({ size: 'phone' });
  const { page } = stranger;
  await stranger.open('/verify');
  const lines = await giveFile(page, text);
  expect(lines.filter((line) => !line.startsWith('✓'))).toStrictEqual([]);
  await page.getByText('这份文件证明').waitFor();
  const file: Disclosure = JSON.parse(text);
  const registered = file.events.find((event) => event.envelope.includes('ContractRegistered'));
  const { title } = JSON.parse(registered?.private ?? '{}').facts;
  await page.getByText(title, { exact: true }).waitFor();
  await stranger.expectSound();

  const envelope = registered?.envelope.replace('"version":', '"version": ') ?? '';
  const events = file.events.map((event) =>
    event === registered ? { ...event, envelope } : event,
  );
  await stranger.open('/verify');
  const altered = await giveFile(page, JSON.stringify({ ...file, events }));
  const wrong = altered.filter((line) => line.startsWith('×'));
  expect(wrong).toHaveLength(1);
  expect(wrong[0]).toContain(`#${registered?.seq}`);
  await page.getByText('这份文件不能采信').waitFor();
  await stranger.expectSound();
  await stranger.close();
};
