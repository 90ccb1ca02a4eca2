import type { EventActor } from '@jishi/contracts/ledger/envelope';
import type {
  ChangeKind,
  ContractPrivate,
  ContractPublic,
  ReceiptPrivate,
} from '@jishi/contracts/ledger/events';
import type { LocalDate } from '@jishi/contracts/time';
import type { LedgerEvent } from '../ledger-event.ts';

export type RegistrationEvent = LedgerEvent<
  | 'ContractSubmitted'
  | 'SupplementRequested'
  | 'ContractAccepted'
  | 'FirstReviewPassed'
  | 'ContractRegistered'
  | 'RegistrationRefused'
  | 'ReceiptRecorded'
  | 'ReceiptConfirmed'
  | 'ReceiptVerified'
  | 'ChangeProposed'
  | 'ChangeRejected'
  | 'ContractAmended'
  | 'ContractDeregistered'
  | 'ContractRevoked'
  | 'ReceiptReversalProposed'
  | 'ReceiptReversed'
  | 'PrivatePartErased'
>;

/** What every state after submission knows; a resubmission replaces it whole. */
export interface Facts {
  readonly contractId: string;
  readonly public: ContractPublic;
  readonly private: ContractPrivate;
  readonly submittedOn: LocalDate;
  readonly submittedBy: EventActor;
  /** Everybody of the desk who acted on it up to registration, each once. */
  readonly handledBy: readonly EventActor[];
}

export interface Receipt {
  readonly status: 'recorded' | 'confirmed' | 'verified' | 'reversed';
  readonly content: ReceiptPrivate;
  readonly recordedBy: EventActor;
  readonly confirmedBy: EventActor | null;
  readonly verifiedBy: EventActor | null;
}

/** A change that waits for its second person. */
export interface Pending {
  readonly changeId: string;
  readonly kind: ChangeKind | 'reverse-receipt';
  readonly receiptId: string | null;
  readonly proposedOn: LocalDate;
  readonly proposedBy: EventActor;
  readonly reasons: readonly { readonly code: string; readonly note: string }[];
  readonly amended: { readonly public: ContractPublic; readonly private: ContractPrivate } | null;
}

/** What every state after registration knows. */
interface RegisteredFacts extends Facts {
  readonly registrationNumber: string;
  readonly receipts: Readonly<Record<string, Receipt>>;
  readonly amendment: number;
  readonly pending: Pending | null;
  /** Ids of the changes that were decided: true when confirmed, false when rejected. */
  readonly decided: Readonly<Record<string, boolean>>;
}

export type Registration =
  | { readonly status: 'none' }
  | (Facts & { readonly status: 'submitted' })
  | (Facts & { readonly status: 'returned' })
  | (Facts & { readonly status: 'refused' })
  | (Facts & {
      readonly status: 'accepted';
      readonly acceptedOn: LocalDate;
      readonly regime: string;
    })
  | (Facts & {
      readonly status: 'first-reviewed';
      readonly acceptedOn: LocalDate;
      readonly regime: string;
      readonly firstReviewer: EventActor;
    })
  | (RegisteredFacts & { readonly status: 'registered' })
  | (RegisteredFacts & { readonly status: 'deregistered' })
  | (RegisteredFacts & { readonly status: 'revoked' });

export type Known = Exclude<Registration, { status: 'none' }>;
export type Registered = Extract<Registration, { status: 'registered' }>;
/** Registered now, or once: it has a number, and perhaps a change that waits. */
export type OnRegister = Extract<Registration, RegisteredFacts>;

export const isOnRegister = (state: Registration): state is OnRegister =>
  state.status === 'registered' || state.status === 'deregistered' || state.status === 'revoked';

const REVIEW = [
  ...(['ContractSubmitted', 'SupplementRequested', 'ContractAccepted'] as const),
  ...(['FirstReviewPassed', 'ContractRegistered', 'RegistrationRefused'] as const),
];

/** An event up to registration or refusal. */
export type ReviewEvent = Extract<RegistrationEvent, { type: (typeof REVIEW)[number] }>;
/** What may happen to a contract once it has a number: receipts, and changes by two persons. */
export type EventOnRegister = Exclude<RegistrationEvent, ReviewEvent>;

export const isOfReview = (event: RegistrationEvent): event is ReviewEvent =>
  (REVIEW as readonly string[]).includes(event.type);
