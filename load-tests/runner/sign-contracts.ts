import type { Client } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import type { Terms } from '@jishi/contracts/market/negotiation';
import {
  acceptOffer,
  declareForContract,
  drawContract,
  listOutbox,
  makeOffer,
  openNegotiation,
  signContract,
} from '@jishi/contracts/market/trade';
import { addMonths, businessDay, monthOf } from '@jishi/contracts/time';
import { bringListing } from '@jishi/seeds/stories/trade-steps';
import type { SignedContract } from '../k6/prepared.ts';
import { CONTACT, listingContent } from '../k6/records.ts';
import { inParallel, upTo } from './in-parallel.ts';
import { AT_ONCE, pickOf, type Stage, stepsOf } from './prepare.ts';

/** Every fifth reaches the threshold of the second review. */
const LARGE_EVERY = 5;
const LARGE_FEN = 600_000_000n;
/** Small enough that the contracts of one pair together stay below it, or they count as split. */
const ORDINARY_FEN = 3_000_000n;
const DELIVERED_WITHIN_MS = 300_000;
const POLL_MS = 500;

const DECLARATION = { relatedParty: false, subcontract: false, publishValue: false } as const;

const termsOf = (n: number, technologyValueFen: bigint, today: string): Terms => ({
  contractType: 'service',
  contractSubType: 'technical-service',
  contractValueFen: (technologyValueFen + 1_000_000n).toString(),
  technologyValueFen: technologyValueFen.toString(),
  payment: { method: 'lump-sum-in-instalments', text: '签约后付六成,验收后付清。' },
  licence: null,
  deliverables: `技术方案、样品与现场指导(压测 ${n})。`,
  performance: { from: today, to: `${addMonths(monthOf(today), 12)}-28` },
  brokerPartyId: null,
});

interface Sides {
  readonly seller: Client;
  readonly buyer: Client;
}

/** Asked, offered and accepted; answers the version of what was agreed. */
const agree = async (
  { seller, buyer }: Sides,
  negotiationId: string,
  listingId: string,
  terms: Terms,
): Promise<number> => {
  const params = { negotiationId };
  const opening = { negotiationId, as: 'buyer' as const, listingId, needId: null, note: '' };
  const { version } = await buyer(openNegotiation, { body: opening });
  const offerId = newId();
  const offer = { commandId: newId(), version, offerId, terms, note: '' };
  const offered = await seller(makeOffer, { params, body: offer });
  const accept = { commandId: newId(), version: offered.version, offerId };
  return (await buyer(acceptOffer, { params, body: accept })).version;
};

/** Drawn by the seller, declared by both, signed by both over the same text. */
const sign = async (
  { seller, buyer }: Sides,
  negotiationId: string,
  version: number,
  n: number,
): Promise<string> => {
  const contractId = newId();
  const params = { contractId };
  const title = `生产线改进技术服务合同(压测 ${n} ${contractId.slice(-8)})`;
  const head = { title, fieldCode: 'manufacturing', industryCode: 'C', effectiveOn: null } as const;
  const drawing = { contractId, negotiationId, version, head, declaration: DECLARATION };
  const drawn = await seller(drawContract, { body: drawing });
  const act = (of: { readonly version: number }) => ({ commandId: newId(), version: of.version });
  const declaring = { ...act(drawn), declaration: DECLARATION };
  let contract = await buyer(declareForContract, { params, body: declaring });
  const { contractTextHash } = contract;
  if (contractTextHash === null) throw new Error('the contract has no text to sign');
  for (const side of [seller, buyer]) {
    contract = await side(signContract, { params, body: { ...act(contract), contractTextHash } });
  }
  return contractId;
};

const awaitDelivery = async ({ operator }: Stage): Promise<void> => {
  const untilMs = Date.now() + DELIVERED_WITHIN_MS;
  for (;;) {
    const { items } = await operator.on('market')(listOutbox);
    if (items.length === 0) return;
    const parked = items.find(({ state }) => state === 'parked');
    if (parked) throw new Error(`the ledger refused ${parked.stream}: ${parked.reason}`);
    if (Date.now() > untilMs) throw new Error('the ledger has not received what was signed');
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
};

/** Contracts negotiated, drawn and signed by both through the interfaces, and delivered. */
export const signContracts = async (stage: Stage, count: number): Promise<SignedContract[]> => {
  const startedMs = performance.now();
  const steps = stepsOf();
  const today = businessDay(new Date().toISOString());
  const reviewer = stage.operator.on('market');
  await inParallel(stage.sellers, AT_ONCE, async ({ session }, n) => {
    const draft = { name: `listing ${n}`, content: listingContent(n), contact: CONTACT };
    await bringListing(steps, session.on('market'), reviewer, draft);
  });
  const signed = await inParallel(upTo(count), AT_ONCE, async (n) => {
    const seller = n % stage.sellers.length;
    const buyer = n % stage.buyers.length;
    const base = n % LARGE_EVERY === 0 ? LARGE_FEN : ORDINARY_FEN;
    const technologyValueFen = base + BigInt(n) * 100n;
    const sides = {
      seller: pickOf(stage.sellers, n).session.on('market'),
      buyer: pickOf(stage.buyers, n).session.on('market'),
    };
    const negotiationId = newId();
    const terms = termsOf(n, technologyValueFen, today);
    const version = await agree(sides, negotiationId, steps.id(`listing ${seller}`), terms);
    const contractId = await sign(sides, negotiationId, version, n);
    return {
      contractId,
      seller,
      buyer,
      technologyValueFen: technologyValueFen.toString(),
    };
  });
  const signedAtMs = performance.now();
  await awaitDelivery(stage);
  const seconds = [signedAtMs - startedMs, performance.now() - signedAtMs].map((ms) =>
    (ms / 1_000).toFixed(1),
  );
  console.error(`  签署 signed in ${seconds[0]} s · 其后送达 delivered ${seconds[1]} s after`);
  return signed;
};
