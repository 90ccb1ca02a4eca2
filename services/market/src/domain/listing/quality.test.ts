import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { expect, test } from 'vitest';
import { NEED_CRITERIA, needQuality, needRequired } from '../need/quality.ts';
import { LISTING_CRITERIA, listingQuality, listingRequired } from './quality.ts';

const FULL: ListingContent = {
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
};
const EMPTY: ListingContent = {
  ...FULL,
  ...{ problemSolved: '', summary: '', gain: null, closestAlternative: '', trlEvidence: '' },
  ...{ intellectualProperty: [], price: { mode: 'negotiable' } },
};
const NEED: NeedContent = {
  title: '废气处理',
  text: `需要在 180 ℃以下${'处'.repeat(80)}`,
  ...{ fieldCode: 'environment', industryCode: 'C', district: 'wujiang', trlWanted: 6 },
  ...{ budgetFen: '100', dealTypes: ['licence'], deadline: '2027-01-01' },
};

test('the points of all criteria are 100, for listings and for needs', () => {
  for (const criteria of [LISTING_CRITERIA, NEED_CRITERIA]) {
    expect(criteria.reduce((sum, c) => sum + c.points, 0)).toBe(100);
  }
});

test('a full record has 100 and misses nothing; an empty one has 0 and every field named', () => {
  expect(listingQuality(FULL)).toStrictEqual({ score: 100, missing: [] });
  expect(needQuality(NEED)).toStrictEqual({ score: 100, missing: [] });
  const empty = listingQuality(EMPTY);
  expect(empty.score).toBe(0);
  expect(empty.missing.map((m) => m.field)).toStrictEqual(LISTING_CRITERIA.map((c) => c.field));
  const bare = { ...NEED, text: '', trlWanted: null, budgetFen: null, deadline: null };
  expect(needQuality(bare).score).toBe(0);
});

test('a summary of 99 characters is too short for its points, one of 100 is not', () => {
  expect(listingQuality({ ...FULL, summary: '涂'.repeat(99) }).score).toBe(80);
  expect(listingQuality({ ...FULL, summary: '涂'.repeat(100) }).score).toBe(100);
});

test('a text of 9 characters is not reviewed, one of 10 is', () => {
  expect(listingRequired({ ...FULL, problemSolved: '问'.repeat(9) })).toStrictEqual([
    'problemSolved',
  ]);
  expect(listingRequired({ ...FULL, problemSolved: '问'.repeat(10) })).toStrictEqual([]);
  expect(needRequired({ ...NEED, text: '需'.repeat(9) })).toStrictEqual(['text']);
  expect(needRequired({ ...NEED, text: '需'.repeat(10) })).toStrictEqual([]);
});
