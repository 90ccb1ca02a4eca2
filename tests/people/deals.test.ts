import { type Organisation, signUp } from '@jishi/contracts/session';
import { usccFrom } from '@jishi/contracts/uscc';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '../browser/open-page.ts';
import { deskOf, openedRoom, pdfNamed } from './deals-scene.ts';
import { openPeopleMarket, type PeopleMarket, type Visit } from './market.ts';

/** A university and a company make a deal through a broker, from the first offer to the money. */
const TASK_MS = 120_000;

let market: PeopleMarket;
let seller: Visit;
let buyer: Visit;
let broker: Visit;
let room: string;
let contract = '';
const contractId = (): string => contract.split('/').at(-1) ?? '';

beforeAll(async () => {
  market = await openPeopleMarket();
  room = `/desk/negotiations/${await openedRoom(market)}`;
  seller = await market.enter('listing-officer');
  buyer = await market.enter('buyer');
  broker = await market.enter('broker');
}, 300_000);
afterAll(async () => {
  await market?.close();
});

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();
const confirmIn = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** Requests to such an address wait until released, which tells how many there were. */
const holdBack = async (page: Page, address: RegExp): Promise<() => Promise<number>> => {
  const held: Route[] = [];
  await page.route(address, (route) => void held.push(route));
  return async () => {
    await Promise.all(held.map((route) => route.continue()));
    await page.unroute(address);
    return held.length;
  };
};

/**
 * What was just said lies over the page until it is read, and the bar over a page that is
 * scrolled: the page itself is judged, from its top.
 */
const expectSound = async (visit: Visit): Promise<void> => {
  const said = visit.page.locator('.said').getByRole('button', { name: /^(知道了|Got it)$/ });
  if ((await said.count()) > 0) await said.click();
  await visit.page.evaluate('window.scrollTo(0, 0)');
  await visit.expectSound();
};

const upload = async (page: Page, kind: string, name: string): Promise<void> => {
  await page.getByLabel('类别', { exact: true }).selectOption({ label: kind });
  await page.getByLabel('选择文件').setInputFiles(pdfNamed(name));
  await press(page, '上传材料');
  await said(page, `${name} 已上传。`);
};

test(
  'the buyer offers, the seller sees it without reloading and answers with a change',
  async () => {
    await seller.open(room);
    await seller.page.getByText('发起洽谈').waitFor();
    await buyer.open('/desk/negotiations');
    await expectSound(buyer);
    await buyer.page
      .getByRole('link', { name: /低温烧结工艺 × / })
      .first()
      .click();
    const { page } = buyer;
    await page.getByRole('heading', { name: '当前条款' }).waitFor();
    await page.getByLabel('合同子类').selectOption('secret-licence');
    await page.getByLabel('成交额', { exact: true }).fill('100');
    await page.getByLabel('技术交易额', { exact: true }).fill('120');
    await page.getByLabel('付款约定').fill('签约付四成，验收付六成。');
    await page.getByLabel('地域').fill('江苏省');
    await page.getByLabel('标的与交付').fill('工艺规程与两周现场指导。');
    await page.getByLabel('履行自').fill('2027-01-01');
    await page.getByLabel('履行至').fill('2027-12-31');
    await page.getByLabel('中介方（按名称查找）').fill('阳澄');
    await page.getByRole('button', { name: /阳澄技术经纪/ }).click();
    buyer.expectRefusal();
    await press(page, '报价');
    await said(page, /技术交易额不得大于成交额/);
    expect(await page.getByLabel('付款约定').inputValue()).toBe('签约付四成，验收付六成。');
    await page.getByLabel('技术交易额', { exact: true }).fill('100');
    await press(page, '报价');
    await said(page, '报价已送出，等对方答复。');
    await expectSound(buyer);

    await seller.page.getByText('待答复').waitFor();
    await press(seller.page, '还价');
    await seller.page.getByLabel('成交额', { exact: true }).fill('120');
    await seller.page.getByLabel('附言').fill('含两次现场指导。');
    await expectSound(seller);
    await press(seller.page, '还价');
    await seller.page.getByText('报价已送出，等对方答复。').first().waitFor();
  },
  TASK_MS,
);

test(
  'what changed stands old and new; accepted terms wait for the broker',
  async () => {
    const { page } = buyer;
    const change = page.locator('.term-changes').last();
    await change.getByText('1,200,000.00 元').waitFor();
    expect(await textOf(change.locator('del'))).toContain('1,000,000.00 元');
    await page.getByText('已被新报价取代').waitFor();
    await press(page, '接受');
    await confirmIn(page, '接受');
    await said(page, '等中介方确认');
    await expectSound(buyer);

    await broker.open('/desk/brokerage');
    await broker.page.getByRole('heading', { name: '待本方确认' }).waitFor();
    await expectSound(broker);
    await broker.page
      .getByRole('link', { name: /低温烧结工艺/ })
      .first()
      .click();
    expect(await broker.page.getByText('1,000,000.00 元').count()).toBe(0);
    await press(broker.page, '确认居间');
    await broker.page.getByText('已确认，双方可以起草合同。').waitFor();
    await expectSound(broker);
  },
  TASK_MS,
);

test(
  'the seller draws the contract and is told what the registration will ask for',
  async () => {
    const { page } = seller;
    await page.getByRole('heading', { name: '起草合同' }).waitFor();
    expect(await page.getByLabel('项目名称').inputValue()).toContain('低温烧结工艺');
    await expect
      .poll(() => page.getByLabel('技术领域').inputValue(), { timeout: 10_000 })
      .toBe('materials');
    await press(page, '起草合同');
    await page.waitForURL(/\/desk\/contracts\//);
    contract = new URL(page.url()).pathname;
    await page.getByRole('heading', { name: '登记还缺' }).waitFor();
    const missing = page.locator('.missing-list');
    expect(await missing.getByRole('link').allInnerTexts()).toStrictEqual([
      ...['登记表：计划来源', '登记表：社会经济目标'],
      ...['权利证明', '承诺书', '中介协议', '法人授权书'],
    ]);
    await expectSound(seller);
    await upload(page, '承诺书', '承诺书.pdf');
    await upload(page, '中介协议', '中介协议.pdf');
    await page.getByLabel('计划来源').selectOption({ label: '计划外' });
    await page.getByLabel('社会经济目标').selectOption({ label: '工商业发展' });
    await press(page, '保存登记表');
    await said(page, '登记表已保存。');
    await page.getByText('已填全').waitFor();
    expect(await missing.getByRole('link').allInnerTexts()).toStrictEqual([
      '权利证明',
      '法人授权书',
    ]);
  },
  TASK_MS,
);

test(
  'what is no PDF is refused by its content, and a chosen file stays chosen',
  async () => {
    const { page } = seller;
    const html = { ...pdfNamed('说明.pdf'), buffer: Buffer.from('<html></html>') };
    await page.getByLabel('选择文件').setInputFiles(html);
    seller.expectRefusal();
    await press(page, '上传材料');
    await said(page, /可以上传 PDF、PNG/);
    await expectSound(seller);
  },
  TASK_MS,
);

test(
  'both sign the text by its hash, and it goes to the registration by itself',
  async () => {
    await buyer.open(contract);
    await press(buyer.page, '提交声明');
    await buyer.page.getByRole('button', { name: '签署', exact: true }).waitFor();
    const hash = await textOf(buyer.page.locator('.whole-hash').first());
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    await expectSound(buyer);
    await press(buyer.page, '签署');
    expect(await textOf(buyer.page.getByRole('dialog'))).toContain(hash);
    await confirmIn(buyer.page, '签署');
    await said(buyer.page, '已签署，等对方签署。');

    await seller.open(contract);
    await press(seller.page, '签署');
    await confirmIn(seller.page, '签署');
    await said(seller.page, '双方已签署，正在提交登记。');
    await seller.page.getByText('已提交，待受理').first().waitFor();
    await expectSound(seller);
  },
  TASK_MS,
);

test(
  'returned for supplements, the seller reads why, adds it and submits again',
  async () => {
    const reason = await deskOf(market).returnIt(contractId(), '缺技术秘密说明。');
    const { page } = seller;
    await page.getByText(`${reason}：缺技术秘密说明。`).waitFor();
    await expectSound(seller);
    await upload(page, '权利证明', '技术秘密说明.pdf');
    await press(page, '重新提交登记');
    expect(await textOf(page.getByRole('dialog'))).toContain('本次新增材料 1 份');
    await confirmIn(page, '重新提交登记');
    await said(page, /已重新提交/);
    const number = await deskOf(market).register(contractId());
    const grouped = number.replace(/(\d{4})(?=\d)/g, '$1 ');
    await page.getByText(grouped).waitFor();
    await expectSound(seller);
  },
  TASK_MS,
);

test(
  'the seller records money with its slip, the buyer confirms, and the total is verified',
  async () => {
    const { page } = seller;
    await page.getByLabel('到账金额').fill('40');
    await page.getByLabel('银行流水号').fill('LS-20261123-01');
    await press(page, '登记到账');
    await page.getByText('选择银行回单').waitFor();
    await page.getByLabel('银行回单').setInputFiles(pdfNamed('回单.pdf'));
    const release = await holdBack(page, /\/contracts\/[^/]+\/files\?/);
    await press(page, '登记到账');
    const busy = page.getByRole('button', { name: '登记到账', exact: true });
    await expect.poll(() => busy.getAttribute('aria-busy')).toBe('true');
    await busy.click();
    await expectSound(seller);
    expect(await release()).toBe(1);
    await said(page, '到账已登记，等买方确认。');
    await expectSound(seller);
    await buyer.open(contract);
    await press(buyer.page, '确认付款');
    expect(await textOf(buyer.page.getByRole('dialog'))).toContain('400,000.00 元');
    await confirmIn(buyer.page, '确认付款');
    await buyer.page.getByText('待登记员核验').waitFor();
    await expectSound(buyer);
    await deskOf(market).verifyReceipts(contractId());
    await page.getByText('已核验 400,000.00 元').waitFor();
  },
  TASK_MS,
);

test(
  'the subsidy follows by itself, and the account is shown by its last digits',
  async () => {
    await buyer.open('/desk/payee');
    const { page } = buyer;
    await page.getByLabel('户名').fill('苏州澄湖精密制造有限公司（演示）');
    await page.getByLabel('开户银行').fill('示例银行苏州分行');
    await page.getByLabel('账号', { exact: true }).fill('6222 0000 1234 5678');
    await press(page, '登记账户');
    await confirmIn(page, '登记账户');
    await page.getByText('•••• 5678').waitFor();
    expect(await textOf(page.locator('body'))).not.toContain('62220000');
    await expectSound(buyer);
    await expect
      .poll(
        async () => {
          await buyer.open('/desk/subsidies');
          return page.getByRole('heading', { name: /吸纳方/ }).count();
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBe(1);
    await page.getByRole('button', { name: /看依据/ }).click();
    await page.getByText('高镍正极材料低温烧结工艺技术许可合同').waitFor();
    await expectSound(buyer);
  },
  TASK_MS,
);

test(
  'another company finds no room and no contract',
  async () => {
    const account = { email: 'stranger@example.cn', password: 'eine ganz andere Firma 2026' };
    const organisation: Organisation = {
      kind: 'domestic',
      uscc: usccFrom('91320594', 'PG000001'),
      name: '苏州旁观者有限公司',
      nature: 'enterprise',
      district: 'sip',
    };
    await signUp(market.url, account, '旁人', organisation, ['buyer']);
    const other = await market.visit();
    await other.open('/sign-in');
    await other.page.getByLabel('电子邮箱').fill(account.email);
    await other.page.getByLabel('密码').fill(account.password);
    await other.page.getByRole('button', { name: '登录', exact: true }).click();
    await other.page.waitForURL((address) => address.pathname !== '/sign-in');
    for (const path of [room, contract]) {
      await other.open(path);
      await other.page.getByRole('heading', { name: '没有找到，或无权查看' }).waitFor();
    }
    await other.close();
  },
  TASK_MS,
);

test.each([
  ['zh', 'phone'],
  ['en', 'phone'],
  ['en', 'desk'],
] as const)(
  'every page is sound in %s on a %s',
  async (language, size) => {
    const visit = await market.enter('listing-officer', { language, size });
    const pages = ['/desk/negotiations', room, '/desk/contracts', contract];
    for (const path of [...pages, '/desk/subsidies', '/desk/payee']) {
      await visit.open(path);
      await expectSound(visit);
    }
    await visit.close();
    const middle = await market.enter('broker', { language, size });
    for (const path of ['/desk/brokerage', room, contract]) {
      await middle.open(path);
      await expectSound(middle);
    }
    await middle.close();
  },
  TASK_MS,
);
