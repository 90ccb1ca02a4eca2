import { readGauge } from '@jishi/contracts/ledger/endpoints';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleMarket, type PeopleMarket, type Visit } from './market.ts';
import {
  bringReceipt,
  bringToRegister,
  contractIdOf,
  statusOf,
  type Wanted,
} from './registry-contracts.ts';

const wanted = (name: string, title: string, contractValueFen: string): Wanted => ({
  name,
  title,
  contractValueFen,
  technologyValueFen: '50000000',
});

const AMENDED = wanted('amended', '低温固化工艺许可合同', '60000000');
const ENDED = wanted('ended', '薄壁件磨削工艺许可合同', '70000000');
const REVOKED = wanted('revoked', '抗弯曲预制棒工艺许可合同', '80000000');
const LARGE = {
  ...wanted('large', '大尺寸衬底工艺许可合同', '560000000'),
  technologyValueFen: '500000000',
};

let market: PeopleMarket;

beforeAll(async () => {
  market = await openPeopleMarket();
  for (const one of [AMENDED, ENDED, REVOKED, LARGE]) await bringToRegister(market, one);
}, 300_000);
afterAll(async () => {
  await market?.close();
});

/** Several people act one after the other, each in a browser of their own. */
const TASK_MS = 150_000;

/** The year's contract value as the operator sees it once the log is read to its head. */
const yearTotal = async (atLeast: number): Promise<bigint> => {
  const read = market.as('exchange-operator').on('ledger');
  return BigInt((await read(readGauge, { query: { atLeast } })).contractValueFen);
};

/** The second senior registrar: took part in no registration above. */
const enterConfirmer = () => market.enter('senior-registrar', { nth: 1 });

const confirmOn = async (visit: Visit, name: string, act: string): Promise<void> => {
  const { page } = visit;
  await visit.open(`/registry/changes/${contractIdOf(name)}`);
  await visit.expectSound();
  await page.getByRole('button', { name: act }).click();
  const dialog = page.getByRole('dialog', { name: act });
  await dialog.getByText('核准之后').waitFor();
  await visit.expectSound();
  // Enter alone confirms nothing: the focus is on the heading.
  await page.keyboard.press('Enter');
  expect(await dialog.isVisible()).toBe(true);
  await dialog.getByRole('button', { name: act }).click();
  await page.waitForURL(`${market.url}/registry/registered/${contractIdOf(name)}`);
};

test(
  'an amendment by two persons moves the total of the year and keeps both versions',
  async () => {
    const before = await statusOf(market, AMENDED.name);
    const total = await yearTotal(before.seq);
    const desk = await market.enter('registrar', { nth: 1 });
    const { page } = desk;
    await desk.open('/registry/registered?title=低温固化');
    await page.getByText('共 1 份').waitFor();
    await desk.expectSound();
    await page.locator('a.row-link').click();
    await page.getByRole('link', { name: '变更', exact: true }).click();
    await page.waitForURL(/\/amend$/);
    const value = page.getByLabel('成交额', { exact: true });
    const technology = page.getByLabel('技术交易额', { exact: true });
    await technology.fill('65');
    await page.getByRole('button', { name: '提出变更' }).click();
    await page.getByText('技术交易额不得大于成交额').waitFor();
    await page.getByText('至少选一条理由').waitFor();
    await desk.expectSound();
    await technology.fill('45');
    await value.fill('55');
    await page.getByText('2 栏有变化').waitFor();
    await page.getByText('−50,000.00').first().waitFor();
    await page.getByRole('checkbox', { name: /双方变更了合同内容/ }).check();
    await page.getByRole('button', { name: '提出变更' }).click();
    await page.waitForURL(`${market.url}/registry/changes/${contractIdOf(AMENDED.name)}`);
    await page.getByText('这是你提出的').waitFor();
    expect(await page.getByRole('button', { name: '核准变更' }).count()).toBe(0);
    await desk.expectSound();
    expect((await statusOf(market, AMENDED.name)).private.contractValueFen).toBe('60000000');
    await desk.close();

    // The senior registrar who could see it but registered nothing of it confirms.
    const senior = await enterConfirmer();
    await senior.open('/registry/changes');
    await senior.page.getByText('由我核准').waitFor();
    await senior.expectSound();
    await confirmOn(senior, AMENDED.name, '核准变更');
    await senior.page.getByText('第 1 次变更').waitFor();
    await senior.page.getByText('成交额：600,000.00 元 → 550,000.00 元').waitFor();
    await senior.expectSound();
    await senior.close();
    const after = await statusOf(market, AMENDED.name);
    expect(after.amendment).toBe(1);
    expect((await yearTotal(after.seq)) - total).toBe(-5_000_000n);
  },
  TASK_MS,
);

test(
  'deregistered and revoked contracts leave the total of the year',
  async () => {
    const total = await yearTotal((await statusOf(market, REVOKED.name)).seq);
    const desk = await market.enter('registrar', { nth: 1 });
    const { page } = desk;
    for (const [one, kind, reason] of [
      [ENDED, '注销', '合同解除'],
      [REVOKED, '撤销', null],
    ] as const) {
      await desk.open(`/registry/registered/${contractIdOf(one.name)}`);
      await page.getByRole('button', { name: kind, exact: true }).click();
      const dialog = page.getByRole('dialog', { name: `提出${kind}` });
      await dialog.getByRole('checkbox').first().waitFor();
      await desk.expectSound();
      if (reason) await dialog.getByRole('checkbox', { name: reason }).check();
      else await dialog.getByRole('checkbox').first().check();
      await dialog.getByRole('button', { name: `提出${kind}` }).click();
      await page.getByText(`有一项「${kind}」提议待核准`).waitFor();
    }
    await desk.close();
    const senior = await enterConfirmer();
    await confirmOn(senior, ENDED.name, '核准注销');
    await confirmOn(senior, REVOKED.name, '核准撤销');
    await senior.page.getByText('已撤销').first().waitFor();
    await senior.expectSound();
    await senior.close();
    expect((await statusOf(market, ENDED.name)).status).toBe('deregistered');
    const revoked = await statusOf(market, REVOKED.name);
    expect(revoked.status).toBe('revoked');
    expect((await yearTotal(revoked.seq)) - total).toBe(-150_000_000n);
  },
  TASK_MS,
);

test(
  'a list that would mix the amounts is refused in words; one side alone is made',
  async () => {
    const desk = await market.enter('registrar');
    const { page } = desk;
    await desk.open('/registry/registered');
    for (const { title } of [AMENDED, LARGE]) {
      await page.getByRole('checkbox', { name: `选择 ${title}` }).check();
    }
    await page.getByText('同一份清单不得混列').waitFor();
    expect(await page.getByRole('button', { name: /^生成登记清单/ }).isDisabled()).toBe(true);
    await desk.expectSound();
    await page.getByRole('button', { name: '只留 500 万元及以上的 1 份' }).click();
    await page.getByRole('button', { name: '生成登记清单（1 份）' }).click();
    await page.waitForURL(/\/registry\/lists\/[0-9a-f-]+$/);
    await page.getByRole('heading', { level: 1, name: /的清单（1 份）/ }).waitFor();
    await desk.expectSound();
    await desk.open('/registry/lists');
    await page
      .getByText(/可以打印/)
      .first()
      .waitFor();
    await desk.expectSound();
    // Whoever would end one of its contracts is told that the list ends, too.
    await desk.open(`/registry/registered/${contractIdOf(LARGE.name)}`);
    await page.getByRole('button', { name: '注销', exact: true }).click();
    await page.getByRole('dialog').getByText('以下 1 份登记清单失效').waitFor();
    await page.keyboard.press('Escape');
    await desk.close();
  },
  TASK_MS,
);

test(
  'a receipt that both sides stated is verified in one press, and reversed by two persons',
  async () => {
    await bringReceipt(market, AMENDED.name, '20000000');
    const desk = await market.enter('registrar');
    const { page } = desk;
    await desk.open('/registry/receipts');
    await page.getByText('FLOW-amended').waitFor();
    await desk.expectSound();
    await page.getByRole('button', { name: '核验', exact: true }).click();
    await page.getByRole('status').getByText('已核验 200,000.00 元').waitFor();
    await page.getByText('没有待核验的到账').waitFor();
    await desk.open('/registry/receipts?status=verified');
    await page.getByRole('button', { name: '提出撤回' }).click();
    const dialog = page.getByRole('dialog', { name: '提出撤回到账' });
    await dialog.getByRole('checkbox').first().check();
    await desk.expectSound();
    await dialog.getByRole('button', { name: /^提出撤回/ }).click();
    await page.getByText('撤回待核准').waitFor();
    await desk.close();
    const senior = await enterConfirmer();
    await confirmOn(senior, AMENDED.name, '核准撤回到账');
    await senior.close();
    const [receipt] = (await statusOf(market, AMENDED.name)).receipts;
    expect(receipt?.status).toBe('reversed');
  },
  TASK_MS,
);

test(
  'every page of the register reads on a phone and in English',
  async () => {
    const senior = await market.enter('senior-registrar', { size: 'phone', language: 'en' });
    for (const path of [
      '/registry/registered',
      `/registry/registered/${contractIdOf(LARGE.name)}`,
      `/registry/registered/${contractIdOf(LARGE.name)}/amend`,
      '/registry/changes',
      '/registry/lists',
      '/registry/receipts',
      '/registry/rules',
      '/registry/second-review',
    ]) {
      await senior.open(path);
      await senior.expectSound();
    }
    await senior.page.getByText('Nothing waits for a second review').waitFor();
    await senior.close();
  },
  TASK_MS,
);

test(
  'an auditor reads the register and changes nothing',
  async () => {
    const auditor = await market.enter('auditor');
    await auditor.open(`/registry/registered/${contractIdOf(LARGE.name)}`);
    await auditor.page.getByRole('heading', { name: '办理过程' }).waitFor();
    expect(await auditor.page.getByRole('button', { name: '注销' }).count()).toBe(0);
    await auditor.expectSound();
    await auditor.open('/registry/registered');
    expect(await auditor.page.getByRole('checkbox').count()).toBe(0);
    await auditor.close();
  },
  TASK_MS,
);
