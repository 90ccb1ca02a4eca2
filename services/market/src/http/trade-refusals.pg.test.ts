import { newId } from '@jishi/contracts/ids';
import * as trade from '@jishi/contracts/market/trade';
import * as api from '@jishi/contracts/market/trade-listings';
import { addDays, businessDay } from '@jishi/contracts/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accepted,
  drawnContract,
  offered,
  openedNegotiation,
  publishedListing,
} from './trade-story.ts';
import {
  CONTACT,
  commandAt,
  LISTING,
  openTradeTrial,
  refusalOf,
  TERMS,
  type Trader,
  type TradeTrial,
} from './trade-trial.ts';

let trial: TradeTrial;
let seller: Trader;
let buyer: Trader;
let stranger: Trader;
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
beforeAll(async () => {
  trial = await openTradeTrial('trade_refusals');
  seller = await trial.trader(['listing-officer']);
  buyer = await trial.trader(['buyer']);
  stranger = await trial.trader(['listing-officer', 'buyer', 'broker']);
  reviewer = await trial.officer(['exchange-operator']);
});
afterAll(() => trial.close());

const drafted = async (content = LISTING) => {
  const listingId = newId();
  await seller.call(api.createListing, { body: { listingId, content, contact: CONTACT } });
  return listingId;
};

describe('a listing', () => {
  test('in draft is there for its owner alone', async () => {
    const params = { listingId: await drafted() };
    expect((await seller.call(api.readListing, { params })).own?.contact).toStrictEqual(CONTACT);
    for (const other of [stranger, reviewer, { call: trial.anonymous }]) {
      expect(await refusalOf(other.call(api.readListing, { params }))).toBe('not-found');
    }
    const act = stranger.call(api.submitListing, { params, body: commandAt(1) });
    expect(await refusalOf(act)).toBe('not-found');
  });

  test('without its texts is not reviewed, and is told which', async () => {
    const params = { listingId: await drafted({ ...LISTING, summary: '' }) };
    const call = seller.call(api.submitListing, { params, body: commandAt(1) });
    await expect(call).rejects.toMatchObject({
      problem: { fields: [{ field: 'content.summary' }] },
    });
  });

  test('is reviewed by somebody of another organisation who did not make it', async () => {
    const listingId = await drafted();
    const params = { listingId };
    await seller.call(api.submitListing, { params, body: commandAt(1) });
    const colleague = await trial.signIn(
      { ...seller.person, userId: newId(), roles: ['exchange-operator'] },
      seller.partyId,
    );
    const own = colleague.call(api.publishListing, { params, body: commandAt(2) });
    expect(await refusalOf(own)).toBe('duties-not-separated');
    const back = await reviewer.call(api.returnListing, {
      params,
      body: { ...commandAt(2), reasons: [{ code: 'exaggerated', note: '请附检测报告' }] },
    });
    expect(back).toMatchObject({ status: 'returned', own: { contact: null } });
    const again = await seller.call(api.reviseListing, {
      params,
      body: { ...commandAt(3), content: { ...LISTING, trl: 5 }, contact: CONTACT },
    });
    expect(again).toMatchObject({ status: 'draft', version: 4, content: { trl: 5 } });
    expect(again.own?.reasons).toStrictEqual([{ code: 'exaggerated', note: '请附检测报告' }]);
  });

  test('is renewed and closed once, each told to the ledger, and then stays closed', async () => {
    const listingId = await publishedListing(seller, reviewer);
    const params = { listingId };
    const expiresOn = addDays(businessDay(trial.clock()), 366);
    await seller.call(api.renewListing, { params, body: { ...commandAt(3), expiresOn } });
    const body = { ...commandAt(4), reason: 'traded' as const };
    await seller.call(api.closeListing, { params, body });
    const again = { ...commandAt(5), reason: 'traded' as const };
    expect(await refusalOf(seller.call(api.closeListing, { params, body: again }))).toBe(
      'listing-state',
    );
    const rows = await trial.admin
      .selectFrom('outbox')
      .select('payload')
      .where('stream', '=', `listing:${listingId}`)
      .orderBy('position')
      .execute();
    expect(rows.map((row) => JSON.parse(row.payload).event.type)).toStrictEqual([
      'ListingOpened',
      'ListingRenewed',
      'ListingClosed',
    ]);
    const open = await trial.anonymous(api.listListings, { query: { limit: 100 } });
    expect(open.items.map((item) => item.listingId)).not.toContain(listingId);
    expect(await refusalOf(openedNegotiation(buyer, listingId))).toBe('listing-state');
  });

  test('is acted on by its owner only, also when the other may review', async () => {
    const params = { listingId: await publishedListing(seller, reviewer) };
    const operator = await trial.trader(['exchange-operator', 'listing-officer']);
    const body = { ...commandAt(3), reason: 'other' as const };
    expect(await refusalOf(operator.call(api.closeListing, { params, body }))).toBe('not-found');
    const content = { ...LISTING, title: '别人的成果标题' };
    const revised = { ...commandAt(3), content, contact: CONTACT };
    expect(await refusalOf(operator.call(api.reviseListing, { params, body: revised }))).toBe(
      'not-found',
    );
  });

  test('with a patent number whose check digit is wrong is not taken, nor one of another kind', async () => {
    const wrong = (kind: 'invention' | 'design', number: string) =>
      refusalOf(
        seller.call(api.createListing, {
          body: {
            listingId: newId(),
            content: { ...LISTING, intellectualProperty: [{ kind, number }] },
            contact: CONTACT,
          },
        }),
      );
    expect(await wrong('invention', 'ZL201310699744.3')).toBe('invalid-input');
    expect(await wrong('invention', '201310699744.2')).toBe('invalid-input');
    expect(await wrong('design', 'ZL201310699744.2')).toBe('invalid-input');
  });
});

describe('a negotiation', () => {
  test('is not opened with oneself, nor on what is not open', async () => {
    const both = await trial.signIn(
      { ...seller.person, userId: newId(), roles: ['buyer'] },
      seller.partyId,
    );
    const listingId = await publishedListing(seller, reviewer);
    expect(await refusalOf(openedNegotiation(both, listingId))).toBe('own-record');
    expect(await refusalOf(openedNegotiation(buyer, await drafted()))).toBe('not-found');
    expect(await refusalOf(openedNegotiation(seller, listingId))).toBe('role-missing');
  });

  test("takes the other side's latest offer and no other", async () => {
    const room = await openedNegotiation(buyer, await publishedListing(seller, reviewer));
    const first = await offered(buyer, room);
    expect(await refusalOf(accepted(buyer, first))).toBe('own-offer');
    const second = await offered(buyer, first, { ...TERMS, contractValueFen: '160000000' });
    expect(await refusalOf(accepted(seller, first))).toBe('version-conflict');
    const stale = accepted(seller, { ...second, openOffer: first.openOffer });
    expect(await refusalOf(stale)).toBe('offer-not-open');
    expect(await accepted(seller, second)).toMatchObject({
      status: 'agreed',
      agreedTerms: { contractValueFen: '160000000' },
    });
    const params = { negotiationId: room.negotiationId };
    const late = { ...commandAt(second.version + 1), offerId: newId(), terms: TERMS };
    expect(await refusalOf(buyer.call(trade.makeOffer, { params, body: late }))).toBe(
      'negotiation-state',
    );
  });

  test('goes on after a rejection and ends with a final one', async () => {
    const room = await openedNegotiation(buyer, await publishedListing(seller, reviewer));
    const params = { negotiationId: room.negotiationId };
    const reasons = [{ code: 'price' as const, note: '' }];
    const offer = await offered(buyer, room);
    const offerId = offer.openOffer?.offerId ?? null;
    const soft = await seller.call(trade.rejectOffer, {
      params,
      body: { ...commandAt(offer.version), offerId, final: false, reasons },
    });
    expect(soft).toMatchObject({ status: 'open', openOffer: null });
    const end = await seller.call(trade.rejectOffer, {
      params,
      body: { ...commandAt(soft.version), offerId: null, final: true, reasons },
    });
    expect(end).toMatchObject({ status: 'rejected' });
    const leave = { ...commandAt(end.version), reasons };
    expect(await refusalOf(buyer.call(trade.withdrawNegotiation, { params, body: leave }))).toBe(
      'negotiation-state',
    );
  });

  test('names a broker that is a third party, and the contract waits for its yes', async () => {
    const broker = await trial.trader(['broker']);
    const room = await openedNegotiation(buyer, await publishedListing(seller, reviewer));
    for (const brokerPartyId of [seller.partyId, buyer.partyId, newId()]) {
      const offer = offered(buyer, room, { ...TERMS, brokerPartyId });
      expect(await refusalOf(offer)).toBe('broker-not-third-party');
    }
    const params = { negotiationId: room.negotiationId };
    const offer = await offered(buyer, room, { ...TERMS, brokerPartyId: broker.partyId });
    expect(await refusalOf(broker.call(trade.readNegotiation, { params }))).toBe('not-found');
    const agreed = await accepted(seller, offer);
    expect(await refusalOf(drawnContract(seller, agreed))).toBe('broker-not-confirmed');
    const no = { ...commandAt(agreed.version), confirm: false };
    const declined = await broker.call(trade.answerAsBroker, { params, body: no });
    expect(declined).toMatchObject({ status: 'open', agreedTerms: null });
    expect(await refusalOf(broker.call(trade.readNegotiation, { params }))).toBe('not-found');
  });
});
