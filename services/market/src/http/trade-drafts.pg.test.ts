import { newId } from '@jishi/contracts/ids';
import * as api from '@jishi/contracts/market/drafts';
import * as listings from '@jishi/contracts/market/trade-listings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CONTACT,
  commandAt,
  LISTING,
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
beforeAll(async () => {
  trial = await openTradeTrial('trade_drafts');
  seller = await trial.trader(['listing-officer'], { nature: 'university' });
  buyer = await trial.trader(['buyer']);
  stranger = await trial.trader(['listing-officer', 'buyer']);
  reviewer = await trial.officer(['exchange-operator']);
});
afterAll(() => trial.close());

const NOBODY = { name: '', phone: '', email: '' };
const SOMEBODY = { name: '林工', phone: '0512-0000000', email: '' };
const WHOLE = api.ListingDraft.parse({
  ...LISTING,
  intellectualProperty: [{ kind: 'invention', number: 'ZL201310699744.2' }],
  price: { mode: 'negotiable', priceFen: null },
});

const save = (
  listingId: string,
  version: number,
  content: Partial<api.ListingDraft>,
  contact = NOBODY,
  by = seller,
) =>
  by.call(api.saveListingDraft, {
    params: { listingId },
    body: { ...commandAt(version), content, contact },
  });
const submit = (listingId: string, version: number) =>
  seller.call(api.submitListingDraft, { params: { listingId }, body: commandAt(version) });

test('one field is enough to save; what is missing is named with its points and its place', async () => {
  const listingId = newId();
  const saved = await save(listingId, 0, { title: '低应力磨削', price: WHOLE.price });
  expect(saved).toMatchObject({ version: 1, status: null, quality: { score: 0 } });
  expect(saved.quality.missing[0]).toMatchObject({ field: 'problemSolved', points: 15 });
  expect(saved.priceNotice).toMatchObject({ days: 15, status: 'ASSUMPTION' });
  const read = await seller.call(api.readListingDraft, { params: { listingId } });
  expect(read.content.title).toBe('低应力磨削');
  expect(read.savedAt).toBe(saved.savedAt);
  const before = await trial.admin.selectFrom('announcement').select('id').execute();
  expect(before.map((row) => row.id)).not.toContain(listingId);
});

test('a submission is refused once, with every gap; nothing that was written is lost', async () => {
  const listingId = newId();
  await save(listingId, 0, { title: '磨削' });
  const refused = submit(listingId, 1);
  await expect(refused).rejects.toMatchObject({
    problem: { type: expect.stringMatching(/#listing-incomplete$/) },
  });
  const problem = await refused.catch((error) => error.problem);
  expect(problem.fields.map((f: { field: string }) => f.field)).toStrictEqual([
    ...['title', 'problemSolved', 'summary', 'trl', 'fieldCode', 'industryCode', 'district'],
    ...['dealTypes', 'price', 'contact.name', 'contact.phone'],
  ]);
  const read = await seller.call(api.readListingDraft, { params: { listingId } });
  expect([read.version, read.content.title]).toStrictEqual([1, '磨削']);
});

test('a whole draft is submitted once, returned, changed as a draft and submitted again', async () => {
  const listingId = newId();
  const params = { listingId };
  await save(listingId, 0, WHOLE, SOMEBODY);
  const body = commandAt(1);
  const sent = await seller.call(api.submitListingDraft, { params, body });
  expect(sent).toMatchObject({ status: 'submitted', version: 2 });
  expect(await seller.call(api.submitListingDraft, { params, body })).toStrictEqual(sent);
  expect(await refusalOf(save(listingId, 0, WHOLE))).toBe('listing-state');
  const reasons = [{ code: 'rights-unproven' as const, note: '补共有人' }];
  await reviewer.call(listings.returnListing, { params, body: { ...commandAt(2), reasons } });
  const back = await seller.call(api.readListingDraft, { params });
  expect(back).toMatchObject({ version: 0, savedAt: null, status: 'returned', reasons, gaps: [] });
  expect(back.contact).toStrictEqual(SOMEBODY);
  await save(listingId, 0, { ...back.content, title: '钛合金薄壁件磨削' }, SOMEBODY);
  expect((await seller.call(listings.readListing, { params })).content.title).toBe(LISTING.title);
  const again = await submit(listingId, 1);
  expect(again).toMatchObject({ status: 'submitted', content: { title: '钛合金薄壁件磨削' } });
  const done = await reviewer.call(listings.publishListing, {
    params,
    body: commandAt(again.version),
  });
  expect(done.status).toBe('published');
});

test('a colleague who saved first is not overwritten, and a repeated save has one effect', async () => {
  const listingId = newId();
  const body = { ...commandAt(0), content: { title: '第一版' }, contact: NOBODY };
  const params = { listingId };
  const first = await seller.call(api.saveListingDraft, { params, body });
  expect(await seller.call(api.saveListingDraft, { params, body })).toStrictEqual(first);
  const colleague = await trial.signIn({ ...seller.person, userId: newId() }, seller.partyId);
  await save(listingId, 1, { title: '同事改的' }, NOBODY, colleague);
  expect(await refusalOf(save(listingId, 1, { title: '我改的' }))).toBe('version-conflict');
  const both = await Promise.allSettled([
    save(listingId, 2, { title: '甲' }),
    save(listingId, 2, { title: '乙' }, NOBODY, colleague),
  ]);
  expect(both.map((r) => r.status).sort()).toStrictEqual(['fulfilled', 'rejected']);
});

test('a draft is its owner’s alone: read, saved over or submitted by nobody else', async () => {
  const listingId = newId();
  await save(listingId, 0, { title: '保密' });
  const params = { listingId };
  expect(await refusalOf(stranger.call(api.readListingDraft, { params }))).toBe('not-found');
  expect(await refusalOf(save(listingId, 0, { title: '抢' }, NOBODY, stranger))).toBe('id-reused');
  const theirs = stranger.call(api.submitListingDraft, { params, body: commandAt(1) });
  expect(await refusalOf(theirs)).toBe('not-found');
  expect(await refusalOf(reviewer.call(api.readListingDraft, { params }))).toBe('role-missing');
});

test('a need is saved from one sentence, submitted when whole, and thrown away when asked', async () => {
  const needId = newId();
  const params = { needId };
  const content = { text: '薄壁件磨削后变形不超过 0.02 mm。' };
  const saved = await buyer.call(api.saveNeedDraft, {
    params,
    body: { ...commandAt(0), content, contact: NOBODY },
  });
  expect(saved.quality.score).toBe(20);
  expect(saved.gaps.map((gap) => gap.field)).toContain('title');
  const whole = {
    ...saved.content,
    title: '薄壁件磨削变形控制',
    fieldCode: 'manufacturing' as const,
    industryCode: 'C' as const,
    district: 'kunshan' as const,
    dealTypes: ['licence' as const],
  };
  await buyer.call(api.saveNeedDraft, {
    params,
    body: { ...commandAt(1), content: whole, contact: SOMEBODY },
  });
  const sent = await buyer.call(api.submitNeedDraft, { params, body: commandAt(2) });
  expect(sent.status).toBe('submitted');
  const other = newId();
  await save(other, 0, { title: '不要了' });
  const away = { params: { listingId: other }, body: commandAt(1) };
  expect(await seller.call(api.discardListingDraft, away)).toStrictEqual({ discarded: true });
  const gone = seller.call(api.readListingDraft, { params: { listingId: other } });
  expect(await refusalOf(gone)).toBe('not-found');
});

test('a record made whole through the interface is written on as a draft', async () => {
  const listingId = newId();
  await seller.call(listings.createListing, {
    body: { listingId, content: LISTING, contact: CONTACT },
  });
  const read = await seller.call(api.readListingDraft, { params: { listingId } });
  expect(read).toMatchObject({ version: 0, status: 'draft', gaps: [] });
  await save(listingId, 0, { ...read.content, closestAlternative: '' }, SOMEBODY);
  expect(await submit(listingId, 1)).toMatchObject({
    status: 'submitted',
    content: { closestAlternative: '' },
  });
});
