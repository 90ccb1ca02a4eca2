import { acceptRegistration } from '@jishi/contracts/ledger/endpoints';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleMarket, type PeopleMarket } from './market.ts';
import { bringToDesk, contractIdOf, statusOf, steps } from './registry-contracts.ts';

/** Three ordinary contracts, so small that together they are no split one, and a large one. */
const SMALL = ['first', 'second', 'third'].map((name, i) => ({
  name,
  title: `激光剥离工艺许可合同之${i + 1}`,
  contractValueFen: `${60_000_000 + i * 1_000_000}`,
  technologyValueFen: '50000000',
}));
const LARGE = {
  name: 'large',
  title: '大尺寸衬底工艺许可合同',
  contractValueFen: '560000000',
  technologyValueFen: '500000000',
};

/** Two people, each in a browser of their own. */
const TASK_MS = 120_000;

let market: PeopleMarket;

beforeAll(async () => {
  market = await openPeopleMarket();
  for (const wanted of SMALL) await bringToDesk(market, wanted);
}, 240_000);
afterAll(async () => {
  await market?.close();
});

test(
  'a registrar clears a queue of three by keyboard: approves, returns, refuses',
  async () => {
    const desk = await market.enter('registrar');
    const { page } = desk;
    await page.waitForURL(`${market.url}/registry/queue`);
    await page.getByRole('table').getByText('激光剥离工艺许可合同之3').first().waitFor();
    await desk.expectSound();
    expect(await page.locator('a.row-link').count()).toBe(3);
    // J and K move between the rows, Enter opens.
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/registry\/cases\//);
    const heading = page.getByRole('heading', { level: 1 });
    const first = await heading.textContent();
    await page.getByRole('button', { name: /^通过/ }).waitFor();
    await desk.expectSound();

    // A check leads to its place in the contract.
    const checks = page.locator('.checks');
    await checks.first().getByRole('button').first().click();
    expect(await page.locator('.is-pointed:focus').count()).toBe(1);
    // A letter of an input method is none of the page's.
    await page.evaluate(`document.body.dispatchEvent(new KeyboardEvent(
      'keydown', { key: 'a', bubbles: true, isComposing: true }))`);
    expect(await page.getByText('通过后立即登记发号').count()).toBe(0);
    await page.keyboard.press('a');
    await page.getByText('通过后立即登记发号').waitFor();
    await page.getByText('这份合同还没有受理').waitFor();
    await desk.expectSound();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(`《${first}》已登记发号。已打开下一件。`).waitFor();

    // The next case is open; two reasons by digit, the second sentence rewritten.
    const second = await heading.textContent();
    expect(second).not.toBe(first);
    await page.getByRole('button', { name: /^退回补正/ }).waitFor();
    await page.keyboard.press('r');
    await page.getByRole('group', { name: /理由/ }).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('3');
    const sentences = page.getByRole('textbox', { name: /发给当事人的话/ });
    expect(await sentences.count()).toBe(2);
    await sentences.nth(1).fill('合同类别应为技术许可，请改后重交。');
    // Letters that are typed are letters: no other act opens.
    await sentences.nth(1).press('x');
    expect(await page.getByRole('button', { name: /^不予登记（/ }).count()).toBe(0);
    await desk.expectSound();
    await page.getByRole('checkbox').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(`《${second}》已退回补正`).waitFor();

    const third = await heading.textContent();
    expect([first, second]).not.toContain(third);
    await page.getByRole('button', { name: /^不予登记/ }).waitFor();
    await page.keyboard.press('x');
    await page.getByRole('group', { name: /理由/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('至少选一条理由').waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('队列已办完').waitFor();
    await page.getByText('没有等待办理的合同').waitFor();
    await desk.expectSound();

    const states = await Promise.all(SMALL.map(({ name }) => statusOf(market, name)));
    expect(states.map((one) => one.status).sort()).toStrictEqual([
      'refused',
      'registered',
      'returned',
    ]);
    const returned = states.find((one) => one.status === 'returned');
    expect(returned?.reasons).toHaveLength(2);
    expect(returned?.reasons[1]?.note).toBe('合同类别应为技术许可，请改后重交。x');
    await desk.close();
  },
  TASK_MS,
);

test(
  'a contract of five million goes to a senior registrar, who is another person',
  async () => {
    await bringToDesk(market, LARGE);
    const desk = await market.enter('registrar');
    const { page } = desk;
    await desk.open('/registry/queue?show=second');
    await page.getByText('需二次审核').first().waitFor();
    await page.getByRole('button', { name: '领取' }).click();
    await page.getByRole('status').getByText('已领取').waitFor();
    await page.locator('a.row-link').click();
    await page.getByRole('button', { name: /^送二次审核/ }).click();
    await page.getByText('达到二次审核的门槛').waitFor();
    // A colleague is faster: nothing is lost, the page reads again, and the next press counts.
    const { version } = await statusOf(market, LARGE.name);
    await market.as('registrar', 1).on('ledger')(acceptRegistration, {
      params: { contractId: contractIdOf(LARGE.name) },
      body: { commandId: steps.id('large:accepted-by-another'), version },
    });
    desk.expectRefusal();
    await page.keyboard.press('Enter');
    await page.getByText('同事刚办过这一件').waitFor();
    await page.getByText('已受理', { exact: true }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(`《${LARGE.title}》已送二次审核`).waitFor();
    // The first reviewer sees no second act.
    await desk.open(`/registry/cases/${contractIdOf(LARGE.name)}`);
    await page.getByText('你已通过初审').waitFor();
    expect(await page.getByRole('button', { name: /二次审核通过/ }).count()).toBe(0);
    await desk.expectSound();
    await desk.close();

    const senior = await market.enter('senior-registrar');
    await senior.page.waitForURL(`${market.url}/registry/second-review`);
    await senior.page.locator('a.row-link').click();
    await senior.page.getByRole('button', { name: /^二次审核通过/ }).waitFor();
    await senior.expectSound();
    await senior.page.keyboard.press('a');
    await senior.page.keyboard.press('Enter');
    await senior.page.getByRole('status').getByText('已二次审核通过并登记发号').waitFor();
    expect((await statusOf(market, LARGE.name)).status).toBe('registered');
    await senior.close();
  },
  TASK_MS,
);

test(
  'the queue and a case read on a phone and in English',
  async () => {
    const desk = await market.enter('registrar', { size: 'phone', language: 'en' });
    await desk.open('/registry/queue?show=returned');
    await desk.page.getByText('With the parties').first().waitFor();
    await desk.expectSound();
    await desk.page.locator('a.row-link').click();
    await desk.page.getByText('Returned: the parties come next').waitFor();
    await desk.expectSound();
    await desk.open(`/registry/cases/${contractIdOf('first')}`);
    await desk.page.getByRole('heading', { name: 'System checks' }).waitFor();
    await desk.expectSound();
    await desk.close();
  },
  TASK_MS,
);
