import type { EventActor } from '@jishi/contracts/ledger/envelope';
import type { EventDataOf } from '@jishi/contracts/ledger/events';
import type {
  DoneChange,
  PendingChange,
  RegistrationView,
} from '@jishi/contracts/ledger/registration';
import { addDays, type LocalDate } from '@jishi/contracts/time';
import type { LedgerEvent } from '../ledger-event.ts';
import { type ClockFacts, regimeOf, reviewClock } from './clock.ts';
import { needsSecondReview } from './regime.ts';
import type { RegistrationRules } from './regimes.ts';
import type { EventOnRegister } from './registered.ts';
import type { RegistrationEvent } from './registration.ts';

/** What the read model keeps of a registration: facts only. Clocks are computed when it is read. */
export type RegistrationDocument = Omit<
  RegistrationView,
  'dueOn' | 'needsSecondReview' | 'clock' | 'pendingChange'
> & {
  readonly submittedBy: EventActor;
  readonly acceptedBefore: boolean;
  readonly decidedOn: LocalDate | null;
  /** The two values as submitted: those that the review was about. */
  readonly reviewedValues: ClockFacts['values'];
  readonly pendingChange: Omit<PendingChange, 'expiresOn'> | null;
};

/** An event with its place in the stream and in the log. */
export interface PlacedEvent {
  readonly event: RegistrationEvent;
  readonly version: number;
  readonly seq: number;
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
    ...{ amendment: 0, changes: [], pendingChange: null },
  };
};

const withReceiptStatus = (
  document: RegistrationDocument,
  { receiptId }: EventDataOf<'ReceiptRecorded'>,
  status: 'confirmed' | 'verified' | 'reversed',
): RegistrationDocument => ({
  ...document,
  receipts: document.receipts.map((receipt) =>
    receipt.receiptId === receiptId ? { ...receipt, status } : receipt,
  ),
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

const returned = (
  document: RegistrationDocument,
  { data }: LedgerEvent<'SupplementRequested'>,
): RegistrationDocument => ({
  ...document,
  ...{ status: 'returned', acceptedOn: null, regime: null },
  acceptedBefore: document.acceptedBefore || document.acceptedOn !== null,
  reasons: data.private.reasons,
});

const change = (
  document: RegistrationDocument,
  event: RegistrationEvent,
  seq: number,
): RegistrationDocument => {
  switch (event.type) {
    case 'ContractSubmitted':
      return document;
    case 'SupplementRequested':
      return returned(document, event);
    case 'ContractAccepted': {
      const { acceptedOn, regime } = event.data.public;
      return { ...document, status: 'accepted', acceptedOn, regime };
    }
    case 'FirstReviewPassed':
      return { ...document, status: 'first-reviewed' };
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
    default:
      return changeRegistered(document, event, seq);
  }
};

const changeRegistered = (
  document: RegistrationDocument,
  event: EventOnRegister,
  seq: number,
): RegistrationDocument => {
  switch (event.type) {
    case 'ReceiptRecorded': {
      const { receiptId } = event.data.public;
      const receipt = { receiptId, status: 'recorded' as const, ...event.data.private };
      return { ...document, receipts: [...document.receipts, receipt] };
    }
    case 'ReceiptConfirmed':
      return withReceiptStatus(document, event.data.public, 'confirmed');
    case 'ReceiptVerified':
      return withReceiptStatus(document, event.data.public, 'verified');
    case 'ChangeProposed': {
      const { contractId: _, ...proposed } = event.data.public;
      return {
        ...document,
        pendingChange: { ...proposed, receiptId: null, ...event.data.private },
      };
    }
    case 'ReceiptReversalProposed': {
      const { contractId: _, ...proposed } = event.data.public;
      const { reasons } = event.data.private;
      const kind = 'reverse-receipt' as const;
      return { ...document, pendingChange: { ...proposed, kind, reasons, amended: null } };
    }
    case 'ChangeRejected':
      return { ...document, pendingChange: null };
    case 'ReceiptReversed':
      return {
        ...withReceiptStatus(document, event.data.public, 'reversed'),
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
  return before && { ...change(before, event, seq), version, seq };
};

export const clockFactsOf = (document: RegistrationDocument): ClockFacts => ({
  status: document.status,
  signedOn: document.public.signedOn,
  submittedOn: document.submittedOn,
  acceptedOn: document.acceptedOn,
  acceptedBefore: document.acceptedBefore,
  regime: document.regime,
  values: document.reviewedValues,
  decidedOn: document.decidedOn,
});

/** As people see it on a day: the legal clock, and whether a second review is due. */
export const viewOfDocument = (
  document: RegistrationDocument,
  rules: RegistrationRules,
  today: LocalDate,
  splitWith: readonly string[] = [],
): RegistrationView => {
  const {
    submittedBy: _,
    acceptedBefore: __,
    decidedOn: ___,
    reviewedValues,
    pendingChange,
    ...shown
  } = document;
  const facts = clockFactsOf(document);
  const clock = reviewClock(rules, facts, today);
  const second = needsSecondReview(regimeOf(rules, facts), reviewedValues);
  return {
    ...shown,
    dueOn: clock?.dueOn ?? null,
    needsSecondReview: second || splitWith.length > 0,
    clock,
    pendingChange: pendingChange && {
      ...pendingChange,
      expiresOn: addDays(pendingChange.proposedOn, rules.proposalDays.value),
    },
  };
};
