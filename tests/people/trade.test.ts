import { newId } from '@jishi/contracts/ids';
import type { ListingContent } from '@jishi/contracts/market/listing';
import * as listings from '@jishi/contracts/market/trade-listings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleMarket, type PeopleMarket, type Visit } from './market.ts';

let market: PeopleMarket;

const FILM: ListingContent = {
  title: '耐热聚酰亚胺共混薄膜的双向拉伸制备方法',
  problemSolved: '聚酯基膜在高温复合时热收缩大,起皱报废多。',
  summary: '以聚酰亚胺共混与双向拉伸定型,降低薄膜热收缩,幅宽均匀,可用现有产线。'.repeat(4),
  gain: { text: '180 ℃ 热收缩 0.21', unit: '%' },
  closestAlternative: '双向拉伸聚酯薄膜',
  trl: 7,
  trlEvidence: '中试线样品 3 批,第三方检测',
  intellectualProperty: [{ kind: 'invention', number: 'ZL201310699744.2' }],
  ...{ fieldCode: 'materials', industryCode: 'C', district: 'sip' },
  dealTypes: ['licence', 'joint-development'],
  price: { mode: 'fixed', priceFen: '420000000' },
  venue: null,
};
const OTHERS: readonly Partial<ListingContent>[] = [
  {
    ...{ title: '无氟低收缩聚酯基膜的共聚改性工艺', trl: 5, district: 'wuzhong' },
    price: { mode: 'negotiable' },
  },
  {
    ...{ title: '高温尺寸稳定型复合薄膜及其连续拉伸装置', trl: 8, district: 'kunshan' },
    ...{ price: { mode: 'fixed', priceFen: '680000000' }, dealTypes: ['transfer'] },
  },
  {
    title: '微电解填料处理高盐有机废水',
    ...{ problemSolved: '高盐有机废水难以降解,运行费用高。', fieldCode: 'environment' },
    closestAlternative: '芬顿氧化',
    ...{ summary: '规整化填料抗板结,可再生,停留时间短。'.repeat(5), district: 'wujiang' },
  },
];

const publish = async (over: Partial<ListingContent>): Promise<void> => {
  const officer = market.as('listing-officer').on('market');
  const operator = market.as('exchange-operator').on('market');
  const listingId = newId();
  const params = { listingId };
  const contact = { name: '林工', phone: '0512-0000000', email: null };
  const act = (version: number) => ({ commandId: newId(), version });
  const content = { ...FILM, ...over };
  await officer(listings.createListing, { body: { listingId, content, contact } });
  await officer(listings.submitListing, { params, body: act(1) });
  await operator(listings.publishListing, { params, body: act(2) });
};

beforeAll(async () => {
  market = await openPeopleMarket();
  for (const over of [{}, ...OTHERS]) await publish(over);
}, 180_000);
afterAll(async () => {
  await market?.close();
});

const isSaved = (visit: Visit) => visit.page.getByText(/^已保存 /).waitFor();

test('an officer writes a listing with gaps, sees them named, reloads and loses nothing', async () => {
  const officer = await market.enter('listing-officer');
  const { page } = officer;
  await officer.open('/desk/listings');
  await officer.expectSound();
  await page.getByRole('link', { name: '新建挂牌' }).click();
  await page.getByRole('heading', { name: '新建挂牌' }).waitFor();
  await officer.expectSound();
  await page.getByLabel('名称').fill('钛合金薄壁件低应力磨削');
  await page.getByLabel('解决什么问题').fill('薄壁件磨削后变形超差,返工多');
  await page.getByLabel('成果说明').fill('以间歇进给与在线测温控制磨削热。');
  await isSaved(officer);
  const gap = page.getByRole('button', { name: '缺：最接近的替代方案 +8' });
  await gap.click();
  await page.keyboard.type('电解加工');
  await page.getByLabel('成熟度等级').selectOption('6');
  await gap.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '添加一项' }).click();
  await page.getByLabel('号码').fill('ZL201310699744.3');
  await page.getByLabel('依据').focus();
  await page.getByText('专利号或申请号有误').waitFor();
  await page.getByLabel('协议定价（面议）').check();
  await page.getByText('须公示 15 日').waitFor();
  await isSaved(officer);
  await page.waitForURL(/\?id=/);
  await page.reload();
  await page.getByRole('heading', { name: '钛合金薄壁件低应力磨削', level: 1 }).waitFor();
  expect(await page.getByLabel('最接近的替代方案').inputValue()).toBe('电解加工');
  expect(await page.getByLabel('号码').inputValue()).toBe('ZL201310699744.3');

  officer.expectRefusal();
  await page.getByRole('button', { name: '提交审核' }).click();
  const problems = page.locator('.trouble');
  await problems.getByText('请选技术领域').waitFor();
  await problems.getByText('至少选一种合作方式').waitFor();
  await problems.getByText('专利号或申请号有误').waitFor();
  await officer.expectSound();
  await problems.getByText('专利号或申请号有误').click();
  await page.getByLabel('号码').fill('ZL201310699744.2');
  await page.getByLabel('技术领域').selectOption('manufacturing');
  await page.getByLabel('服务行业').selectOption('C');
  await page.getByLabel('许可', { exact: true }).check();
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('已提交审核').waitFor();
  await page.waitForURL(/\/desk\/listings$/);
  await page.getByText('待审核').first().waitFor();
  await officer.expectSound();
  await officer.close();
}, 120_000);

test('the operator returns it in three clicks, the officer fixes it, the operator publishes', async () => {
  const operator = await market.enter('exchange-operator');
  await operator.open('/exchange/reviews');
  await operator.expectSound();
  const title = '钛合金薄壁件低应力磨削';
  await operator.page.getByRole('link', { name: title }).click();
  await operator.page.getByText('没有可检验的数值').waitFor();
  await operator.expectSound();
  await operator.page.getByRole('button', { name: /退回修改/ }).click();
  expect(await operator.page.getByLabel(/内容不全/).isChecked()).toBe(true);
  await operator.expectSound();
  await operator.page.getByLabel(/给对方的说明/).fill('补实测数据');
  await operator.page.getByRole('dialog').getByRole('button', { name: '退回修改' }).click();
  await operator.page.getByText('没有待审的成果或需求。').waitFor();

  const officer = await market.enter('listing-officer');
  await officer.open('/desk/notifications');
  await officer.page.getByRole('link', { name: title }).click();
  await officer.page.getByText('内容不全').waitFor();
  await officer.page.getByText('补实测数据').waitFor();
  await officer.page.getByLabel('实测效果').fill('变形量降低 37');
  await officer.page.getByLabel('单位', { exact: true }).fill('%');
  await isSaved(officer);
  await officer.expectSound();
  await officer.page.getByRole('button', { name: '提交审核' }).click();
  await officer.page.waitForURL(/\/desk\/listings$/);

  await operator.open('/exchange/reviews');
  await operator.page.getByRole('link', { name: title }).click();
  await operator.page.getByText('以往审核').waitFor();
  await operator.page.keyboard.press('a');
  await operator.page.getByText('没有待审的成果或需求。').waitFor();
  await officer.open('/desk/listings');
  await officer.page.getByRole('link', { name: title }).click();
  await officer.page.getByRole('heading', { name: '去向' }).waitFor();
  await officer.page.getByLabel('拟交易价格').fill('120');
  await officer.page.getByLabel(/异议受理/).fill('科技处 0512-0000000');
  await officer.page.getByRole('button', { name: '开始公示' }).click();
  await officer.page.getByText('公示中').waitFor();
  await officer.expectSound();
  await officer.close();
  await operator.close();
}, 120_000);

test('an R&D head posts a need in two sentences and sees matches with reasons at once', async () => {
  const head = await market.enter('buyer');
  const { page } = head;
  await head.open('/desk/needs/new');
  const begun = Date.now();
  await page
    .getByLabel('要解决什么、达到什么指标')
    .fill(
      '聚酯基膜在 180 ℃ 复合时起皱,需要热收缩不超过 0.3% 的薄膜。' +
        '半年内上中试线,预算 500 万元以内,许可或合作开发均可。',
    );
  await page.getByRole('link', { name: FILM.title }).waitFor({ timeout: 3_000 });
  await expect.poll(() => page.getByLabel('技术领域').inputValue()).toBe('materials');
  expect(await page.getByLabel('名称').inputValue()).toBe('热收缩不超过 0.3% 的薄膜');
  expect(await page.getByLabel('预算').inputValue()).toBe('500');
  expect(await page.getByLabel('所需成熟度').inputValue()).toBe('6');
  expect(await page.getByLabel('许可', { exact: true }).isChecked()).toBe(true);
  await head.expectSound();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.waitForURL(/\/desk\/needs\/[^/]+\/matches$/);
  await page.getByText(/条匹配/).waitFor();
  expect(Date.now() - begun).toBeLessThan(60_000);
  const best = page.getByRole('table', { name: '逐项比较' });
  await best.getByText('420.00 万元').waitFor();
  await page.getByText('超预算 180.00 万元').waitFor();
  await head.expectSound();

  await page.getByRole('button', { name: '不合适' }).click();
  await page.keyboard.press('4');
  await page.getByText('已记下').waitFor();
  await page.getByText('已放下：权利归属不清').waitFor();
  await head.expectSound();
  await page.getByRole('status').getByRole('button', { name: '撤销' }).click();
  await page.getByText('已恢复').waitFor();
  await page.getByText('已放下：权利归属不清').waitFor({ state: 'detached' });

  await page.getByRole('link', { name: '查看成果' }).first().click();
  await page.getByRole('button', { name: '查看联系方式' }).click();
  await page.getByText('林工').waitFor();
  await page.getByText('今天还可查看 19 个联系人。').waitFor();
  await head.expectSound();
  await page.getByRole('button', { name: '申请接洽' }).click();
  await page.getByLabel(/附言/).fill('想先看样品。');
  await page.getByRole('button', { name: '发出' }).click();
  await page.waitForURL(/\/desk\/negotiations\//);
  await head.close();
}, 120_000);

test('a visitor searches with facets, shares the address, and is told what filter to drop', async () => {
  const visitor = await market.visit();
  const { page } = visitor;
  await visitor.open('/results?q=薄膜');
  await page.getByText('3 条', { exact: true }).waitFor();
  expect(await page.locator('mark').count()).toBeGreaterThan(0);
  await visitor.expectSound();
  await page.getByRole('link', { name: /TRL 7–9/ }).click();
  await page.getByText('2 条', { exact: true }).waitFor();
  await page.getByRole('link', { name: /昆山/ }).click();
  await page.getByText('1 条', { exact: true }).waitFor();
  const friend = await market.visit({ language: 'en' });
  await friend.open(new URL(page.url()).pathname + new URL(page.url()).search);
  await friend.page.getByText('1 found').waitFor();
  await friend.expectSound();
  await friend.close();
  await page.getByLabel('搜成果').fill('废水');
  await page.getByRole('button', { name: '搜索', exact: true }).click();
  await page.getByText('没有符合的成果。').waitFor();
  await visitor.expectSound();
  await page.getByRole('link', { name: /去掉“.*”，有 \d+ 条/ }).click();
  await page.getByText('没有符合的成果。').waitFor({ state: 'detached' });
  await visitor.open('/needs');
  await visitor.expectSound();
  await visitor.open('/results');
  await page.getByRole('link', { name: FILM.title }).click();
  await page.getByText('登录后可查看联系方式。').waitFor();
  await visitor.expectSound();
  await visitor.close();
}, 120_000);

test.each(['zh', 'en'] as const)(
  'on a phone every page reads and works (%s)',
  async (language) => {
    const visitor = await market.visit({ size: 'phone', language });
    await visitor.open('/results?q=薄膜');
    await visitor.expectSound();
    await visitor.page.locator('.facets > summary').click();
    await visitor.expectSound();
    await visitor.close();
    const options = { size: 'phone', language } as const;
    const officer = await market.enter('listing-officer', options);
    for (const path of ['/desk/listings', '/desk/listings/new']) {
      await officer.open(path);
      await officer.expectSound();
    }
    await officer.open('/desk/listings');
    await officer.page.locator('.own-row:has(.funnel) a').first().click();
    await officer.page.locator('.funnel').first().waitFor();
    await officer.expectSound();
    await officer.close();
    const head = await market.enter('buyer', options);
    for (const path of ['/desk/needs', '/desk/needs/new']) {
      await head.open(path);
      await head.expectSound();
    }
    await head.open('/desk/needs');
    await head.page.locator('.own-row a[href*="/matches"]').first().click();
    await head.page.locator('.criteria').first().waitFor();
    await head.expectSound();
    await head.close();
    const operator = await market.enter('exchange-operator', options);
    await operator.open('/exchange/reviews');
    await operator.expectSound();
    await operator.page.locator('a.row-link').first().click();
    await operator.page.locator('.check-list').first().waitFor();
    await operator.expectSound();
    await operator.close();
  },
  180_000,
);
