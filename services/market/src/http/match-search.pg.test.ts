import type { CallOf } from '@jishi/contracts/endpoint';
import type { ListingContent } from '@jishi/contracts/market/listing';
import { searchRecords } from '@jishi/contracts/market/search';
import { closeListing, renewListing } from '@jishi/contracts/market/trade-listings';
import { addDays, businessDay } from '@jishi/contracts/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedListing, publishedNeed } from './trade-story.ts';
import { commandAt, LISTING, openTradeTrial, refusalOf, type TradeTrial } from './trade-trial.ts';

let trial: TradeTrial;
const titles = new Map<string, string>();
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
let seller: Awaited<ReturnType<TradeTrial['trader']>>;

beforeAll(async () => {
  trial = await openTradeTrial('match_search');
  seller = await trial.trader(['listing-officer'], { nature: 'university' });
  const firm = await trial.trader(['listing-officer', 'buyer']);
  reviewer = await trial.officer(['exchange-operator']);
  const publish = async (by: typeof seller, title: string, over: Partial<ListingContent>) =>
    titles.set(await publishedListing(by, reviewer, { ...LISTING, title, ...over }), title);
  await publish(seller, '磨削工艺一', { trl: 3 });
  await publish(seller, '磨削工艺二', { trl: 4, price: { mode: 'fixed', priceFen: '30000000' } });
  await publish(firm, '磨削工艺三', { trl: 6, price: { mode: 'fixed', priceFen: '29999999' } });
  await publish(firm, '磨削工艺四', {
    trl: 7,
    district: 'kunshan',
    dealTypes: ['licence', 'transfer'],
    price: { mode: 'fixed', priceFen: '1000000000' },
  });
  await publish(firm, '涂层工艺五', {
    ...{ fieldCode: 'materials', problemSolved: '低温下催化效率不足的问题', gain: null },
    ...{ summary: '低温涂层'.repeat(10), closestAlternative: '', trlEvidence: '' },
  });
  await publishedNeed(firm, reviewer);
});
afterAll(() => trial.close());

type Query = Partial<NonNullable<CallOf<typeof searchRecords>['query']>>;
const search = (query: Query) =>
  trial.anonymous(searchRecords, { query: { kind: 'listings', ...query } });
const names = async (query: Query) =>
  (await search(query)).items.flatMap((i) => (i.kind === 'listing' ? i.listing.content.title : []));
const counts = (facet: readonly { value: string; count: number }[]) =>
  Object.fromEntries(facet.map(({ value, count }) => [value, count]));

test('without words everything is browsed, counted by each facet, the other kind beside', async () => {
  const all = await search({});
  expect([all.total, all.kinds]).toStrictEqual([5, { listings: 5, needs: 1 }]);
  expect(counts(all.facets.fieldCode)).toStrictEqual({ manufacturing: 4, materials: 1 });
  expect(counts(all.facets.district)).toStrictEqual({ sip: 4, kunshan: 1 });
  expect(counts(all.facets.trlBand)).toStrictEqual({ '1-3': 1, '4-6': 3, '7-9': 1 });
  expect(counts(all.facets.dealType)).toStrictEqual({ licence: 5, transfer: 1 });
  expect(counts(all.facets.nature)).toStrictEqual({ university: 2, enterprise: 3 });
  expect(all.without).toStrictEqual([]);
});

test('a price of exactly 30 万元 is in the band above, one fen less below', async () => {
  const { facets } = await search({});
  expect(counts(facets.priceBand)).toStrictEqual({
    'not-stated': 2,
    'under-30': 1,
    '30-100': 1,
    'over-1000': 1,
  });
  expect(await names({ priceBand: '30-100' })).toStrictEqual(['磨削工艺二']);
  expect(await names({ priceBand: 'under-30' })).toStrictEqual(['磨削工艺三']);
});

test('a facet counts what the other filters leave, so that its own can be changed', async () => {
  const found = await search({ q: '磨削', district: 'kunshan' });
  expect(found.total).toBe(1);
  expect(counts(found.facets.district)).toStrictEqual({ sip: 3, kunshan: 1 });
  expect(counts(found.facets.trlBand)).toStrictEqual({ '7-9': 1 });
});

test('an empty answer names the filter whose removal gives most', async () => {
  const none = await search({ q: '磨削', district: 'kunshan', trlBand: '1-3' });
  expect([none.items, none.total]).toStrictEqual([[], 0]);
  expect(none.without).toStrictEqual([
    { filter: 'district', total: 1 },
    { filter: 'trlBand', total: 1 },
  ]);
  const one = await search({ fieldCode: 'materials', trlBand: '7-9' });
  expect(one.without).toStrictEqual([
    { filter: 'fieldCode', total: 1 },
    { filter: 'trlBand', total: 1 },
  ]);
});

test('sorted by price the unpriced come last; by readiness the readiest first', async () => {
  expect((await names({ q: '磨削', sort: 'price' })).slice(0, 3)).toStrictEqual([
    ...['磨削工艺三', '磨削工艺二', '磨削工艺四'],
  ]);
  expect((await names({ q: '磨削', sort: 'readiness' })).slice(0, 2)).toStrictEqual([
    ...['磨削工艺四', '磨削工艺三'],
  ]);
});

test.each(['relevance', 'newest', 'price', 'readiness'] as const)(
  'by %s every record is on exactly one page',
  async (sort) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ q: '磨削', sort, limit: 1, cursor });
      seen.push(
        ...page.items.flatMap((i) => (i.kind === 'listing' ? i.listing.content.title : [])),
      );
      expect(page.total).toBe(4);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen.sort()).toStrictEqual(
      ['磨削工艺一', '磨削工艺三', '磨削工艺二', '磨削工艺四'].sort(),
    );
  },
);

test('a cursor that is not ours, or of another order, is refused by name', async () => {
  const { next } = await search({ sort: 'price', limit: 1 });
  const forged = Buffer.from('["price","1); drop table","x"]').toString('base64url');
  for (const cursor of ['x', forged, '']) {
    expect(await refusalOf(search({ sort: 'price', cursor }))).toBe('invalid-input');
  }
  expect(await refusalOf(search({ sort: 'newest', cursor: next ?? '' }))).toBe('invalid-input');
});

test('what is closed is not counted, and what is renewed is counted on', async () => {
  const [listingId] = [...titles].find(([, title]) => title === '磨削工艺一') ?? [''];
  const today = businessDay(trial.clock());
  const params = { listingId };
  await seller.call(renewListing, {
    params,
    body: { ...commandAt(3), expiresOn: addDays(today, 700) },
  });
  trial.now.offsetMs = 400 * 86_400_000;
  expect((await search({})).total).toBe(1);
  trial.now.offsetMs = 0;
  await seller.call(closeListing, { params, body: { ...commandAt(4), reason: 'withdrawn' } });
  expect((await search({})).total).toBe(4);
});
