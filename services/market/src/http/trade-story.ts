import { type Id, newId } from '@jishi/contracts/ids';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { NegotiationView, Terms } from '@jishi/contracts/market/negotiation';
import * as trade from '@jishi/contracts/market/trade';
import * as api from '@jishi/contracts/market/trade-listings';
import { CONTACT, commandAt, LISTING, NEED, TERMS, type Trader } from './trade-trial.ts';

type Officer = Pick<Trader, 'call'>;

/** Steps of the usual way, each through the API, for tests that begin further on. */
export const publishedListing = async (
  seller: Trader,
  reviewer: Officer,
  content: ListingContent = LISTING,
): Promise<Id> => {
  const listingId = newId();
  const params = { listingId };
  await seller.call(api.createListing, { body: { listingId, content, contact: CONTACT } });
  await seller.call(api.submitListing, { params, body: commandAt(1) });
  await reviewer.call(api.publishListing, { params, body: commandAt(2) });
  return listingId;
};

export const publishedNeed = async (
  buyer: Trader,
  reviewer: Officer,
  content: NeedContent = NEED,
): Promise<Id> => {
  const needId = newId();
  const params = { needId };
  await buyer.call(api.createNeed, { body: { needId, content, contact: CONTACT } });
  await buyer.call(api.submitNeed, { params, body: commandAt(1) });
  await reviewer.call(api.publishNeed, { params, body: commandAt(2) });
  return needId;
};

export const openedNegotiation = async (
  buyer: Trader,
  listingId: Id,
  needId: Id | null = null,
): Promise<NegotiationView> =>
  buyer.call(trade.openNegotiation, {
    body: { negotiationId: newId(), as: 'buyer', listingId, needId, note: '' },
  });

export const offered = (
  by: Trader,
  room: NegotiationView,
  terms: Terms = TERMS,
): Promise<NegotiationView> =>
  by.call(trade.makeOffer, {
    params: { negotiationId: room.negotiationId },
    body: { ...commandAt(room.version), offerId: newId(), terms },
  });

export const accepted = (by: Trader, room: NegotiationView): Promise<NegotiationView> =>
  by.call(trade.acceptOffer, {
    params: { negotiationId: room.negotiationId },
    body: { ...commandAt(room.version), offerId: room.openOffer?.offerId ?? newId() },
  });

export const HEAD = {
  title: '钛合金薄壁件低应力磨削专利许可',
  fieldCode: 'manufacturing',
  industryCode: 'C',
  effectiveOn: null,
} as const;

export const PLAIN = { relatedParty: false, subcontract: false, publishValue: true };

export const drawnContract = (by: Trader, room: NegotiationView) =>
  by.call(trade.drawContract, {
    body: {
      contractId: newId(),
      negotiationId: room.negotiationId,
      version: room.version,
      head: HEAD,
      declaration: PLAIN,
    },
  });

export const signed = async (by: Trader, contractId: Id) => {
  const params = { contractId };
  const seen = await by.call(trade.readContract, { params });
  return by.call(trade.signContract, {
    params,
    body: { ...commandAt(seen.version), contractTextHash: seen.contractTextHash ?? '' },
  });
};

/** Agreed terms between a buyer and the seller of a published listing. */
export const agreedNegotiation = async (
  seller: Trader,
  buyer: Trader,
  reviewer: Officer,
  terms: Terms = TERMS,
): Promise<NegotiationView> => {
  const listingId = await publishedListing(seller, reviewer);
  const room = await openedNegotiation(buyer, listingId);
  return accepted(seller, await offered(buyer, room, terms));
};

/** A contract that both have declared for and nobody has signed. */
export const readyContract = async (seller: Trader, buyer: Trader, reviewer: Officer) => {
  const room = await agreedNegotiation(seller, buyer, reviewer);
  const drawn = await drawnContract(seller, room);
  return buyer.call(trade.declareForContract, {
    params: { contractId: drawn.contractId },
    body: { ...commandAt(drawn.version), declaration: PLAIN },
  });
};
