import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant } from '../time.ts';
import { ContractHead, ContractView, Declaration, Sha256Hex } from './contract.ts';
import { NegotiationView, OfferDay, RejectionReason, Side, Terms } from './negotiation.ts';
import { PAPER_ENDPOINTS } from './registration-papers.ts';
import * as listings from './trade-listings.ts';
import { TradeAct } from './trade-listings.ts';

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const PARTIES = { who: 'roles', roles: ['listing-officer', 'buyer'] } as const;
const byNegotiation = z.strictObject({ negotiationId: Id });
const byContract = z.strictObject({ contractId: Id });
const page = {
  after: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
} as const;
const Note = z.string().trim().max(2_000).default('');
const ACT_REFUSALS = ['version-conflict', 'id-reused', 'negotiation-state'] as const;

/** The other side is the owner of the listing (for a buyer) or of the need (for a seller). */
export const openNegotiation = endpoint({
  ...market,
  method: 'post',
  path: '/negotiations',
  summary: { zh: '发起洽谈', en: 'Open a negotiation on a listing or a need' },
  access: PARTIES,
  // The room shows both sides' contacts.
  needs: 'verified-organisation',
  body: z
    .strictObject({
      negotiationId: Id,
      as: Side,
      listingId: Id.nullable(),
      needId: Id.nullable(),
      note: Note,
    })
    .refine((b) => (b.as === 'buyer' ? b.listingId : b.needId) !== null, {
      error: 'negotiation-subject',
    }),
  answer: NegotiationView,
  refusals: ['id-reused', 'not-trading', 'own-record', 'listing-state'],
});

export const listNegotiations = endpoint({
  ...market,
  method: 'get',
  path: '/negotiations',
  summary: { zh: '本单位的洽谈', en: 'Negotiations that my organisation takes part in' },
  access: { who: 'signed-in' },
  query: z.strictObject(page),
  answer: z.object({ items: z.array(NegotiationView), next: Id.nullable() }),
  refusals: [],
});

export const readNegotiation = endpoint({
  ...market,
  method: 'get',
  path: '/negotiations/{negotiationId}',
  summary: { zh: '一次洽谈', en: 'One negotiation with its whole log' },
  access: { who: 'signed-in' },
  params: byNegotiation,
  answer: NegotiationView,
  refusals: [],
});

const negotiationAct = {
  ...market,
  method: 'post',
  access: PARTIES,
  params: byNegotiation,
  answer: NegotiationView,
  refusals: ACT_REFUSALS,
} as const;

/** An offer replaces whatever offer was open, of either side. */
export const makeOffer = endpoint({
  ...negotiationAct,
  path: '/negotiations/{negotiationId}/offers',
  summary: { zh: '报价或还价', en: 'Offer or counter-offer' },
  body: TradeAct.extend({ offerId: Id, terms: Terms, note: Note, expiresOn: OfferDay }),
  refusals: [...ACT_REFUSALS, 'broker-not-third-party'],
});

export const acceptOffer = endpoint({
  ...negotiationAct,
  path: '/negotiations/{negotiationId}/accept',
  summary: { zh: '接受报价', en: "Accept the other side's open offer" },
  body: TradeAct.extend({ offerId: Id }),
  refusals: [...ACT_REFUSALS, 'own-offer', 'offer-not-open'],
});

/** With `final` the negotiation ends; without, the other side may offer again. */
export const rejectOffer = endpoint({
  ...negotiationAct,
  path: '/negotiations/{negotiationId}/reject',
  summary: { zh: '拒绝(附原因)', en: 'Reject, with coded reasons' },
  body: TradeAct.extend({
    offerId: Id.nullable(),
    final: z.boolean(),
    reasons: z.array(RejectionReason).min(1).max(10),
  }).refine((b) => b.final || b.offerId !== null, { error: 'rejection-subject' }),
  refusals: [...ACT_REFUSALS, 'own-offer', 'offer-not-open'],
});

export const withdrawNegotiation = endpoint({
  ...negotiationAct,
  path: '/negotiations/{negotiationId}/withdraw',
  summary: { zh: '退出洽谈', en: 'Withdraw from the negotiation' },
  body: TradeAct.extend({ reasons: z.array(RejectionReason).min(1).max(10) }),
});

export const answerAsBroker = endpoint({
  ...negotiationAct,
  path: '/negotiations/{negotiationId}/broker',
  summary: { zh: '中介方确认或谢绝', en: 'The broker named confirms or declines' },
  access: { who: 'roles', roles: ['broker'] },
  body: TradeAct.extend({ confirm: z.boolean() }),
});

/** Drawn from the agreed terms, by either side; it declares for its own side at once. */
export const drawContract = endpoint({
  ...market,
  method: 'post',
  path: '/contracts',
  summary: { zh: '起草合同', en: 'Draw up the contract from agreed terms' },
  access: PARTIES,
  body: z.strictObject({
    contractId: Id,
    negotiationId: Id,
    /** Version of the negotiation that the person saw. */
    version: z.int().positive(),
    head: ContractHead,
    declaration: Declaration,
  }),
  answer: ContractView,
  refusals: ['version-conflict', 'id-reused', 'negotiation-state', 'broker-not-confirmed'],
});

export const listContracts = endpoint({
  ...market,
  method: 'get',
  path: '/contracts',
  summary: { zh: '本单位的合同', en: 'Contracts that my organisation takes part in' },
  access: { who: 'signed-in' },
  query: z.strictObject(page),
  answer: z.object({ items: z.array(ContractView), next: Id.nullable() }),
  refusals: [],
});

export const readContract = endpoint({
  ...market,
  method: 'get',
  path: '/contracts/{contractId}',
  summary: { zh: '一份合同', en: 'One contract with its text and signatures' },
  access: { who: 'signed-in' },
  params: byContract,
  answer: ContractView,
  refusals: [],
});

const contractAct = {
  ...market,
  method: 'post',
  access: PARTIES,
  params: byContract,
  answer: ContractView,
  refusals: ['version-conflict', 'id-reused', 'contract-state'],
} as const;

export const declareForContract = endpoint({
  ...contractAct,
  path: '/contracts/{contractId}/declare',
  summary: { zh: '声明关联与分包', en: 'Declare for my side, before anybody has signed' },
  body: TradeAct.extend({ declaration: Declaration }),
});

/** The hash must be that of the text as it stands: nobody signs what was changed meanwhile. */
export const signContract = endpoint({
  ...contractAct,
  path: '/contracts/{contractId}/sign',
  needs: 'verified-organisation',
  summary: { zh: '签署', en: 'Sign for my side; the second signature sends it to the ledger' },
  body: TradeAct.extend({ contractTextHash: Sha256Hex }),
  refusals: ['version-conflict', 'id-reused', 'contract-state', 'contract-text-changed'],
});

export const discardContract = endpoint({
  ...contractAct,
  path: '/contracts/{contractId}/discard',
  summary: { zh: '作废未签成的合同', en: 'Discard before both have signed; terms stay agreed' },
  body: TradeAct,
});

export const OutboxRow = z.strictObject({
  id: Id,
  stream: z.string(),
  kind: z.enum(['listing-event', 'contract']),
  state: z.enum(['waiting', 'parked']),
  attempts: z.int().nonnegative(),
  waitingSince: Instant,
  reason: z.string().nullable(),
});
export type OutboxRow = z.infer<typeof OutboxRow>;

export const listOutbox = endpoint({
  ...market,
  method: 'get',
  path: '/outbox',
  summary: { zh: '待送账本的记录', en: 'What the ledger has not taken yet, oldest first' },
  access: { who: 'roles', roles: ['exchange-operator', 'administrator', 'auditor'] },
  answer: z.object({ items: z.array(OutboxRow) }),
  refusals: [],
});

/** After the cause is removed: a parked row is tried again, with the same command id. */
export const retryOutboxRow = endpoint({
  ...market,
  method: 'post',
  path: '/outbox/{id}/retry',
  summary: { zh: '重新投递', en: 'Try a parked row again' },
  access: { who: 'roles', roles: ['exchange-operator', 'administrator'] },
  params: z.strictObject({ id: Id }),
  answer: z.object({ id: Id }),
  refusals: [],
});

export const TRADE_ENDPOINTS = [
  ...Object.values(listings).filter((value) => 'method' in value),
  openNegotiation,
  listNegotiations,
  readNegotiation,
  makeOffer,
  acceptOffer,
  rejectOffer,
  withdrawNegotiation,
  answerAsBroker,
  drawContract,
  listContracts,
  readContract,
  declareForContract,
  signContract,
  discardContract,
  ...PAPER_ENDPOINTS,
  listOutbox,
  retryOutboxRow,
];
