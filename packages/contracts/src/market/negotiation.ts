import { z } from '@hono/zod-openapi';
import { ContractType } from '../codes.ts';
import { ContractSubType, isSubTypeOf } from '../contract-types.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate } from '../time.ts';
import { Contact, Owner } from './listing.ts';

export const Side = z.enum(['seller', 'buyer']);
export type Side = z.infer<typeof Side>;

/** 民法典 846: how it is paid. */
export const PaymentMethod = z.enum([
  'lump-sum',
  'lump-sum-in-instalments',
  'royalty',
  'entry-fee-and-royalty',
]);

const Text = (max: number) => z.string().trim().min(1).max(max);

export const MILESTONES_MAX = 20;
/** One step of the work: what, until when, and what is paid then (null: nothing of its own). */
export const Milestone = z.strictObject({
  name: Text(100),
  dueOn: LocalDate,
  amountFen: FenString.nullable(),
});
export type Milestone = z.infer<typeof Milestone>;

/** 提成: a share of what the buyer makes of it, beside an entry fee, up to a ceiling. */
export const Royalty = z.strictObject({
  rateBp: z.int().min(1).max(10_000),
  base: z.enum(['net-sales', 'profit']),
  entryFeeFen: FenString,
  capFen: FenString.nullable(),
});
export type Royalty = z.infer<typeof Royalty>;

/** 先使用后付费: used without payment until a day, then judged by what was agreed, and paid. */
export const DeferredPayment = z.strictObject({ freeUntil: LocalDate, judgedBy: Text(500) });
export type DeferredPayment = z.infer<typeof DeferredPayment>;

const milestonesTotalFen = (milestones: readonly Milestone[]): bigint =>
  milestones.reduce((sum, { amountFen }) => sum + BigInt(amountFen ?? '0'), 0n);

/** What an offer says. Both amounts are stated; what the parties agree to is one whole. */
export const Terms = z
  .strictObject({
    contractType: ContractType,
    contractSubType: ContractSubType,
    /** 成交额: the total that the contract will state. */
    contractValueFen: FenString,
    /** 技术交易额: without equipment, parts and materials; never above the contract value. */
    technologyValueFen: FenString,
    payment: z.strictObject({ method: PaymentMethod, text: Text(2_000) }),
    /** For a licence: who may use what, where; null for the other types. */
    licence: z
      .strictObject({
        exclusivity: z.enum(['exclusive', 'sole', 'ordinary']),
        territory: Text(200),
        until: LocalDate.nullable(),
      })
      .nullable(),
    deliverables: Text(4_000),
    performance: z.strictObject({ from: LocalDate, to: LocalDate }),
    /** 中介方: a third organisation, which must confirm; null without one. */
    brokerPartyId: Id.nullable(),
    milestones: z.array(Milestone).min(1).max(MILESTONES_MAX).optional(),
    royalty: Royalty.optional(),
    deferredPayment: DeferredPayment.optional(),
  })
  .refine((t) => BigInt(t.technologyValueFen) <= BigInt(t.contractValueFen), {
    path: ['technologyValueFen'],
    error: 'technology-value-above-contract-value',
  })
  .refine((t) => isSubTypeOf(t.contractSubType, t.contractType), {
    path: ['contractSubType'],
    error: 'contract-sub-type',
  })
  .refine((t) => (t.contractType === 'licence') === (t.licence !== null), {
    path: ['licence'],
    error: 'licence-scope',
  })
  .refine((t) => t.performance.from <= t.performance.to, {
    path: ['performance', 'to'],
    error: 'period-backwards',
  })
  .refine((t) => t.royalty === undefined || /royalty/.test(t.payment.method), {
    path: ['royalty'],
    error: 'royalty-method',
  })
  .refine((t) => milestonesTotalFen(t.milestones ?? []) <= BigInt(t.contractValueFen), {
    path: ['milestones'],
    error: 'milestones-above-contract-value',
  });
export type Terms = z.infer<typeof Terms>;

/** Last day on which an offer can be accepted; null: until it is answered. */
export const OfferDay = LocalDate.nullable().default(null);

export const NegotiationStatus = z.enum(['open', 'agreed', 'contracted', 'rejected', 'withdrawn']);
export type NegotiationStatus = z.infer<typeof NegotiationStatus>;

export const RejectionCode = z.enum([
  'price',
  'payment-terms',
  'scope-of-rights',
  'readiness-too-low',
  'rights-unclear',
  'not-what-is-needed',
  'timing',
  'found-another',
  'no-answer',
  'other',
]);
export const RejectionReason = z.strictObject({
  code: RejectionCode,
  note: z.string().trim().max(500),
});
export type RejectionReason = z.infer<typeof RejectionReason>;

/** One entry of the log of a negotiation; the log only grows. */
export const NegotiationEntry = z.strictObject({
  version: z.int().positive(),
  kind: z.enum([
    'opened',
    'offered',
    'accepted',
    'rejected',
    'withdrawn',
    'broker-confirmed',
    'broker-declined',
    'contract-drawn',
    'contract-discarded',
  ]),
  by: z.enum(['seller', 'buyer', 'broker']),
  at: Instant,
  offerId: Id.nullable(),
  terms: Terms.nullable(),
  /** Last day on which the offer can be accepted; null or absent: until it is answered. */
  expiresOn: LocalDate.nullable().optional(),
  note: z.string(),
  reasons: z.array(RejectionReason),
});
export type NegotiationEntry = z.infer<typeof NegotiationEntry>;

export const BrokerState = z.enum(['none', 'asked', 'confirmed']);

/** A negotiation as one of its participants sees it; the broker sees agreed terms only. */
export const NegotiationView = z
  .strictObject({
    negotiationId: Id,
    status: NegotiationStatus,
    version: z.int().positive(),
    /** Which side the reader is on. */
    you: z.enum(['seller', 'buyer', 'broker']),
    seller: Owner,
    buyer: Owner,
    broker: Owner.nullable(),
    brokerState: BrokerState,
    listingId: Id.nullable(),
    needId: Id.nullable(),
    listingTitle: z.string().nullable(),
    needTitle: z.string().nullable(),
    /** The latest offer without an answer, and by which side it was made. */
    openOffer: z
      .strictObject({
        offerId: Id,
        by: Side,
        terms: Terms,
        expiresOn: LocalDate.nullable(),
        /** Past its last day: it stays to be read, and a new offer replaces it. */
        expired: z.boolean(),
      })
      .nullable(),
    /** Who acts next; `either` when both sides may; null when nobody needs to. */
    turn: z.enum(['seller', 'buyer', 'broker', 'either']).nullable(),
    agreedTerms: Terms.nullable(),
    contractId: Id.nullable(),
    /** Contact data of the listing and the need, for seller and buyer. */
    contacts: z.strictObject({ seller: Contact.nullable(), buyer: Contact.nullable() }),
    log: z.array(NegotiationEntry),
  })
  .openapi('Negotiation');
export type NegotiationView = z.infer<typeof NegotiationView>;
