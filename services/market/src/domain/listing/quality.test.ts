import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { expect, test } from 'vitest';
import { needRequired, qualityOfNeed } from '../need/quality.ts';
import { listingRequired, qualityOfListing } from './quality.ts';

const LISTING: ListingContent = {
  title: '低温催化涂层',
  problemSolved: '低温下催化效率不足的问题',
  summary: '涂'.repeat(100),
  gain: { text: '起燃温度降低 40', unit: '℃' },
  closestAlternative: '贵金属涂层',
  trl: 5,
  trlEvidence: '台架试验报告',
  intellectualProperty: [{ kind: 'technical-secret', number: null }],
  fieldCode: 'environment',
  industryCode: 'C',
  district: 'wujiang',
  dealTypes: ['licence'],
  price: { mode: 'fixed', priceFen: '100' },
  venue: null,
  ownership: { coOwners: [], note: '' },
};
const NEED: NeedContent = {
  title: '废气处理',
  text: `需要在 180 ℃以下${'处'.repeat(80)}`,
  ...{ fieldCode: 'environment', industryCode: 'C', district: 'wujiang', trlWanted: 6 },
  ...{ budgetFen: '100', dealTypes: ['licence'], deadline: '2027-01-01' },
};

test('a full record has 100; one without a measured gain lacks exactly its points', () => {
  expect(qualityOfListing(LISTING)).toStrictEqual({ score: 100, missing: [] });
  expect(qualityOfNeed(NEED)).toStrictEqual({ score: 100, missing: [] });
  expect(qualityOfListing({ ...LISTING, gain: null })).toStrictEqual({
    score: 85,
    missing: [
      { field: 'gain', points: 15, zh: '实测效果与单位', en: 'A measured gain with its unit' },
    ],
  });
});

test('a text of 9 characters is not reviewed, one of 10 is', () => {
  expect(listingRequired({ ...LISTING, problemSolved: '问'.repeat(9) })).toStrictEqual([
    'problemSolved',
  ]);
  expect(listingRequired({ ...LISTING, problemSolved: '问'.repeat(10) })).toStrictEqual([]);
  expect(needRequired({ ...NEED, text: '需'.repeat(9) })).toStrictEqual(['text']);
  expect(needRequired({ ...NEED, text: '需'.repeat(10) })).toStrictEqual([]);
});
