import * as api from '@jishi/contracts/market/trade-listings';
import { addDays, businessDay } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedListing } from '../http/trade-story.ts';
import { openTradeTrial, type TradeTrial } from '../http/trade-trial.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import { expireDue } from './expire-announcements.ts';

let trial: TradeTrial;
beforeAll(async () => {
  trial = await openTradeTrial('expiry');
});
afterAll(() => trial.close());

const DAY_MS = 86_400_000;

test('a listing is open on its last day and expires on the next, once, with word to the ledger', async () => {
  const seller = await trial.trader(['listing-officer']);
  const reviewer = await trial.officer(['exchange-operator']);
  const listingId = await publishedListing(seller, reviewer);
  const db = openDatabase<TradeTables>(trial.serving);
  const openedOn = businessDay(trial.clock());
  const read = () => trial.anonymous(api.readListing, { params: { listingId } });
  const listed = async () => (await trial.anonymous(api.listListings)).items.length;
  expect((await read()).expiresOn).toBe(addDays(openedOn, 365));

  trial.now.offsetMs = 365 * DAY_MS;
  expect(await expireDue(db, trial.clock)).toBe(0);
  expect(await listed()).toBe(1);

  trial.now.offsetMs = 366 * DAY_MS;
  expect(await listed()).toBe(0);
  expect(await expireDue(db, trial.clock)).toBe(1);
  expect(await expireDue(db, trial.clock)).toBe(0);
  trial.now.offsetMs = 0;
  expect((await read()).status).toBe('expired');
  const sent = await trial.admin.selectFrom('outbox').selectAll().orderBy('position').execute();
  expect(sent.map((row) => JSON.parse(row.payload).event.type)).toStrictEqual([
    'ListingOpened',
    'ListingClosed',
  ]);
  expect(JSON.parse(sent[1]?.payload ?? '').event.data).toStrictEqual({
    listingId,
    closedOn: addDays(openedOn, 366),
    reason: 'expired',
  });
  expect(sent[1]?.actor).toBeNull();
});
