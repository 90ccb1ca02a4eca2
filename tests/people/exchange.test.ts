import { client } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import { readHead, readRegistration } from '@jishi/contracts/ledger/endpoints';
import { readIndexSeries } from '@jishi/contracts/ledger/index-endpoints';
import { searchLog } from '@jishi/contracts/ledger/log-desk';
import { readPublication } from '@jishi/contracts/ledger/publication';
import { listPublicationWork } from '@jishi/contracts/ledger/publication-desk';
import { confirmChange, proposeChange } from '@jishi/contracts/ledger/registry-endpoints';
import { signUp } from '@jishi/contracts/session';
import { usccFrom } from '@jishi/contracts/uscc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleMarket, type PeopleMarket } from './market.ts';
import { checksAnEvent, comparesHeads, downloaded, provesAContract } from './proofs-scene.ts';

/** A market with two synthetic years: there is a month to publish and contracts to cancel. */
let market: PeopleMarket;
const MONTH = '2026-10';
const SLOW_MS = 240_000;

const isSeeded = async (): Promise<boolean> => {
  const work = await market.as('exchange-operator').on('ledger')(listPublicationWork);
  return work.months.some((month) => month.period === MONTH);
};

beforeAll(async () => {
  market = await openPeopleMarket({ SEED: 'on' });
  while (!(await isSeeded())) await new Promise((done) => setTimeout(done, 2_000));
}, 600_000);
afterAll(async () => {
  await market?.close();
});

const published = (vintage: 'first' | 'latest') =>
  client({ baseUrl: market.url })(readPublication, {
    params: { period: MONTH },
    query: { vintage },
  });

/** Operator A prepares and waits; operator B opens the same page and confirms. */
const publishByTwo = async (prepareWord: string): Promise<void> => {
  const first = await market.enter('exchange-operator');
  await first.open('/exchange/publish');
  await first.expectSound();
  const row = first.page.getByRole('row', { name: MONTH });
  await row.getByRole('button', { name: prepareWord }).click();
  await first.page.getByRole('heading', { name: /发布预览/ }).waitFor();
  await first.page.getByRole('button', { name: '等待另一人确认' }).waitFor();
  expect(await first.page.getByRole('button', { name: '确认发布' }).count()).toBe(0);
  await first.expectSound();
  const address = new URL(first.page.url()).pathname;
  await first.close();

  const second = await market.enter('exchange-operator', { nth: 1 });
  await second.open(address);
  await second.page.getByRole('button', { name: '确认发布' }).click();
  const dialog = second.page.getByRole('dialog');
  await second.expectSound();
  await dialog.getByRole('button', { name: '确认发布' }).click();
  await second.page.getByText('已发布，公众现在可见').waitFor();
  await second.expectSound();
  await second.close();
};

test(
  'one operator prepares the month, another confirms, and only then the public reads it',
  async () => {
    expect(await published('latest').catch((error: Error) => error.message)).toContain('404');
    await publishByTwo('准备发布');
    const { content, vintage } = await published('latest');
    const city = content.values.find((one) => one.series === 'city');
    expect([vintage, content.revision, city?.hidden]).toEqual([1, null, null]);
    const visitor = await market.visit();
    await visitor.open('/indices');
    await visitor.page
      .getByText(city?.value ?? 'no value', { exact: true })
      .first()
      .waitFor();
    await visitor.page.locator('.index-remarks', { hasText: '首次发布' }).waitFor();
    await visitor.page.locator('.map-tile').first().waitFor();
    await visitor.expectSound();
    await visitor.close();
  },
  SLOW_MS,
);

test(
  'a journalist goes from the value to its method and the check in two presses',
  async () => {
    const visitor = await market.visit();
    const { page } = visitor;
    await visitor.open('/indices');
    const csv = await downloaded(page, () =>
      page.getByRole('button', { name: '下载 CSV' }).first().click(),
    );
    const { content } = await published('latest');
    const city = content.values.find((one) => one.series === 'city');
    const line = csv.split('\n').find((one) => one.includes(MONTH) && one.includes('city'));
    expect(line).toContain(city?.value);
    await page.getByRole('link', { name: '这个数怎么来的' }).click();
    await page.getByRole('heading', { name: '方法与证明' }).waitFor();
    await page.getByRole('button', { name: '在本机验证' }).click();
    await page.waitForSelector('[data-checked]', { timeout: 60_000 });
    const steps = await page.locator('.checks li').allTextContents();
    expect(steps.filter((step) => !step.startsWith('✓'))).toStrictEqual([]);
    expect(steps).toHaveLength(8);
    expect(steps.some((step) => step.includes('签名与内容相符'))).toBe(true);
    expect(steps.at(-1)).toContain('签名账本头');
    await visitor.expectSound();
    await visitor.close();
  },
  SLOW_MS,
);

interface Registered {
  readonly contractId: string;
  readonly registeredOn: string;
  readonly relatedParty: boolean;
  readonly subcontract: boolean;
  readonly publishedValueFen: string | null;
}

/** Enough to hide one another: each with parties of its own, and none far above the others. */
const CROWD = 8;
const isMiddling = (fen: string): boolean => Number(fen) > 20_000_000 && Number(fen) < 200_000_000;
const crowdOfTheMonth = async (): Promise<readonly string[]> => {
  const read = market.as('auditor').on('ledger');
  const chosen = new Map<string, { seller: string; buyer: string }>();
  let before: number | undefined;
  while (chosen.size < CROWD) {
    const query = { type: 'ContractRegistered', limit: 200, ...(before ? { before } : {}) };
    const { items, next } = await read(searchLog, { query });
    for (const item of items) {
      const data: Registered = JSON.parse(item.envelope).data;
      const { facts } = JSON.parse(item.private ?? '{}');
      const isOther = [...chosen.values()].every(
        (known) => known.seller !== facts.seller.partyId && known.buyer !== facts.buyer.partyId,
      );
      if (!data.registeredOn.startsWith(MONTH) || data.relatedParty || data.subcontract) continue;
      if (data.publishedValueFen !== null || !isMiddling(facts.technologyValueFen)) continue;
      if (!isOther || chosen.size === CROWD) continue;
      chosen.set(data.contractId, { seller: facts.seller.partyId, buyer: facts.buyer.partyId });
    }
    if (next === null) throw new Error('too few contracts fit');
    before = next;
  }
  return [...chosen.keys()];
};

const cancel = async (contractId: string): Promise<void> => {
  const registrar = market.as('registrar').on('ledger');
  const senior = market.as('senior-registrar').on('ledger');
  const params = { contractId };
  const { version } = await registrar(readRegistration, { params });
  const changeId = newId();
  const reasons = [{ code: 'terminated', note: '双方解除合同' }];
  const body = { commandId: newId(), version, changeId, reasons, amended: null };
  const proposed = await registrar(proposeChange, {
    params,
    body: { ...body, kind: 'deregister' },
  });
  await senior(confirmChange, {
    params: { contractId, changeId },
    body: { commandId: newId(), version: proposed.version },
  });
};

test(
  'cancelled contracts leave their month in a second vintage; the first stays as it was',
  async () => {
    const before = await published('first');
    for (const contractId of await crowdOfTheMonth()) await cancel(contractId);
    await publishByTwo('准备重述');
    const [first, latest] = [await published('first'), await published('latest')];
    expect(first).toStrictEqual(before);
    expect([latest.vintage, latest.content.revision]).toEqual([2, 'R1']);
    const cityOf = ({ content }: typeof first) =>
      content.values.find((one) => one.series === 'city');
    const contractsOf = (of: typeof first) => cityOf(of)?.primitives?.contracts ?? 0;
    expect(contractsOf(first) - contractsOf(latest)).toBe(CROWD);
    const visitor = await market.visit();
    await visitor.open('/indices');
    await visitor.page
      .getByText(cityOf(latest)?.value ?? '', { exact: true })
      .first()
      .waitFor();
    const remarks = visitor.page.locator('.index-remarks');
    await remarks.getByText('R1 数据').waitFor();
    await remarks.getByText(`首次发布 ${cityOf(first)?.value}`).waitFor();
    await visitor.close();
  },
  SLOW_MS,
);

test(
  'an auditor asks for the index as of a day: what the log gave then, and no later event',
  async () => {
    const read = market.as('auditor').on('ledger');
    const recordedAt = '2026-06-30T15:59:59.999Z';
    const { seq } = await client({ baseUrl: market.url })(readHead, { query: { recordedAt } });
    const span = { cell: 'city' as const, from: '2026-05', to: '2026-05' };
    const valueAt = async (asOf: number) => {
      const query = { ...span, vintage: 'restated' as const, asOf };
      return (await read(readIndexSeries, { query })).points[0]?.value ?? 'no value';
    };
    const auditor = await market.enter('auditor');
    const { page } = auditor;
    await auditor.open('/indices?period=2026-05');
    await page.getByLabel('账本截至').fill('2026-06-30');
    await page.getByText(`账本在 2026-06-30 结束时的样子（#${seq}）`).waitFor();
    await page
      .locator('.answer-amount')
      .getByText(await valueAt(seq))
      .waitFor();
    await auditor.expectSound();
    await page.getByRole('button', { name: '回到现在' }).click();
    await page.getByText('精确视图：公众看不到的值也在这里').waitFor();
    await auditor.close();
  },
  SLOW_MS,
);

test(
  'an administrator checks who stands behind an organisation that signed up',
  async () => {
    const uscc = usccFrom('91320594', 'XCHG0001');
    const name = '核实试验有限公司（示例）';
    const account = { email: `${newId()}@example.cn`, password: `${newId()} is long enough` };
    const organisation = { kind: 'domestic', uscc, name, nature: 'enterprise', district: 'sip' };
    await signUp(
      market.url,
      account,
      '试验者',
      { ...organisation, kind: 'domestic', nature: 'enterprise' },
      ['buyer'],
    );
    const administrator = await market.enter('administrator');
    const { page } = administrator;
    await page.waitForURL(`${market.url}/admin/organisations`);
    await page.getByRole('link', { name }).click();
    await page.getByText('未核实：可以浏览和起草').waitFor();
    await administrator.expectSound();
    await page.getByRole('button', { name: '核实通过' }).click();
    const dialog = page.getByRole('dialog');
    administrator.expectRefusal();
    await dialog.getByRole('button', { name: '核实通过' }).click();
    await dialog.getByRole('alert').first().waitFor();
    await administrator.expectSound();
    await dialog.getByLabel('看到了什么').fill('统一社会信用代码与公示系统一致');
    await dialog.getByRole('button', { name: '核实通过' }).click();
    await page.getByText('已核实：可以公开、签署、登记收款账户。').waitFor();
    await page.getByRole('cell', { name: '统一社会信用代码与公示系统一致' }).waitFor();
    await administrator.expectSound();
    await administrator.close();
  },
  SLOW_MS,
);

test(
  'an auditor finds an event, its trail and the export, and has nothing to act on',
  async () => {
    const auditor = await market.enter('auditor');
    const { page } = auditor;
    await page.waitForURL(`${market.url}/audit/search`);
    await page.getByLabel('事件类型').selectOption('ContractDeregistered');
    await page.getByRole('cell', { name: 'ContractDeregistered' }).first().waitFor();
    // What was read before stays in sight until the filtered answer is there.
    await page
      .getByRole('cell', { name: 'ContractRegistered' })
      .first()
      .waitFor({ state: 'detached' });
    await page.getByText('与原文相符').first().waitFor();
    await auditor.expectSound();
    await auditor.open('/audit/trail?act=organisation-verified');
    await page.getByRole('cell', { name: '核实单位' }).first().waitFor();
    await auditor.expectSound();
    await auditor.open('/audit/export');
    const log = await downloaded(page, () =>
      page.getByRole('button', { name: '导出全部账本' }).click(),
    );
    await page.getByLabel('导出的 .ndjson 文件').setInputFiles({
      ...{ name: 'log.ndjson', mimeType: 'application/x-ndjson' },
      buffer: Buffer.from(log.split('\n').slice(0, 50).join('\n')),
    });
    await page.getByText('50 条全部相符，序号 1 至 50。').waitFor();
    await auditor.expectSound();
    await auditor.open('/exchange/publish');
    expect(await page.getByRole('button', { name: /准备|确认|撤回/ }).count()).toBe(0);
    await auditor.close();
  },
  SLOW_MS,
);

const PUBLIC_PAGES = [
  ...[
    '/indices',
    '/indices?cell=city@12&by=field&parts=industry',
    '/method',
    '/verify',
    '/notices',
  ],
  ...['/problems', '/problems/nothing-changed', '/apis'],
];

test(
  'every public page is sound on a phone, in both languages',
  async () => {
    for (const language of ['zh', 'en'] as const) {
      const visitor = await market.visit({ size: 'phone', language });
      for (const path of PUBLIC_PAGES) {
        await visitor.open(path);
        await visitor.expectSound();
      }
      await visitor.close();
    }
  },
  SLOW_MS,
);

test(
  'the desks are sound on a phone, in English too',
  async () => {
    const desks = [
      ['exchange-operator', ['/exchange/publish', '/exchange/quality', '/exchange/targets']],
      [
        'administrator',
        ['/admin/organisations', '/admin/organisations?show=grants', '/admin/health'],
      ],
      ['auditor', ['/audit/search', '/audit/trail', '/audit/export']],
    ] as const;
    for (const [role, paths] of desks) {
      const visit = await market.enter(role, { size: 'phone', language: 'en' });
      for (const path of paths) {
        await visit.open(path);
        await visit.page.waitForTimeout(500);
        await visit.expectSound();
      }
      await visit.close();
    }
  },
  SLOW_MS,
);

test(
  'an event is proved by its number; one changed byte is told',
  () => checksAnEvent(market),
  SLOW_MS,
);

test(
  'a head kept from before is compared; a log that shrank is an alarm',
  () => comparesHeads(market),
  SLOW_MS,
);

test(
  'a seller takes the file of a contract, and a stranger checks it on a phone',
  () => provesAContract(market),
  SLOW_MS,
);
