import { z } from '@hono/zod-openapi';
import { ContractType, DistrictCode, FieldCode, IndustryCode, Region } from '../codes.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { PartyRef } from '../party.ts';
import { Instant, LocalDate } from '../time.ts';
import { EventActor, LogKind } from './envelope.ts';
import { ErasureReason, KeptPart } from './erasure.ts';
import { Attachment, RegistrationForm } from './registration-form.ts';

/** What anybody may know of a contract: nothing that names a party, a title or an exact amount. */
export const ContractPublic = z.strictObject({
  contractType: ContractType,
  contractSubType: z.string(),
  fieldCode: FieldCode,
  industryCode: IndustryCode,
  /** District of the seller; for an import, of the domestic buyer, who registers. */
  sellerDistrict: Region,
  buyerDistrict: Region,
  isImport: z.boolean(),
  /** Both sides declared whether they are related (关联交易): counted, but not subsidised. */
  relatedParty: z.boolean(),
  /** A copy of a contract with a sub-contractor: registered, counted, not subsidised. */
  subcontract: z.boolean(),
  signedOn: LocalDate,
  effectiveOn: LocalDate,
  /** Set only when both sides chose to publish the contract value. */
  publishedValueFen: FenString.nullable(),
});
export type ContractPublic = z.infer<typeof ContractPublic>;

export const ContractOrigin = z.enum(['market', 'paper']);
export type ContractOrigin = z.infer<typeof ContractOrigin>;

/** What only the parties, the officers named in the endpoint and the auditor see. */
export const ContractPrivate = z.strictObject({
  title: z.string(),
  /** Its origin. Private: a listing names its owner in public, and so would the contract. */
  listingId: Id.nullable(),
  needId: Id.nullable(),
  seller: PartyRef,
  buyer: PartyRef,
  broker: PartyRef.nullable(),
  /** 成交额: the total written in the contract. */
  contractValueFen: FenString,
  /** 技术交易额: without equipment, parts and materials; never above the contract value. */
  technologyValueFen: FenString,
  /** SHA-256 of the signed text that both signatures cover. */
  contractTextHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The other columns of the 登记表; null in what was submitted without them. */
  form: RegistrationForm.nullable().default(null),
  attachments: z.array(Attachment).max(50).default([]),
  /**
   * Where both sides agreed: here, with both signatures kept (absent means so), or on paper, known
   * by the word of the one who submitted it.
   */
  origin: ContractOrigin.optional(),
});
export type ContractPrivate = z.infer<typeof ContractPrivate>;

export const ValueBand = z.enum(['below-1m', '1m-5m', '5m-10m', '10m-100m', 'from-100m']);
export type ValueBand = z.infer<typeof ValueBand>;

export const RegistrationNumber = z.string().regex(/^\d{16}$/);

/** A code, never a sentence: it stands in the public part. */
const CloseCode = z.string().regex(/^[a-z][a-z-]{1,39}$/);

/** Why a registrar returned or refused. Private: a sentence may name anything. */
export const ReasonsPrivate = z.strictObject({
  reasons: z.array(z.strictObject({ code: z.string(), note: z.string() })).min(1),
});

/** 变更, 注销, 撤销, 删除: what may happen to a registered contract, by proposal and confirmation. */
export const ChangeKind = z.enum(['amend', 'deregister', 'revoke', 'erase']);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** Which side of the amount that one list must not mix. */
export const ListSide = z.enum(['below', 'at-or-over']);
export type ListSide = z.infer<typeof ListSide>;

/** Public part (`data`) of every event type. Private parts and schema numbers are below. */
export const EVENT_DATA = {
  LogOpened: z.strictObject({ kind: LogKind, city: z.string(), openedBy: z.string() }),
  /**
   * The log goes on from a backup: it holds what the backup held, up to and with that sequence, and
   * what came later is lost. No decision and no view depends on it.
   */
  LogRecovered: z.strictObject({
    restoredThrough: z.int().positive(),
    backupMadeAt: Instant,
    /** Of the tree over the restored events. */
    root: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  ListingOpened: z.strictObject({
    listingId: Id,
    district: Region,
    fieldCode: FieldCode,
    industryCode: IndustryCode,
    openedOn: LocalDate,
    expiresOn: LocalDate.nullable(),
  }),
  ListingRenewed: z.strictObject({ listingId: Id, expiresOn: LocalDate.nullable() }),
  ListingClosed: z.strictObject({ listingId: Id, closedOn: LocalDate, reason: CloseCode }),
  NeedOpened: z.strictObject({
    needId: Id,
    district: Region,
    fieldCode: FieldCode,
    industryCode: IndustryCode,
    openedOn: LocalDate,
    expiresOn: LocalDate.nullable(),
  }),
  NeedRenewed: z.strictObject({ needId: Id, expiresOn: LocalDate.nullable() }),
  NeedClosed: z.strictObject({ needId: Id, closedOn: LocalDate, reason: CloseCode }),
  ContractSubmitted: ContractPublic.extend({ contractId: Id, submittedOn: LocalDate }),
  SupplementRequested: z.strictObject({ contractId: Id, returnedOn: LocalDate }),
  ContractAccepted: z.strictObject({ contractId: Id, acceptedOn: LocalDate, regime: z.string() }),
  FirstReviewPassed: z.strictObject({ contractId: Id, reviewedOn: LocalDate }),
  ContractRegistered: ContractPublic.extend({
    contractId: Id,
    registrationNumber: RegistrationNumber,
    registeredOn: LocalDate,
    valueBand: ValueBand,
  }),
  RegistrationRefused: z.strictObject({ contractId: Id, refusedOn: LocalDate }),
  ReceiptRecorded: z.strictObject({ contractId: Id, receiptId: Id }),
  ReceiptConfirmed: z.strictObject({ contractId: Id, receiptId: Id, confirmedOn: LocalDate }),
  ReceiptVerified: z.strictObject({ contractId: Id, receiptId: Id, verifiedOn: LocalDate }),
  /** Proposed by a registrar, decided by a senior one; the same id through to the end. */
  ChangeProposed: z.strictObject({
    contractId: Id,
    changeId: Id,
    kind: ChangeKind,
    proposedOn: LocalDate,
  }),
  /** Rejected by a senior registrar or taken back by the proposer. */
  ChangeRejected: z.strictObject({ contractId: Id, changeId: Id, rejectedOn: LocalDate }),
  /** The whole new facts; the contract stays in the period in which it was registered. */
  ContractAmended: ContractPublic.extend({
    contractId: Id,
    changeId: Id,
    registrationNumber: RegistrationNumber,
    amendedOn: LocalDate,
    /** 1 for the first amendment of the contract, then 2, 3 … */
    amendment: z.int().positive(),
    valueBand: ValueBand,
  }),
  /** Both: the contract leaves the period in which it was registered, from this sequence on. */
  ContractDeregistered: z.strictObject({
    contractId: Id,
    changeId: Id,
    registrationNumber: RegistrationNumber,
    deregisteredOn: LocalDate,
  }),
  ContractRevoked: z.strictObject({
    contractId: Id,
    changeId: Id,
    registrationNumber: RegistrationNumber,
    revokedOn: LocalDate,
  }),
  /** That money went back, or never came: proposed, then confirmed as ReceiptReversed. */
  ReceiptReversalProposed: z.strictObject({
    contractId: Id,
    receiptId: Id,
    changeId: Id,
    proposedOn: LocalDate,
  }),
  ReceiptReversed: z.strictObject({ contractId: Id, receiptId: Id, reversedOn: LocalDate }),
  /**
   * 删除: the private parts of these earlier events of the stream are gone, and what is left of
   * them stands in this event's private part. From the same transaction on, nothing else does.
   */
  PrivatePartErased: z.strictObject({
    contractId: Id,
    changeId: Id,
    registrationNumber: RegistrationNumber,
    erasedOn: LocalDate,
    reason: ErasureReason,
    sequences: z.array(z.int().positive()),
  }),
  /** 登记清单; no longer valid once one of its contracts is amended, deregistered or revoked. */
  RegisteredListIssued: z.strictObject({
    listId: Id,
    issuedOn: LocalDate,
    side: ListSide,
    count: z.int().positive(),
  }),
} as const;

export type EventType = keyof typeof EVENT_DATA;
export type EventDataOf<T extends EventType> = z.infer<(typeof EVENT_DATA)[T]>;

export const ReceiptPrivate = z.strictObject({
  /** Technology value that arrived in the seller's books. */
  amountFen: FenString,
  receivedOn: LocalDate,
  /** SHA-256 of the bank slip; the same slip counts once over all contracts. */
  evidenceHash: z.string().regex(/^[0-9a-f]{64}$/),
  bankReference: z.string().min(4).max(64),
});
export type ReceiptPrivate = z.infer<typeof ReceiptPrivate>;

/** Why, and for an amendment the whole new facts. */
export const ChangeProposedPrivate = ReasonsPrivate.extend({
  amended: z.strictObject({ public: ContractPublic, private: ContractPrivate }).nullable(),
});
export type ChangeProposedPrivate = z.infer<typeof ChangeProposedPrivate>;

export const LIST_CONTRACTS_MAX = 500;

/** Private facts of the event types that have some; the others keep only their actor private. */
export const EVENT_PRIVATE = {
  ContractSubmitted: ContractPrivate,
  SupplementRequested: ReasonsPrivate,
  RegistrationRefused: ReasonsPrivate,
  ContractRegistered: ContractPrivate,
  /** The receipt's content is repeated on verification: one event carries the fact whole. */
  ReceiptRecorded: ReceiptPrivate,
  ReceiptVerified: ReceiptPrivate,
  ChangeProposed: ChangeProposedPrivate,
  ChangeRejected: ReasonsPrivate,
  ContractAmended: ContractPrivate,
  ContractDeregistered: ReasonsPrivate,
  ContractRevoked: ReasonsPrivate,
  ReceiptReversalProposed: ReasonsPrivate,
  ReceiptReversed: ReasonsPrivate,
  PrivatePartErased: z.strictObject({ kept: z.array(KeptPart) }),
  RegisteredListIssued: z.strictObject({
    contractIds: z.array(Id).min(1).max(LIST_CONTRACTS_MAX),
  }),
} as const;

/**
 * The private bytes of an event: who acted, and the private facts. An event that a service made
 * and that has no private facts has no private bytes, and `commit: null`.
 */
export const PrivatePart = z.strictObject({
  actor: EventActor,
  facts: z.record(z.string(), z.unknown()).nullable(),
});
export type PrivatePart = z.infer<typeof PrivatePart>;

export type EventPrivateOf<T extends EventType> = T extends keyof typeof EVENT_PRIVATE
  ? z.infer<(typeof EVENT_PRIVATE)[T]>
  : null;

export const DOMESTIC_DISTRICTS = DistrictCode.options;
