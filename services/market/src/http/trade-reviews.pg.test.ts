import { newId } from '@jishi/contracts/ids';
import { listNotifications } from '@jishi/contracts/market/notifications';
import * as notices from '@jishi/contracts/market/price-notice';
import { listReviews, readReview } from '@jishi/contracts/market/reviews';
import * as api from '@jishi/contracts/market/trade-listings';
import { addDays, businessDay } from '@jishi/contracts/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedListing } from './trade-story.ts';
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
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
beforeAll(async () => {
  trial = await openTradeTrial('trade_reviews');
  seller = await trial.trader(['listing-officer', 'buyer'], { nature: 'university' });
  reviewer = await trial.officer(['exchange-operator']);
});
afterAll(() => trial.close());

const submitted = async (title: string) => {
  const listingId = newId();
  const params = { listingId };
  const content = { ...LISTING, title, summary: `${LISTING.summary}电话 13912345678` };
  await seller.call(api.createListing, { body: { listingId, content, contact: CONTACT } });
  await seller.call(api.submitListing, { params, body: commandAt(1) });
  return listingId;
};

test('the queue is oldest first, whatever the ids, and leads from one case to the next', async () => {
  const later = newId();
  const first = await submitted('先交的成果');
  const params = { needId: later };
  await seller.call(api.createNeed, { body: { needId: later, content: NEED, contact: CONTACT } });
  await seller.call(api.submitNeed, { params, body: commandAt(1) });
  const queue = await reviewer.call(listReviews);
  expect(queue.items.map((row) => [row.id, row.kind])).toStrictEqual([
    [first, 'listing'],
    [later, 'need'],
  ]);
  expect(queue.total).toBe(2);
  const page = await reviewer.call(listReviews, { query: { limit: 1 } });
  const next = await reviewer.call(listReviews, { query: { limit: 1, after: page.next ?? '' } });
  expect(next.items.map((row) => row.id)).toStrictEqual([later]);
  expect((await reviewer.call(listReviews, { query: { kind: 'need' } })).total).toBe(1);
  const view = await reviewer.call(readReview, { params: { id: first } });
  expect(view).toMatchObject({ next: later, own: false, history: [] });
  expect(view.checks[0]).toMatchObject({
    check: 'contact-in-text',
    passed: false,
    field: 'summary',
  });
  expect(await refusalOf(seller.call(listReviews))).toBe('role-missing');
});

test('a decision is kept, told to the owner, and shown when the record comes again', async () => {
  const listingId = await submitted('会被退回的成果');
  const params = { listingId };
  const reasons = [{ code: 'contact-in-text' as const, note: '删去电话' }];
  await reviewer.call(api.returnListing, { params, body: { ...commandAt(2), reasons } });
  const [told] = (await seller.call(listNotifications)).items;
  expect(told).toMatchObject({
    kind: 'listing-returned',
    subject: { type: 'listing', id: listingId },
    title: '会被退回的成果',
  });
  await seller.call(api.submitListing, { params, body: commandAt(3) });
  const view = await reviewer.call(readReview, { params: { id: listingId } });
  expect(view.history.map((d) => [d.decision, d.reasons])).toStrictEqual([['returned', reasons]]);
  const row = (await reviewer.call(listReviews)).items.find((r) => r.id === listingId);
  expect(row?.returned).toBe(1);
  await reviewer.call(api.publishListing, { params, body: commandAt(4) });
  expect((await seller.call(listNotifications)).items[0]?.kind).toBe('listing-published');
});

test('who made it or is of its organisation sees that somebody else decides, and is refused', async () => {
  const listingId = await submitted('自家的成果');
  const insider = await trial.signIn(
    { ...seller.person, userId: newId(), roles: ['exchange-operator'] },
    seller.partyId,
  );
  expect((await insider.call(readReview, { params: { id: listingId } })).own).toBe(true);
  const params = { listingId };
  const publish = insider.call(api.publishListing, { params, body: commandAt(2) });
  expect(await refusalOf(publish)).toBe('duties-not-separated');
});

test('a public body publicises a proposed price for the days of the rule, once at a time', async () => {
  const listingId = await publishedListing(seller, reviewer);
  const params = { listingId };
  const body = {
    noticeId: newId(),
    proposedPriceFen: '120000000',
    objectionsTo: '科技处 0512-0000000',
  };
  const started = await seller.call(notices.startPriceNotice, { params, body });
  const today = businessDay(trial.clock());
  expect(started.items).toMatchObject([
    { startedOn: today, lastOn: addDays(today, 14), state: 'running' },
  ]);
  expect(await seller.call(notices.startPriceNotice, { params, body })).toStrictEqual(started);
  expect(await trial.anonymous(notices.listPriceNotices, { params })).toStrictEqual(started);
  const second = { ...body, noticeId: newId() };
  const twice = seller.call(notices.startPriceNotice, { params, body: second });
  expect(await refusalOf(twice)).toBe('price-notice-state');
  const withdraw = { params: { ...params, noticeId: body.noticeId }, body: { because: '有异议' } };
  const stranger = await trial.trader(['listing-officer']);
  expect(await refusalOf(stranger.call(notices.withdrawPriceNotice, withdraw))).toBe('not-found');
  const withdrawn = await seller.call(notices.withdrawPriceNotice, withdraw);
  expect(withdrawn.items[0]).toMatchObject({ state: 'withdrawn', withdrawnBecause: '有异议' });
  const again = await seller.call(notices.startPriceNotice, { params, body: second });
  expect(again.items.map((n) => n.state)).toStrictEqual(['running', 'withdrawn']);
  const firm = await trial.trader(['listing-officer']);
  const theirs = await publishedListing(firm, reviewer);
  const refused = firm.call(notices.startPriceNotice, {
    params: { listingId: theirs },
    body: { ...body, noticeId: newId() },
  });
  expect(await refusalOf(refused)).toBe('price-notice-state');
});
