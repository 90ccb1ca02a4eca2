import type { EventActor } from '@jishi/contracts/ledger/envelope';
import type { EventDataOf } from '@jishi/contracts/ledger/events';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { LedgerEvent } from '../ledger-event.ts';
import { needsSecondReview, regimeByKey, regimeFor, reviewDueOn } from './regime.ts';
import type { RegistrationRules } from './regimes.ts';
import type { RegistrationEvent } from './registration.ts';

/** What the read model keeps of a registration: facts only. Clocks are computed when it is read. */
export type RegistrationDocument = Omit<
  RegistrationView,
  'dueOn' | 'needsSecondReview' | 'clock'
> & {
  readonly submittedBy: EventActor;
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
  return {
    ...{ contractId, submittedOn, submittedBy: metadata.actor, ...place, status: 'submitted' },
    ...{ acceptedOn: null, regime: null, registrationNumber: null, registeredOn: null },
    ...{ public: facts, private: data.private, reasons: [], receipts: [] },
    ...{
      submissions: (before?.submissions ?? 0) + 1,
      amendment: 0,
      changes: [],
      pendingChange: null,
    },
  };
};

const withReceiptStatus = (
  document: RegistrationDocument,
  { receiptId }: EventDataOf<'ReceiptRecorded'>,
  status: 'confirmed' | 'verified',
): RegistrationDocument => ({
  ...document,
  receipts: document.receipts.map((receipt) =>
    receipt.receiptId === receiptId ? { ...receipt, status } : receipt,
  ),
});

const change = (document: RegistrationDocument, event: RegistrationEvent): RegistrationDocument => {
  switch (event.type) {
    case 'ContractSubmitted':
      return document;
    case 'SupplementRequested':
      return {
        ...document,
        ...{ status: 'returned', acceptedOn: null, regime: null },
        reasons: event.data.private.reasons,
      };
    case 'ContractAccepted': {
      const { acceptedOn, regime } = event.data.public;
      return { ...document, status: 'accepted', acceptedOn, regime };
    }
    case 'FirstReviewPassed':
      return { ...document, status: 'first-reviewed' };
    case 'ContractRegistered': {
      const { registrationNumber, registeredOn } = event.data.public;
      return { ...document, status: 'registered', registrationNumber, registeredOn };
    }
    case 'RegistrationRefused':
      return { ...document, status: 'refused', reasons: event.data.private.reasons };
    case 'ReceiptRecorded': {
      const { receiptId } = event.data.public;
      const receipt = { receiptId, status: 'recorded' as const, ...event.data.private };
      return { ...document, receipts: [...document.receipts, receipt] };
    }
    case 'ReceiptConfirmed':
      return withReceiptStatus(document, event.data.public, 'confirmed');
    case 'ReceiptVerified':
      return withReceiptStatus(document, event.data.public, 'verified');
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
  return before && { ...change(before, event), version, seq };
};

/** As people see it: the legal clock by today's calendar, and whether a second review is due. */
export const viewOfDocument = (
  { submittedBy: _, ...document }: RegistrationDocument,
  rules: RegistrationRules,
): RegistrationView => {
  const { regime: key, acceptedOn, submittedOn, private: values } = document;
  const dates = { signedOn: document.public.signedOn, submittedOn };
  const regime = key
    ? regimeByKey(rules, key)
    : regimeFor(rules, { ...dates, acceptedOn: acceptedOn ?? submittedOn });
  return {
    ...document,
    dueOn: acceptedOn && key ? reviewDueOn(regime, values, acceptedOn).day : null,
    needsSecondReview: needsSecondReview(regime, values),
    clock: null,
  };
};
