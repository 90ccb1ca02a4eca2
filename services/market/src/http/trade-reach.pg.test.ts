import { newId } from '@jishi/contracts/ids';
import { saveListingDraft } from '@jishi/contracts/market/drafts';
import { listNotifications } from '@jishi/contracts/market/notifications';
import * as api from '@jishi/contracts/market/reach';
import { closeListing } from '@jishi/contracts/market/trade-listings';
import { openDatabase } from '@jishi/runtime/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pushNext } from '../process/push-matches.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import {
  offered,
  openedNegotiation,
  publishedListing,
  publishedNeed,
  readyContract,
  signed,
} from './trade-story.ts';
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
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
beforeAll(async () => {
  trial = await openTradeTrial('trade_reach');
  seller = await trial.trader(['listing-officer']);
  buyer = await trial.trader(['buyer']);
  reviewer = await trial.officer(['exchange-operator']);
});
afterAll(() => trial.close());

const look = async (listingId: string, agent: string | null, from: string, token?: string) => {
  const answer = await trial.app.request(
    `/api/market/listings/${listingId}/views`,
    {
      method: 'POST',
      headers: {
        ...(agent ? { 'user-agent': agent } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        'x-forwarded-for': from,
      },
    },
    { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
  );
  return ((await answer.json()) as { counted?: boolean }).counted;
};
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0';

test('a view counts once a day from one address; robots and the owner’s people do not', async () => {
  const listingId = await publishedListing(seller, reviewer);
  expect(await look(listingId, BROWSER, '203.0.113.7')).toBe(true);
  expect(await look(listingId, BROWSER, '203.0.113.7')).toBe(false);
  expect(await look(listingId, BROWSER, '203.0.113.8')).toBe(true);
  expect(await look(listingId, 'ExampleBot/1.0', '203.0.113.9')).toBe(false);
  expect(await look(listingId, null, '203.0.113.10')).toBe(false);
  expect(await look(listingId, BROWSER, '203.0.113.11', seller.token)).toBe(false);
  trial.now.offsetMs = 86_400_000;
  expect(await look(listingId, BROWSER, '203.0.113.7')).toBe(true);
  trial.now.offsetMs = 0;
  const funnel = await seller.call(api.readFunnel, { params: { listingId } });
  expect(funnel.stages[0]).toMatchObject({ stage: 'views', count: 3, days: 0 });
  expect(funnel.viewsByDay.map((d) => d.views)).toStrictEqual([2, 1]);
  const stored = await trial.admin
    .selectFrom('announcement_view_day' as never)
    .selectAll()
    .execute();
  expect(JSON.stringify(stored)).not.toContain('203.0.113');
});

test('a contact is shown after a logged act; the 21st of a day is refused, the next day not', async () => {
  const asking = await trial.trader(['buyer']);
  const ids: string[] = [];
  for (let i = 0; i < 21; i++) ids.push(await publishedListing(seller, reviewer));
  const reveal = (listingId: string) =>
    asking.call(api.revealListingContact, { params: { listingId } });
  const [first = '', ...others] = ids;
  expect(await reveal(first)).toStrictEqual({ contact: CONTACT, leftToday: 19 });
  expect(await reveal(first)).toStrictEqual({ contact: CONTACT, leftToday: 19 });
  const answers = await Promise.allSettled(others.map(reveal));
  expect(answers.filter((a) => a.status === 'rejected')).toHaveLength(1);
  const refusedAt = answers.findIndex((a) => a.status === 'rejected');
  const refused = others[refusedAt] ?? '';
  expect(await refusalOf(reveal(refused))).toBe('rate-limited');
  expect((await reveal(first)).leftToday).toBe(0);
  trial.now.offsetMs = 86_400_000;
  expect((await reveal(refused)).leftToday).toBe(19);
  trial.now.offsetMs = 0;
  const anonymous = trial.anonymous(api.revealListingContact, { params: { listingId: first } });
  expect(await refusalOf(anonymous)).toBe('not-signed-in');
  const funnel = await seller.call(api.readFunnel, { params: { listingId: first } });
  expect(funnel.stages[1]).toMatchObject({ stage: 'contacts', count: 1 });
}, 30_000);

test('a closed record shows its contact to nobody new', async () => {
  const listingId = await publishedListing(seller, reviewer);
  const params = { listingId };
  await seller.call(closeListing, { params, body: { ...commandAt(3), reason: 'withdrawn' } });
  expect(await refusalOf(buyer.call(api.revealListingContact, { params }))).toBe('listing-state');
});

test('the funnel runs from the negotiation to the signed contract, for the owner alone', async () => {
  const { contractId, listingId } = await readyContract(seller, buyer, reviewer);
  const params = { listingId: listingId ?? '' };
  await openedNegotiation(await trial.trader(['buyer']), params.listingId).then(async (room) => {
    expect(room.status).toBe('open');
    const other = await trial.trader(['buyer']);
    await offered(other, await openedNegotiation(other, params.listingId));
  });
  const count = (funnel: api.Funnel) => funnel.stages.map((s) => s.count);
  expect(count(await seller.call(api.readFunnel, { params }))).toStrictEqual([0, 0, 3, 2, 0]);
  await signed(seller, contractId);
  await signed(buyer, contractId);
  const done = await seller.call(api.readFunnel, { params });
  expect(count(done)).toStrictEqual([0, 0, 3, 2, 1]);
  expect(done.contractIds).toStrictEqual([contractId]);
  expect(done.stages[4]).toMatchObject({ stage: 'contracts', days: 0 });
  expect(await refusalOf(buyer.call(api.readFunnel, { params }))).toBe('not-found');
});

test('a desk lists drafts and records together, with what became of each', async () => {
  const owner = await trial.trader(['listing-officer']);
  const published = await publishedListing(owner, reviewer);
  const draft = newId();
  await owner.call(saveListingDraft, {
    params: { listingId: draft },
    body: {
      ...commandAt(0),
      content: { title: '才写了题目' },
      contact: { name: '', phone: '', email: '' },
    },
  });
  const desk = await owner.call(api.listOwnListingRows);
  expect(desk.items.map((row) => [row.id, row.status, row.title])).toStrictEqual([
    [draft, 'draft', '才写了题目'],
    [published, 'published', LISTING.title],
  ]);
  expect(desk.counts).toStrictEqual({ draft: 1, published: 1 });
  const only = await owner.call(api.listOwnListingRows, { query: { status: 'draft' } });
  expect(only.items.map((row) => row.id)).toStrictEqual([draft]);
  const first = await owner.call(api.listOwnListingRows, { query: { limit: 1 } });
  const next = { limit: 1, after: first.next ?? '' };
  const second = await owner.call(api.listOwnListingRows, { query: next });
  expect(second.items.map((row) => row.id)).toStrictEqual([published]);
});

test('when a counterpart appears both sides are told once, and nobody of another matter', async () => {
  const db = openDatabase<TradeTables>(trial.serving);
  while (await pushNext(db, trial.clock));
  const inventor = await trial.trader(['listing-officer']);
  const maker = await trial.trader(['buyer']);
  const bystander = await trial.trader(['buyer']);
  await publishedNeed(bystander, reviewer, {
    ...{ title: '印染废水脱色', text: '印染废水色度高,要求出水达标,运行费用低。' },
    ...{ fieldCode: 'environment', industryCode: 'C', district: 'wujiang' },
    ...{ trlWanted: null, budgetFen: null, dealTypes: ['licence'], deadline: null },
  });
  const needId = await publishedNeed(maker, reviewer);
  const listingId = await publishedListing(inventor, reviewer);
  expect(await pushNext(db, trial.clock)).toBe(true);
  while (await pushNext(db, trial.clock));
  const found = async (by: Trader) =>
    (await by.call(listNotifications)).items
      .filter((n) => n.kind === 'match-found')
      .map((n) => [n.subject.id, n.other?.id]);
  expect(await found(maker)).toContainEqual([needId, listingId]);
  expect(await found(inventor)).toContainEqual([listingId, needId]);
  expect(await found(bystander)).toStrictEqual([]);
  const desk = await maker.call(api.listOwnNeedRows);
  expect(desk.items[0]?.newMatches).toBeGreaterThan(0);
});
