import type { CallOf } from '@jishi/contracts/endpoint';
import { type Id, newId } from '@jishi/contracts/ids';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import * as matching from '@jishi/contracts/market/matching';
import * as searchApi from '@jishi/contracts/market/search';
import * as api from '@jishi/contracts/market/trade-listings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedListing, publishedNeed } from './trade-story.ts';
import {
  CONTACT,
  commandAt,
  LISTING,
  NEED,
  openTradeTrial,
  refusalOf,
  type Trader,
  type TradeTrial,
} from './trade-trial.ts';

let trial: TradeTrial;
let seller: Trader;
let buyer: Trader;
let stranger: Trader;
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
/** By name: the usual listing; one too early; one too dear; one of another matter. */
const listings = new Map<string, Id>();
let needId: Id;

const listing = (over: Partial<ListingContent>): ListingContent => ({ ...LISTING, ...over });

beforeAll(async () => {
  trial = await openTradeTrial('matching');
  seller = await trial.trader(['listing-officer'], { nature: 'university' });
  buyer = await trial.trader(['buyer'], { district: 'kunshan' });
  stranger = await trial.trader(['buyer', 'listing-officer']);
  reviewer = await trial.officer(['exchange-operator']);
  const publish = async (name: string, over: Partial<ListingContent>) =>
    listings.set(name, await publishedListing(seller, reviewer, listing(over)));
  await publish('usual', {});
  await publish('early', { title: '薄壁件磨削变形的在线控制', trl: 4 });
  await publish('dear', {
    title: '钛合金薄壁件磨削专机与变形补偿',
    price: { mode: 'fixed', priceFen: '900000000' },
  });
  await publish('other', {
    title: '微电解填料处理工业废水',
    problemSolved: '高盐有机废水难以降解,运行费用高',
    summary: '规整化填料,抗板结,可再生,停留时间短。'.repeat(5),
    gain: { text: '停留时间缩短 40', unit: '%' },
    closestAlternative: '芬顿氧化',
    trlEvidence: '在一家印染厂中试',
    fieldCode: 'environment',
    district: 'wujiang',
  });
  needId = await publishedNeed(buyer, reviewer);
});
afterAll(() => trial.close());

const idOf = (name: string): Id => listings.get(name) ?? '';
const nameOf = (id: Id): string => [...listings].find(([, i]) => i === id)?.[0] ?? id;
const matchesOf = (by: Trader, params = { needId }) => by.call(matching.matchNeed, { params });
type SearchQuery = NonNullable<CallOf<typeof searchApi.searchRecords>['query']>;
const search = (query: SearchQuery) => trial.anonymous(searchApi.searchRecords, { query });

test('the best match comes first, hard misses last, with the reason of each', async () => {
  const { items } = await matchesOf(buyer);
  expect(items.map((m) => nameOf(m.listing.listingId)).slice(0, 1)).toStrictEqual(['usual']);
  const hard = items.filter((m) => m.hardMiss).map((m) => nameOf(m.listing.listingId));
  expect(hard.sort()).toStrictEqual(['dear', 'early']);
  expect(items.map((m) => m.hardMiss)).toStrictEqual(items.map((m) => m.hardMiss).sort());
  const early = items.find((m) => nameOf(m.listing.listingId) === 'early');
  expect(early?.criteria.find((c) => c.criterion === 'trl')).toStrictEqual({
    criterion: 'trl',
    label: { zh: '成熟度', en: 'Readiness' },
    need: { zh: 'TRL 6', en: 'TRL 6' },
    result: { zh: 'TRL 4', en: 'TRL 4' },
    verdict: 'missed',
    note: { zh: '低 2 级', en: '2 levels below' },
    hard: true,
  });
});

test('a match shows the phrases of both sides and where they stand', async () => {
  const { items } = await matchesOf(buyer);
  const [best] = items;
  expect(best?.phrases).toContain('薄壁件磨削');
  const title = best?.listing.content.title ?? '';
  const marked = best?.marksFound
    .filter((m) => m.field === 'title')
    .map((m) => title.slice(m.start, m.end));
  expect(marked).toStrictEqual(['钛合金']);
  expect(best?.met).toBeLessThanOrEqual(best?.known ?? 0);
});

test('matches belong to the owner: for others and for nobody there are none', async () => {
  expect(await refusalOf(matchesOf(stranger))).toBe('not-found');
  expect(await refusalOf(matchesOf(buyer, { needId: newId() }))).toBe('not-found');
  const asked = trial.anonymous(matching.matchNeed, { params: { needId } });
  expect(await refusalOf(asked)).toBe('not-signed-in');
  const params = { listingId: idOf('usual') };
  expect(await refusalOf(stranger.call(matching.matchListing, { params }))).toBe('not-found');
});

test('a listing finds the need that it answers', async () => {
  const params = { listingId: idOf('usual') };
  const { items } = await seller.call(matching.matchListing, { params });
  expect(items.map((m) => m.need.needId)).toContain(needId);
  expect(items[0]?.criteria).toHaveLength(8);
});

test('a draft has matches for its owner and is nobody else’s match', async () => {
  const draftId = newId();
  const content: NeedContent = { ...NEED, title: '薄壁件磨削后不变形' };
  await buyer.call(api.createNeed, { body: { needId: draftId, content, contact: CONTACT } });
  expect((await matchesOf(buyer, { needId: draftId })).items.length).toBeGreaterThan(0);
  expect(await refusalOf(matchesOf(stranger, { needId: draftId }))).toBe('not-found');
  const { items } = await seller.call(matching.matchListing, {
    params: { listingId: idOf('usual') },
  });
  expect(items.map((m) => m.need.needId)).not.toContain(draftId);
  const found = await search({ kind: 'needs', q: '薄壁件磨削' });
  expect(JSON.stringify(found)).not.toContain(draftId);
});

test('a preview finds the same for a text that is not saved, and hints what to add', async () => {
  const { items, hint } = await stranger.call(matching.previewMatches, {
    body: { title: NEED.title, text: '' },
  });
  expect(nameOf(items[0]?.listing.listingId ?? '')).not.toBe('other');
  expect(items.every((m) => !m.hardMiss)).toBe(true);
  expect(hint?.field).toBe('text');
  const empty = stranger.call(matching.previewMatches, { body: { title: ' ', text: '' } });
  expect(await refusalOf(empty)).toBe('invalid-input');
});

test('anybody searches published records by words and filters', async () => {
  const names = async (query: Omit<SearchQuery, 'kind'>) =>
    (await search({ kind: 'listings', ...query })).items.map((item) =>
      item.kind === 'listing' ? nameOf(item.listing.listingId) : 'need',
    );
  expect(await names({ q: '废水' })).toStrictEqual(['other']);
  expect((await names({ q: '磨削' })).sort()).toStrictEqual(['dear', 'early', 'usual']);
  expect(await names({ q: '磨削 废水', fieldCode: 'environment' })).toStrictEqual(['other']);
  expect(await names({ q: '磨削 废水', district: 'wujiang' })).toStrictEqual(['other']);
  expect(await names({ q: '磨削', trlFrom: 5, priceToFen: '900000000' })).toStrictEqual(['dear']);
  expect(await names({ q: '磨削', priceToFen: '899999999' })).toStrictEqual([]);
  expect(await names({ q: '磨削', dealType: 'service' })).toStrictEqual([]);
  expect(await names({ q: '区块链' })).toStrictEqual([]);
});

test('a page of one leads to the next until all are seen once', async () => {
  const seen: Id[] = [];
  let cursor: string | undefined;
  do {
    const query = { kind: 'listings' as const, q: '磨削', limit: 1, cursor };
    const page = await trial.anonymous(searchApi.searchRecords, { query });
    for (const item of page.items) if (item.kind === 'listing') seen.push(item.listing.listingId);
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen.map(nameOf).sort()).toStrictEqual(['dear', 'early', 'usual']);
});

test('no search and no match tells a contact, not even to the owner', async () => {
  const answers = [
    await search({ kind: 'listings', q: '磨削' }),
    await search({ kind: 'needs', q: '磨削' }),
    await matchesOf(buyer),
    await seller.call(matching.matchListing, { params: { listingId: idOf('usual') } }),
    await buyer.call(matching.previewMatches, { body: { title: NEED.title, text: '' } }),
  ];
  expect(JSON.stringify(answers)).not.toContain(CONTACT.name);
  expect((await search({ kind: 'listings', q: CONTACT.name })).items).toStrictEqual([]);
});

test('a match put aside stands last with its reason until that is taken back', async () => {
  const rejectionId = newId();
  const listingId = idOf('usual');
  const body = { rejectionId, listingId, reason: 'rights-unclear' as const };
  const params = { needId };
  await buyer.call(matching.rejectMatch, { params, body });
  await buyer.call(matching.rejectMatch, { params, body });
  const last = (await matchesOf(buyer)).items.at(-1);
  expect(last?.listing.listingId).toBe(listingId);
  expect(last?.rejected).toStrictEqual({ rejectionId, reason: 'rights-unclear' });
  const other = { ...body, reason: 'price' as const };
  const reused = buyer.call(matching.rejectMatch, { params, body: other });
  expect(await refusalOf(reused)).toBe('id-reused');
  const theirs = stranger.call(matching.withdrawRejection, { params: { needId, rejectionId } });
  expect(await refusalOf(theirs)).toBe('not-found');
  await buyer.call(matching.withdrawRejection, { params: { needId, rejectionId } });
  const [first] = (await matchesOf(buyer)).items;
  expect([first?.listing.listingId, first?.rejected]).toStrictEqual([listingId, null]);
});

test('only a buyer of the need’s owner puts aside, and only what was published', async () => {
  const body = { rejectionId: newId(), listingId: idOf('other'), reason: 'other' as const };
  const params = { needId };
  expect(await refusalOf(stranger.call(matching.rejectMatch, { params, body }))).toBe('not-found');
  expect(await refusalOf(seller.call(matching.rejectMatch, { params, body }))).toBe('role-missing');
  const absent = { ...body, listingId: newId() };
  expect(await refusalOf(buyer.call(matching.rejectMatch, { params, body: absent }))).toBe(
    'not-found',
  );
});

test('what is closed or past its last day is no longer found', async () => {
  const { call } = seller;
  const closing = await publishedListing(seller, reviewer, listing({ title: '超声振动切削刀柄' }));
  const count = async () => (await search({ kind: 'listings', q: '超声刀柄' })).items.length;
  expect(await count()).toBe(1);
  trial.now.offsetMs = 366 * 86_400_000;
  expect(await count()).toBe(0);
  trial.now.offsetMs = 0;
  await call(api.closeListing, {
    params: { listingId: closing },
    body: { ...commandAt(3), reason: 'withdrawn' },
  });
  expect(await count()).toBe(0);
});
