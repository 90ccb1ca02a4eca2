import { z } from '@hono/zod-openapi';
import { FieldCode, IndustryCode } from '../codes.ts';
import { Id } from '../ids.ts';
import { PartyRef } from '../party.ts';
import { Instant, LocalDate } from '../time.ts';
import { ContractFile } from './files.ts';
import { Side, Terms } from './negotiation.ts';
import { FormView, MissingItem, SentSubmission } from './registration-papers.ts';

export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** What one side states about itself; the contract counts as related when either side says so. */
export const Declaration = z.strictObject({
  relatedParty: z.boolean(),
  subcontract: z.boolean(),
  /** Whether this side agrees to publish the contract value; it is only when both do. */
  publishValue: z.boolean(),
});
export type Declaration = z.infer<typeof Declaration>;

/** A signing act recorded by the server: no key of the signer is involved. */
export const Signature = z.strictObject({
  side: Side,
  partyId: Id,
  userId: Id,
  contractTextHash: Sha256Hex,
  signedAt: Instant,
});
export type Signature = z.infer<typeof Signature>;

export const ContractStatus = z.enum(['drawn', 'signed', 'discarded']);
export type ContractStatus = z.infer<typeof ContractStatus>;

/** Where the signed contract is on its way to the ledger. */
export const Delivery = z.strictObject({
  state: z.enum(['waiting', 'delivered', 'parked']),
  attempts: z.int().nonnegative(),
  /** Problem type of the refusal when parked. */
  reason: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** What the parties draw up beyond the agreed terms. Field and industry: of the contract. */
export const ContractHead = z.strictObject({
  title: z.string().trim().min(4).max(200),
  fieldCode: FieldCode,
  industryCode: IndustryCode,
  /** Effective from this day or the last signature, whichever is later; null: the signature. */
  effectiveOn: LocalDate.nullable(),
});
export type ContractHead = z.infer<typeof ContractHead>;

export const ContractView = z
  .strictObject({
    contractId: Id,
    negotiationId: Id,
    status: ContractStatus,
    version: z.int().positive(),
    you: z.enum(['seller', 'buyer', 'broker']),
    head: ContractHead,
    terms: Terms,
    seller: PartyRef,
    buyer: PartyRef,
    broker: PartyRef.nullable(),
    listingId: Id.nullable(),
    needId: Id.nullable(),
    declarations: z.strictObject({
      seller: Declaration.nullable(),
      buyer: Declaration.nullable(),
    }),
    /** The text that both sign, and its SHA-256; null until both sides have declared. */
    text: z.string().nullable(),
    contractTextHash: Sha256Hex.nullable(),
    signatures: z.array(Signature),
    signedOn: LocalDate.nullable(),
    effectiveOn: LocalDate.nullable(),
    delivery: Delivery.nullable(),
    /** The side that registers it: the seller, or the domestic buyer of an import. */
    registrant: Side,
    files: z.array(ContractFile),
    form: FormView,
    /** What the desk would ask for; said before anything is submitted. */
    missing: z.array(MissingItem),
    submissions: z.array(SentSubmission),
  })
  .openapi('MarketContract');
export type ContractView = z.infer<typeof ContractView>;
