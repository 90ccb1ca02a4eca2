import { newId } from '@jishi/contracts/ids';
import * as trade from '@jishi/contracts/market/trade';
import * as api from '@jishi/contracts/market/trade-listings';
import { addDays, businessDay } from '@jishi/contracts/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accepted,
  agreedNegotiation,
  drawnContract,
  HEAD,
  offered,
  openedNegotiation,
  PLAIN,
  publishedListing,
  readyContract,
  signed,
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

describe('a contract', () => {
  test('is not signed before both have declared, nor over another text, nor twice', async () => {
    const drawn = await drawnContract(seller, await agreedNegotiation(seller, buyer, reviewer));
    const params = { contractId: drawn.contractId };
    const hash = 'a'.repeat(64);
    const sign = (by: Trader, version: number, contractTextHash = hash) =>
      refusalOf(
        by.call(trade.signContract, {
          params,
          body: { ...commandAt(version), contractTextHash },
        }),
      );
    expect(await sign(seller, 1)).toBe('contract-state');
    const declaration = { ...PLAIN, subcontract: true };
    await buyer.call(trade.declareForContract, { params, body: { ...commandAt(1), declaration } });
    expect(await sign(seller, 2)).toBe('contract-text-changed');
    const once = await signed(seller, drawn.contractId);
    expect(await sign(seller, 3, once.contractTextHash ?? '')).toBe('contract-state');
    const change = { ...commandAt(3), declaration: PLAIN };
    expect(await refusalOf(buyer.call(trade.declareForContract, { params, body: change }))).toBe(
      'contract-state',
    );
    await signed(buyer, drawn.contractId);
    expect(
      await refusalOf(seller.call(trade.discardContract, { params, body: commandAt(4) })),
    ).toBe('contract-state');
  });

  test('is signed for a side by a person with that right, and by no stranger', async () => {
    const ready = await readyContract(seller, buyer, reviewer);
    const clerk = await trial.signIn(
      { ...buyer.person, userId: newId(), roles: ['listing-officer'] },
      buyer.partyId,
    );
    expect(await refusalOf(signed(clerk, ready.contractId))).toBe('role-missing');
    expect(await refusalOf(signed(stranger, ready.contractId))).toBe('not-found');
  });

  test('that is discarded leaves the agreed terms for the next one', async () => {
    const ready = await readyContract(seller, buyer, reviewer);
    const params = { contractId: ready.contractId };
    await buyer.call(trade.discardContract, { params, body: commandAt(ready.version) });
    const room = await seller.call(trade.readNegotiation, {
      params: { negotiationId: ready.negotiationId },
    });
    expect(room).toMatchObject({ status: 'agreed', contractId: null });
    expect(await drawnContract(buyer, room)).toMatchObject({ status: 'drawn' });
  });
});

describe('an id', () => {
  test('with the same content is answered again, with other content refused', async () => {
    const body = { listingId: newId(), content: LISTING, contact: CONTACT };
    const once = await seller.call(api.createListing, { body });
    expect(await seller.call(api.createListing, { body })).toStrictEqual(once);
    const other = { ...body, content: { ...LISTING, trl: 7 } };
    expect(await refusalOf(seller.call(api.createListing, { body: other }))).toBe('id-reused');
    const theirs = stranger.call(api.createListing, { body });
    expect(await refusalOf(theirs)).toBe('id-reused');
  });

  test('of a command does its act once, and is no other command', async () => {
    const room = await openedNegotiation(buyer, await publishedListing(seller, reviewer));
    const params = { negotiationId: room.negotiationId };
    const body = { ...commandAt(room.version), offerId: newId(), terms: TERMS };
    const once = await buyer.call(trade.makeOffer, { params, body });
    expect(await buyer.call(trade.makeOffer, { params, body })).toStrictEqual(once);
    const other = { ...body, terms: { ...TERMS, contractValueFen: '999' + '000000' } };
    expect(await refusalOf(buyer.call(trade.makeOffer, { params, body: other }))).toBe('id-reused');
  });

  test('of a contract drawn is answered again and not drawn twice', async () => {
    const room = await agreedNegotiation(seller, buyer, reviewer);
    const { negotiationId, version } = room;
    const body = { contractId: newId(), negotiationId, version, head: HEAD, declaration: PLAIN };
    const once = await seller.call(trade.drawContract, { body });
    expect(await seller.call(trade.drawContract, { body })).toStrictEqual(once);
    const second = { ...body, contractId: newId(), version: version + 1 };
    expect(await refusalOf(seller.call(trade.drawContract, { body: second }))).toBe(
      'negotiation-state',
    );
  });
});

describe('two at once', () => {
  test('accept and counter-offer on one version: one wins, the other is told', async () => {
    for (let round = 0; round < 5; round++) {
      const room = await openedNegotiation(buyer, await publishedListing(seller, reviewer));
      const offer = await offered(buyer, room);
      const outcomes = await Promise.allSettled([
        accepted(seller, offer),
        accepted(seller, offer),
        offered(buyer, offer, { ...TERMS, contractValueFen: '170000000' }),
      ]);
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      const lost = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason.type] : [],
      );
      expect(won).toHaveLength(1);
      expect(lost).toStrictEqual(['version-conflict', 'version-conflict']);
      const after = await seller.call(trade.readNegotiation, {
        params: { negotiationId: room.negotiationId },
      });
      expect(after.log.map((entry) => entry.version)).toStrictEqual([1, 2, 3]);
    }
  });

  test('both sides sign: both signatures, one row for the ledger', async () => {
    for (let round = 0; round < 5; round++) {
      const ready = await readyContract(seller, buyer, reviewer);
      const { contractId } = ready;
      await Promise.allSettled([signed(seller, contractId), signed(buyer, contractId)]);
      for (const side of [seller, buyer]) {
        const seen = await side.call(trade.readContract, { params: { contractId } });
        const done = seen.signatures.some((s) => s.partyId === side.partyId);
        if (!done) await signed(side, contractId);
      }
      const rows = await trial.admin
        .selectFrom('outbox')
        .select('id')
        .where('stream', '=', `contract:${contractId}`)
        .execute();
      expect(rows).toHaveLength(1);
    }
  });

  test('ten times the same command: one effect, ten equal answers', async () => {
    const room = await openedNegotiation(buyer, await publishedListing(seller, reviewer));
    const body = { ...commandAt(room.version), offerId: newId(), terms: TERMS };
    const params = { negotiationId: room.negotiationId };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => buyer.call(trade.makeOffer, { params, body })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.log).toHaveLength(2);
  });
});
