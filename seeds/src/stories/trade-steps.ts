import type { Client } from '@jishi/contracts/client';
import type { ContractHead, Declaration } from '@jishi/contracts/market/contract';
import type { Contact, ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { Terms } from '@jishi/contracts/market/negotiation';
import {
  acceptOffer,
  answerAsBroker,
  declareForContract,
  drawContract,
  makeOffer,
  openNegotiation,
  readContract,
  readNegotiation,
  signContract,
} from '@jishi/contracts/market/trade';
import {
  createListing,
  createNeed,
  publishListing,
  publishNeed,
  readListing,
  readNeed,
  submitListing,
  submitNeed,
} from '@jishi/contracts/market/trade-listings';

/**
 * Steps through the public API as people take them. Every step may be taken again after a kill:
 * ids come from the name of the thing, and what is already so is left alone.
 */
export interface Steps {
  readonly id: (name: string) => string;
}

export interface ListingDraft {
  readonly name: string;
  readonly content: ListingContent;
  readonly contact: Contact;
}

/** Creates, submits; the exchange publishes. Answers the quality score. */
export const bringListing = async (
  { id }: Steps,
  owner: Client,
  reviewer: Client,
  { name, content, contact }: ListingDraft,
): Promise<number> => {
  const listingId = id(name);
  const params = { listingId };
  const read = () => owner(readListing, { params });
  await owner(createListing, { body: { listingId, content, contact } });
  const draft = await read();
  if (draft.status === 'draft') {
    const body = { commandId: id(`${name}:submit`), version: draft.version };
    await owner(submitListing, { params, body });
  }
  const submitted = await read();
  if (submitted.status === 'submitted') {
    const body = { commandId: id(`${name}:publish`), version: submitted.version };
    await reviewer(publishListing, { params, body });
  }
  return submitted.quality.score;
};

export interface NeedDraft {
  readonly name: string;
  readonly content: NeedContent;
  readonly contact: Contact;
}

export const bringNeed = async (
  { id }: Steps,
  owner: Client,
  reviewer: Client,
  { name, content, contact }: NeedDraft,
): Promise<number> => {
  const needId = id(name);
  const params = { needId };
  const read = () => owner(readNeed, { params });
  await owner(createNeed, { body: { needId, content, contact } });
  const draft = await read();
  if (draft.status === 'draft') {
    const body = { commandId: id(`${name}:submit`), version: draft.version };
    await owner(submitNeed, { params, body });
  }
  const submitted = await read();
  if (submitted.status === 'submitted') {
    const body = { commandId: id(`${name}:publish`), version: submitted.version };
    await reviewer(publishNeed, { params, body });
  }
  return submitted.quality.score;
};

export interface Deal {
  readonly name: string;
  readonly listingId: string;
  readonly needId: string | null;
  /** The buyer's first offer and the seller's counter-offer, which is accepted. */
  readonly firstTerms: Terms;
  readonly agreedTerms: Terms;
}

export interface Sides {
  readonly seller: Client;
  readonly buyer: Client;
  /** null when the terms name no broker. */
  readonly broker: Client | null;
}

/** The buyer asks and offers, the seller counters; how far it goes is the caller's word. */
export const negotiate = async (
  { id }: Steps,
  { seller, buyer, broker }: Sides,
  deal: Deal,
  until: 'offered' | 'agreed' = 'agreed',
): Promise<void> => {
  const negotiationId = id(`${deal.name}:negotiation`);
  const params = { negotiationId };
  const { listingId, needId } = deal;
  const opening = { negotiationId, as: 'buyer' as const, listingId, needId, note: '请报价。' };
  await buyer(openNegotiation, { body: opening });
  const state = () => buyer(readNegotiation, { params });
  const offer = async (from: Client, name: string, terms: Terms): Promise<void> => {
    const offerId = id(`${deal.name}:${name}`);
    const { log, version } = await state();
    if (log.some((entry) => entry.offerId === offerId)) return;
    const body = { commandId: id(`${deal.name}:${name}:c`), version, offerId, terms, note: '' };
    await from(makeOffer, { params, body });
  };
  await offer(buyer, 'first-offer', deal.firstTerms);
  await offer(seller, 'counter-offer', deal.agreedTerms);
  if (until === 'offered') return;
  const offered = await state();
  if (offered.status === 'open') {
    const commandId = id(`${deal.name}:accept`);
    const offerId = id(`${deal.name}:counter-offer`);
    await buyer(acceptOffer, { params, body: { commandId, version: offered.version, offerId } });
  }
  const agreed = await state();
  if (broker && agreed.brokerState === 'asked') {
    const commandId = id(`${deal.name}:broker`);
    const body = { commandId, version: agreed.version, confirm: true };
    await broker(answerAsBroker, { params, body });
  }
};

interface Signing {
  readonly head: ContractHead;
  readonly declaration: Declaration;
  /** Between the declarations and the first signature; also when it is played again. */
  readonly beforeSigning?: () => Promise<void>;
  readonly signers: readonly ('seller' | 'buyer')[];
}

/** Draws the contract, both sides declare and those named sign the same text; answers its hash. */
export const drawAndSign = async (
  { id }: Steps,
  { seller, buyer }: Pick<Sides, 'seller' | 'buyer'>,
  { name }: Pick<Deal, 'name'>,
  { head, declaration, beforeSigning, signers }: Signing,
): Promise<string> => {
  const contractId = id(`${name}:contract`);
  const negotiationId = id(`${name}:negotiation`);
  const params = { contractId };
  const negotiation = await seller(readNegotiation, { params: { negotiationId } });
  if (negotiation.contractId === null) {
    const { version } = negotiation;
    const body = { contractId, negotiationId, version, head, declaration };
    await seller(drawContract, { body });
  }
  const state = () => seller(readContract, { params });
  const drawn = await state();
  if (drawn.declarations.buyer === null) {
    const commandId = id(`${name}:declare`);
    const body = { commandId, version: drawn.version, declaration };
    await buyer(declareForContract, { params, body });
  }
  await beforeSigning?.();
  for (const side of signers) {
    const { version, contractTextHash, signatures } = await state();
    if (contractTextHash === null) throw new Error('the contract has no text to sign');
    if (signatures.some((signature) => signature.side === side)) continue;
    const body = { commandId: id(`${name}:sign-${side}`), version, contractTextHash };
    await (side === 'seller' ? seller : buyer)(signContract, { params, body });
  }
  return (await state()).contractTextHash ?? '';
};

/** Both sides sign. */
export const signByBoth = (
  steps: Steps,
  sides: Sides,
  deal: Pick<Deal, 'name'>,
  head: ContractHead,
  declaration: Declaration,
): Promise<string> =>
  drawAndSign(steps, sides, deal, { head, declaration, signers: ['seller', 'buyer'] });
