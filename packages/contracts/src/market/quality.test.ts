import { expect, test } from 'vitest';
import { contactOfDraft, listingGaps, listingOfDraft, needGaps } from './completeness.ts';
import { type ContactDraft, ListingDraft, NeedDraft } from './drafts.ts';
import { LISTING_CRITERIA, listingQuality, NEED_CRITERIA, needQuality } from './quality.ts';

const EMPTY_LISTING = ListingDraft.parse({});
const EMPTY_NEED = NeedDraft.parse({});
const NOBODY: ContactDraft = { name: '', phone: '', email: '' };
const SOMEBODY: ContactDraft = { name: '林工', phone: '0512-0000000', email: '' };
const FULL: ListingDraft = {
  ...EMPTY_LISTING,
  title: '低温催化涂层',
  problemSolved: '低温下催化效率不足的问题',
  summary: '涂'.repeat(100),
  gain: { text: '起燃温度降低 40', unit: '℃' },
  closestAlternative: '贵金属涂层',
  trl: 5,
  trlEvidence: '台架试验报告',
  intellectualProperty: [{ kind: 'invention', number: 'ZL201310699744.2' }],
  ...{ fieldCode: 'environment', industryCode: 'C', district: 'wujiang' },
  dealTypes: ['licence'],
  price: { mode: 'fixed', priceFen: '100' },
  ownership: { coOwners: [], note: '' },
};
const fields = (gaps: readonly { field: string }[]) => gaps.map((gap) => gap.field);

test('the points of all criteria are 100, and an empty draft misses each by name and points', () => {
  for (const criteria of [LISTING_CRITERIA, NEED_CRITERIA]) {
    expect(criteria.reduce((sum, c) => sum + c.points, 0)).toBe(100);
  }
  const empty = listingQuality(EMPTY_LISTING);
  expect(empty.score).toBe(0);
  expect(empty.missing.map((m) => [m.field, m.points])).toStrictEqual(
    LISTING_CRITERIA.map((c) => [c.field, c.points]),
  );
  expect(empty.missing).toContainEqual({
    field: 'closestAlternative',
    points: 8,
    zh: '最接近的替代方案',
    en: 'The closest alternative',
  });
  expect(needQuality(EMPTY_NEED).score).toBe(0);
});

test('a summary of 99 characters is too short for its points, one of 100 is not', () => {
  expect(listingQuality({ ...FULL, summary: '涂'.repeat(99) }).score).toBe(82);
  expect(listingQuality(FULL).score).toBe(100);
});

test('an empty draft is refused for every gap at once, in the order of the form', () => {
  expect(fields(listingGaps(EMPTY_LISTING, NOBODY))).toStrictEqual([
    ...['title', 'problemSolved', 'summary', 'trl', 'fieldCode', 'industryCode', 'district'],
    ...['dealTypes', 'price', 'contact.name', 'contact.phone'],
  ]);
  expect(fields(needGaps(EMPTY_NEED, NOBODY))).toStrictEqual([
    ...['title', 'text', 'fieldCode', 'industryCode', 'district', 'dealTypes'],
    ...['contact.name', 'contact.phone'],
  ]);
});

test('a full draft has no gap and becomes the record that it says', () => {
  expect(listingGaps(FULL, SOMEBODY)).toStrictEqual([]);
  expect(listingOfDraft(FULL)).toMatchObject({
    gain: { text: '起燃温度降低 40', unit: '℃' },
    price: { mode: 'fixed', priceFen: '100' },
    intellectualProperty: [{ kind: 'invention', number: 'ZL201310699744.2' }],
  });
  expect(contactOfDraft(SOMEBODY)).toStrictEqual({
    name: '林工',
    phone: '0512-0000000',
    email: null,
  });
});

test('a wrong check digit, a wrong kind, half a gain and a price without amount are named', () => {
  const rights = [
    { kind: 'invention' as const, number: 'ZL201310699744.3' },
    { kind: 'design' as const, number: 'ZL201310699744.2' },
    { kind: 'technical-secret' as const, number: '' },
  ];
  expect(
    fields(
      listingGaps(
        {
          ...FULL,
          intellectualProperty: rights,
          gain: { text: '降低 40', unit: '' },
          price: { mode: 'fixed', priceFen: null },
        },
        { ...SOMEBODY, email: 'nobody' },
      ),
    ),
  ).toStrictEqual([
    ...['gain', 'intellectualProperty.0.number', 'intellectualProperty.1.number', 'price'],
    'contact.email',
  ]);
});
