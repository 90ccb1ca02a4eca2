import { createHash } from 'node:crypto';
import { submitContract } from '@jishi/contracts/ledger/endpoints';
import * as trade from '@jishi/contracts/market/trade';
import * as api from '@jishi/contracts/market/trade-listings';
import { businessDay } from '@jishi/contracts/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accepted,
  drawnContract,
  offered,
  openedNegotiation,
  PLAIN,
  publishedListing,
  publishedNeed,
  signed,
} from './trade-story.ts';
import { CONTACT, commandAt, openTradeTrial, TERMS, type TradeTrial } from './trade-trial.ts';

let trial: TradeTrial;
beforeAll(async () => {
  trial = await openTradeTrial('trade_path');
});
afterAll(() => trial.close());

test('a listing and a need become a contract signed by both and bound for the ledger', async () => {
  const seller = await trial.trader(['listing-officer'], { nature: 'university' });
  const buyer = await trial.trader(['buyer'], { district: 'kunshan' });
  const broker = await trial.trader(['broker']);
  const reviewer = await trial.officer(['exchange-operator']);

  const listingId = await publishedListing(seller, reviewer);
  const needId = await publishedNeed(buyer, reviewer);
  const shown = await trial.anonymous(api.readListing, { params: { listingId } });
  expect(shown).toMatchObject({ status: 'published', own: null, quality: { score: 85 } });
  expect(shown.quality.missing.map((m) => m.field)).toStrictEqual(['price', 'ownership']);

  const room = await openedNegotiation(buyer, listingId, needId);
  expect(room.contacts).toStrictEqual({ seller: CONTACT, buyer: CONTACT });
  const first = await offered(buyer, room, { ...TERMS, contractValueFen: '130000000' });
  const terms = { ...TERMS, brokerPartyId: broker.partyId };
  const counter = await offered(seller, first, terms);
  const agreed = await accepted(buyer, counter);
  expect(agreed).toMatchObject({ status: 'agreed', agreedTerms: terms, brokerState: 'asked' });
  expect(agreed.log.map((e) => `${e.kind}/${e.by}`)).toStrictEqual([
    'opened/buyer',
    'offered/buyer',
    'offered/seller',
    'accepted/buyer',
  ]);

  const params = { negotiationId: room.negotiationId };
  const confirmed = await broker.call(trade.answerAsBroker, {
    params,
    body: { ...commandAt(agreed.version), confirm: true },
  });
  expect(confirmed.log.map((e) => e.kind)).toStrictEqual(['accepted', 'broker-confirmed']);
  expect(confirmed.contacts).toStrictEqual({ seller: null, buyer: null });

  const drawn = await drawnContract(seller, confirmed);
  expect(drawn).toMatchObject({ status: 'drawn', text: null, contractTextHash: null });
  const { contractId } = drawn;
  const ready = await buyer.call(trade.declareForContract, {
    params: { contractId },
    body: { ...commandAt(drawn.version), declaration: PLAIN },
  });
  const hash = createHash('sha256')
    .update(ready.text ?? '', 'utf8')
    .digest('hex');
  expect(ready.contractTextHash).toBe(hash);

  await signed(seller, contractId);
  const done = await signed(buyer, contractId);
  const today = businessDay(trial.clock());
  expect(done).toMatchObject({
    status: 'signed',
    signedOn: today,
    effectiveOn: today,
    delivery: { state: 'waiting', attempts: 0, reason: null },
  });
  expect(done.signatures.map((s) => [s.side, s.userId, s.contractTextHash])).toStrictEqual([
    ['seller', seller.person.userId, hash],
    ['buyer', buyer.person.userId, hash],
  ]);

  const rows = await trial.admin.selectFrom('outbox').selectAll().orderBy('position').execute();
  expect(rows.map((row) => row.stream)).toStrictEqual([
    `listing:${listingId}`,
    `need:${needId}`,
    `contract:${contractId}`,
  ]);
  expect(JSON.stringify(rows.map((row) => row.payload))).not.toContain(CONTACT.name);
  const last = rows[2];
  expect(last?.actor).toStrictEqual(buyer.person);
  expect(last?.after_streams).toStrictEqual([`listing:${listingId}`, `need:${needId}`]);
  const sent = submitContract.body.parse(JSON.parse(last?.payload ?? ''));
  expect(sent.commandId).toBe(last?.id);
  expect(sent.submission.public).toMatchObject({
    sellerDistrict: 'sip',
    buyerDistrict: 'kunshan',
    isImport: false,
    publishedValueFen: '150000000',
  });
  expect(sent.submission.private).toMatchObject({
    ...{ listingId, needId, contractTextHash: hash },
    broker: { partyId: broker.partyId },
    technologyValueFen: '120000000',
  });
});

test('a seller opens on a need, and lists are kept to the participants', async () => {
  const seller = await trial.trader(['listing-officer']);
  const buyer = await trial.trader(['buyer']);
  const stranger = await trial.trader(['buyer', 'listing-officer', 'broker']);
  const reviewer = await trial.officer(['exchange-operator']);
  const needId = await publishedNeed(buyer, reviewer);
  const room = await seller.call(trade.openNegotiation, {
    body: {
      negotiationId: crypto.randomUUID(),
      as: 'seller',
      listingId: null,
      needId,
      note: '我们有一套',
    },
  });
  expect(room).toMatchObject({ you: 'seller', contacts: { seller: null, buyer: CONTACT } });
  const mine = await buyer.call(trade.listNegotiations);
  expect(mine.items.map((item) => [item.negotiationId, item.you])).toStrictEqual([
    [room.negotiationId, 'buyer'],
  ]);
  expect((await stranger.call(trade.listNegotiations)).items).toStrictEqual([]);
  expect((await stranger.call(trade.listContracts)).items).toStrictEqual([]);
});

test('an import is registered by the domestic buyer: its district stands for the seller', async () => {
  const seller = await trial.trader(['listing-officer'], { abroad: true });
  const buyer = await trial.trader(['buyer'], { district: 'taicang' });
  const reviewer = await trial.officer(['exchange-operator']);
  const room = await openedNegotiation(buyer, await publishedListing(seller, reviewer));
  const drawn = await drawnContract(buyer, await accepted(seller, await offered(buyer, room)));
  const { contractId } = drawn;
  await seller.call(trade.declareForContract, {
    params: { contractId },
    body: { ...commandAt(1), declaration: { ...PLAIN, publishValue: false, relatedParty: true } },
  });
  await signed(buyer, contractId);
  await signed(seller, contractId);
  const row = await trial.admin
    .selectFrom('outbox')
    .select('payload')
    .where('stream', '=', `contract:${contractId}`)
    .executeTakeFirstOrThrow();
  const { submission } = submitContract.body.parse(JSON.parse(row.payload));
  expect(submission.public).toMatchObject({
    isImport: true,
    sellerDistrict: 'taicang',
    relatedParty: true,
    publishedValueFen: null,
  });
});
