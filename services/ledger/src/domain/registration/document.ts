import type { EventActor } from '@jishi/contracts/ledger/envelope';
import type {
  DoneChange,
  PendingChange,
  ReceiptView,
  RegistrationView,
} from '@jishi/contracts/ledger/registration';
import { businessDay, type Instant, type LocalDate } from '@jishi/contracts/time';
import type { LedgerEvent } from '../ledger-event.ts';
import type { ClockFacts } from './clock.ts';
import { redactFacts } from './redaction.ts';
import { type EventOnRegister, isOfReview, type RegistrationEvent } from './registration.ts';

/** What the read model keeps of a registration: facts only. Clocks are computed when it is read. */
export type RegistrationDocument = Omit<
  RegistrationView,
  'dueOn' | 'needsSecondReview' | 'clock' | 'pendingChange' | 'receipts'
> & {
  readonly receipts: readonly ReceiptDocument[];
  readonly submittedBy: EventActor;
  /** Officers who acted on it up to registration. */
  readonly handledBy: readonly string[];
  /** Who passed the first review of the last submission. */
  readonly firstReviewer: string | null;
  readonly acceptedBefore: boolean;
  readonly decidedOn: LocalDate | null;
  /** The two values as submitted: those that the review was about. */
  readonly reviewedValues: ClockFacts['values'];
  readonly pendingChange: PendingDocument | null;
};

type PendingDocument = Omit<PendingChange, 'expiresOn' | 'mine' | 'mayConfirm'> & {
  readonly proposedBy: string | null;
};

/** A receipt with the days and people of its steps. */
export interface ReceiptDocument extends ReceiptView {
  readonly recordedOn: LocalDate;
  readonly confirmedOn: LocalDate | null;
  readonly verifiedOn: LocalDate | null;
  /** Its place among all receipts: the sequence at which it was recorded. */
  readonly seq: number;
  readonly handledBy: readonly string[];
}

/** An event with its place in the stream and in the log. */
export interface PlacedEvent {
  readonly event: RegistrationEvent;
  readonly version: number;
  readonly seq: number;
  readonly recordedAt: Instant;
}

type Before = RegistrationDocument | null;

const submitted = (
  { data, metadata }: LedgerEvent<'ContractSubmitted'>,
  place: { version: number; seq: number },
  before: Before,
): RegistrationDocument => {
  const { contractId, submittedOn, ...facts } = data.public;
  const { contractValueFen, technologyValueFen } = data.private;
  return {
    ...{ contractId, submittedOn, submittedBy: metadata.actor, ...place, status: 'submitted' },
    ...{ acceptedOn: null, regime: null, registrationNumber: null, registeredOn: null },
    ...{ public: facts, private: data.private, reasons: [], receipts: [] },
    ...{ submissions: (before?.submissions ?? 0) + 1, decidedOn: null },
    ...{ acceptedBefore: before?.acceptedBefore ?? false },
    ...{ reviewedValues: { contractValueFen, technologyValueFen } },
    ...{ amendment: 0, changes: [], pendingChange: null, firstReviewer: null },
    handledBy: before?.handledBy ?? [],
  };
};

const userOf = (actor: EventActor): string | null =>
  actor.kind === 'person' ? actor.userId : null;

const joined = (known: readonly string[], actor: EventActor): readonly string[] => {
  const user = userOf(actor);
  return user === null || known.includes(user) ? known : [...known, user];
};

const withReceipt = (
  document: RegistrationDocument,
  { data, metadata }: LedgerEvent<'ReceiptConfirmed' | 'ReceiptVerified' | 'ReceiptReversed'>,
  step: Partial<ReceiptDocument>,
): RegistrationDocument => ({
  ...document,
  receipts: document.receipts.map((receipt) =>
    receipt.receiptId === data.public.receiptId
      ? { ...receipt, ...step, handledBy: joined(receipt.handledBy, metadata.actor) }
      : receipt,
  ),
});

const newReceipt = (
  { data, metadata }: LedgerEvent<'ReceiptRecorded'>,
  { seq, recordedAt }: PlacedEvent,
): ReceiptDocument => ({
  ...{ receiptId: data.public.receiptId, status: 'recorded', ...data.private, seq },
  ...{ recordedOn: businessDay(recordedAt), confirmedOn: null, verifiedOn: null },
  handledBy: joined([], metadata.actor),
});

const done = (
  document: RegistrationDocument,
  change: Omit<DoneChange, 'seq'>,
  seq: number,
): RegistrationDocument => ({
  ...document,
  pendingChange: null,
  changes: [...document.changes, { ...change, seq }],
});

const amended = (
  document: RegistrationDocument,
  { data }: LedgerEvent<'ContractAmended'>,
  seq: number,
): RegistrationDocument => {
  const { contractId: _, registrationNumber: __, valueBand: ___, ...rest } = data.public;
  const { changeId, amendedOn, amendment, ...facts } = rest;
  return {
    ...done(document, { changeId, kind: 'amend', on: amendedOn }, seq),
    ...{ public: facts, private: data.private, amendment },
  };
};

/** Also made anew from what is left of the events it comes out as this: one rule for both. */
const redacted = (document: RegistrationDocument): RegistrationDocument => ({
  ...document,
  private: redactFacts('ContractRegistered', document.private),
  ...redactFacts('RegistrationRefused', { reasons: document.reasons }),
  receipts: document.receipts.map((receipt) => {
    const { amountFen, receivedOn, evidenceHash, bankReference } = receipt;
    const words = { amountFen, receivedOn, evidenceHash, bankReference };
    return { ...receipt, ...redactFacts('ReceiptRecorded', words) };
  }),
});

const returned = (
  document: RegistrationDocument,
  { data }: LedgerEvent<'SupplementRequested'>,
): RegistrationDocument => ({
  ...document,
  ...{ status: 'returned', acceptedOn: null, regime: null },
  acceptedBefore: document.acceptedBefore || document.acceptedOn !== null,
  reasons: data.private.reasons,
});

const change = (before: RegistrationDocument, placed: PlacedEvent): RegistrationDocument => {
  const { event } = placed;
  if (!isOfReview(event)) return changeRegistered(before, event, placed);
  const { actor } = event.metadata;
  const document = { ...before, handledBy: joined(before.handledBy, actor) };
  switch (event.type) {
    case 'ContractSubmitted':
      return before;
    case 'SupplementRequested':
      return returned(document, event);
    case 'ContractAccepted': {
      const { acceptedOn, regime } = event.data.public;
      return { ...document, status: 'accepted', acceptedOn, regime };
    }
    case 'FirstReviewPassed':
      return { ...document, status: 'first-reviewed', firstReviewer: userOf(actor) };
    case 'ContractRegistered': {
      const { registrationNumber, registeredOn } = event.data.public;
      const decidedOn = registeredOn;
      return { ...document, status: 'registered', registrationNumber, registeredOn, decidedOn };
    }
    case 'RegistrationRefused': {
      const { reasons } = event.data.private;
      const decidedOn = event.data.public.refusedOn;
      return { ...document, status: 'refused', reasons, decidedOn };
    }
  }
};

const changeRegistered = (
  document: RegistrationDocument,
  event: EventOnRegister,
  placed: PlacedEvent,
): RegistrationDocument => {
  const { seq } = placed;
  const proposedBy = userOf(event.metadata.actor);
  switch (event.type) {
    case 'ReceiptRecorded':
      return { ...document, receipts: [...document.receipts, newReceipt(event, placed)] };
    case 'ReceiptConfirmed': {
      const { confirmedOn } = event.data.public;
      return withReceipt(document, event, { status: 'confirmed', confirmedOn });
    }
    case 'ReceiptVerified': {
      const { verifiedOn } = event.data.public;
      return withReceipt(document, event, { status: 'verified', verifiedOn });
    }
    case 'ChangeProposed': {
      const { contractId: _, ...proposed } = event.data.public;
      return {
        ...document,
        pendingChange: { ...proposed, proposedBy, receiptId: null, ...event.data.private },
      };
    }
    case 'ReceiptReversalProposed': {
      const { contractId: _, ...proposed } = event.data.public;
      const { reasons } = event.data.private;
      const kind = 'reverse-receipt' as const;
      return {
        ...document,
        pendingChange: { ...proposed, proposedBy, kind, reasons, amended: null },
      };
    }
    case 'ChangeRejected':
      return { ...document, pendingChange: null };
    case 'ReceiptReversed':
      return {
        ...withReceipt(document, event, { status: 'reversed' }),
        pendingChange: null,
      };
    case 'ContractAmended':
      return amended(document, event, seq);
    case 'ContractDeregistered': {
      const { changeId, deregisteredOn: on } = event.data.public;
      const next = done(document, { changeId, kind: 'deregister', on }, seq);
      return { ...next, status: 'deregistered', reasons: event.data.private.reasons };
    }
    case 'ContractRevoked': {
      const { changeId, revokedOn: on } = event.data.public;
      const next = done(document, { changeId, kind: 'revoke', on }, seq);
      return { ...next, status: 'revoked', reasons: event.data.private.reasons };
    }
    case 'PrivatePartErased': {
      const { changeId, erasedOn: on } = event.data.public;
      return done(redacted(document), { changeId, kind: 'erase', on }, seq);
    }
    default: {
      const never: never = event;
      return never;
    }
  }
};

/** The document after an event. Every recorded fact is accepted; without a start there is none. */
export const projectRegistration = (before: Before, placed: PlacedEvent): Before => {
  const { event, version, seq } = placed;
  if (event.type === 'ContractSubmitted') return submitted(event, { version, seq }, before);
  return before && { ...change(before, placed), version, seq };
};
