import type { EventActor } from '@jishi/contracts/ledger/envelope';
import type {
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
>;

/** What every state after submission knows; a resubmission replaces it whole. */
interface Facts {
  readonly contractId: string;
  readonly public: ContractPublic;
  readonly private: ContractPrivate;
  readonly submittedOn: LocalDate;
  readonly submittedBy: EventActor;
}

export interface Receipt {
  readonly status: 'recorded' | 'confirmed' | 'verified';
  readonly content: ReceiptPrivate;
  readonly recordedBy: EventActor;
  readonly confirmedBy: EventActor | null;
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
  | (Facts & {
      readonly status: 'registered';
      readonly registrationNumber: string;
      readonly receipts: Readonly<Record<string, Receipt>>;
    });

export type Known = Exclude<Registration, { status: 'none' }>;
export type Registered = Extract<Registration, { status: 'registered' }>;

export const initialRegistration = (): Registration => ({ status: 'none' });

const factsOf = ({
  contractId,
  private: hidden,
  submittedOn,
  submittedBy,
  ...rest
}: Known): Facts => ({
  contractId,
  public: rest.public,
  private: hidden,
  submittedOn,
  submittedBy,
});

const known = (state: Registration, event: RegistrationEvent): Known => {
  if (state.status === 'none') throw new Error(`${event.type} before ContractSubmitted`);
  return state;
};

const withReceipt = (
  state: Known,
  receiptId: string,
  change: (receipt: Receipt) => Receipt,
): Registration => {
  if (state.status !== 'registered') throw new Error('a receipt before registration');
  const receipt = state.receipts[receiptId];
  if (!receipt) throw new Error(`receipt ${receiptId} was not recorded`);
  return { ...state, receipts: { ...state.receipts, [receiptId]: change(receipt) } };
};

const withNewReceipt = (state: Known, event: LedgerEvent<'ReceiptRecorded'>): Registration => {
  if (state.status !== 'registered') throw new Error('a receipt before registration');
  const receipt: Receipt = {
    status: 'recorded',
    content: event.data.private,
    recordedBy: event.metadata.actor,
    confirmedBy: null,
  };
  return { ...state, receipts: { ...state.receipts, [event.data.public.receiptId]: receipt } };
};

/** The state after an event. It trusts what is recorded: an impossible order is a fault. */
export const evolveRegistration = (state: Registration, event: RegistrationEvent): Registration => {
  const { actor } = event.metadata;
  switch (event.type) {
    case 'ContractSubmitted': {
      const { contractId, submittedOn, ...facts } = event.data.public;
      return {
        status: 'submitted',
        ...{ contractId, public: facts, private: event.data.private },
        ...{ submittedOn, submittedBy: actor },
      };
    }
    case 'SupplementRequested':
      return { ...factsOf(known(state, event)), status: 'returned' };
    case 'ContractAccepted': {
      const { acceptedOn, regime } = event.data.public;
      return { ...factsOf(known(state, event)), status: 'accepted', acceptedOn, regime };
    }
    case 'FirstReviewPassed': {
      const before = known(state, event);
      if (before.status !== 'accepted') throw new Error('reviewed before it was accepted');
      return { ...before, status: 'first-reviewed', firstReviewer: actor };
    }
    case 'ContractRegistered': {
      const { registrationNumber } = event.data.public;
      const facts = factsOf(known(state, event));
      return { ...facts, status: 'registered', registrationNumber, receipts: {} };
    }
    case 'RegistrationRefused':
      return { ...factsOf(known(state, event)), status: 'refused' };
    case 'ReceiptRecorded':
      return withNewReceipt(known(state, event), event);
    case 'ReceiptConfirmed':
      return withReceipt(known(state, event), event.data.public.receiptId, (receipt) => ({
        ...receipt,
        status: 'confirmed',
        confirmedBy: actor,
      }));
    case 'ReceiptVerified':
      return withReceipt(known(state, event), event.data.public.receiptId, (receipt) => ({
        ...receipt,
        status: 'verified',
      }));
    default: {
      const never: never = event;
      return never;
    }
  }
};
