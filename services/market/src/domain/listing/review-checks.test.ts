import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { expect, test } from 'vitest';
import { type Reviewed, reviewChecks } from './review-checks.ts';

const LISTING: ListingContent = {
  title: '低温催化涂层',
  problemSolved: '低温下催化效率不足的问题',
  summary: '在 180 ℃下起燃',
  gain: { text: '起燃温度降低 40', unit: '℃' },
  closestAlternative: '贵金属涂层',
  trl: 5,
  trlEvidence: '台架试验报告',
  intellectualProperty: [{ kind: 'invention', number: 'ZL201310699744.2' }],
  ...{ fieldCode: 'environment', industryCode: 'C', district: 'wujiang' },
  dealTypes: ['licence'],
  price: { mode: 'negotiable' },
  venue: null,
};
const NEED: NeedContent = {
  ...{ title: '废气处理', text: '需要在 180 ℃以下处理', budgetFen: null, trlWanted: null },
  ...{ fieldCode: 'environment', industryCode: 'C', district: 'wujiang' },
  ...{ dealTypes: ['licence'], deadline: null },
};
const clean: Reviewed = {
  content: LISTING,
  nature: 'university',
  sameTitles: 0,
  numbersElsewhere: [],
};
const failing = (over: Partial<Reviewed>) =>
  reviewChecks({ ...clean, ...over })
    .filter((c) => !c.passed)
    .map((c) => [c.check, c.field]);

test('a clean listing passes all seven, a clean need all four', () => {
  expect([reviewChecks(clean).length, failing({})]).toStrictEqual([7, []]);
  expect([reviewChecks({ ...clean, content: NEED }).length, failing({ content: NEED })]).toEqual([
    4,
    [],
  ]);
});

test.each(['联系 13912345678', '电话 0512-6512345', '写信到 a.b@example.cn', '加微信: jishi_2026'])(
  '「%s」is contact data in the text, and where it stands is named',
  (text) => {
    expect(failing({ content: { ...LISTING, summary: text } })).toStrictEqual([
      ['contact-in-text', 'summary'],
    ]);
  },
);

test.each(['专利 201310699744.2', '压力 13912345678901 Pa', '型号 QQ1'])(
  '「%s」is no contact',
  (text) => {
    expect(failing({ content: { ...LISTING, summary: text } })).toStrictEqual([]);
  },
);

test('same titles, rights stated elsewhere, superlatives and nothing measured come first', () => {
  const content = { ...LISTING, gain: null, summary: '国内首创', intellectualProperty: [] };
  const found = failing({ content, sameTitles: 2, numbersElsewhere: ['ZL201310699744.2'] });
  expect(found.map(([check]) => check)).toStrictEqual([
    ...['same-title', 'superlatives', 'measured', 'rights-numbered', 'rights-elsewhere'],
  ]);
});

test('a public body with a negotiated price is told of the notice; with a stated price not', () => {
  const notice = (over: Partial<Reviewed>) =>
    reviewChecks({ ...clean, ...over }).find((c) => c.check === 'price-notice')?.field;
  expect(notice({})).toBe('price');
  expect(notice({ nature: 'enterprise' })).toBeNull();
  const content: ListingContent = { ...LISTING, price: { mode: 'fixed', priceFen: '100' } };
  expect(notice({ content })).toBeNull();
});
