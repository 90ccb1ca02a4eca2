import { newId } from '@jishi/contracts/ids';
import * as trade from '@jishi/contracts/market/trade';
import * as api from '@jishi/contracts/market/trade-listings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accepted,
  agreedNegotiation,
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
  trial = await openTradeTrial('trade_once');
  seller = await trial.trader(['listing-officer']);
  buyer = await trial.trader(['buyer']);
  stranger = await trial.trader(['listing-officer', 'buyer', 'broker']);
  reviewer = await trial.officer(['exchange-operator']);
});
afterAll(() => trial.close());

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

test('a broker that declines is answered the same as often as it asks the same', async () => {
  const broker = await trial.trader(['broker']);
  const terms = { ...TERMS, brokerPartyId: broker.partyId };
  const room = await agreedNegotiation(seller, buyer, reviewer, terms);
  const params = { negotiationId: room.negotiationId };
  const body = { ...commandAt(room.version), confirm: false };
  const once = await broker.call(trade.answerAsBroker, { params, body });
  expect(once).toMatchObject({ you: 'broker', status: 'open' });
  expect(await broker.call(trade.answerAsBroker, { params, body })).toStrictEqual(once);
  expect(await refusalOf(broker.call(trade.readNegotiation, { params }))).toBe('not-found');
  const other = { ...commandAt(room.version + 1), confirm: false };
  expect(await refusalOf(broker.call(trade.answerAsBroker, { params, body: other }))).toBe(
    'not-found',
  );
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
