import type { EventActor } from '@jishi/contracts/ledger/envelope';
import { isSamePerson, type LedgerEvent } from '../ledger-event.ts';
import { evolveRegistered } from './registered.ts';
import {
  type Facts,
  isOfReview,
  isOnRegister,
  type Known,
  type OnRegister,
  type Registration,
  type RegistrationEvent,
  type ReviewEvent,
} from './registration.ts';

export const initialRegistration = (): Registration => ({ status: 'none' });

/** Without what belongs to a state alone; `by` joins those who handled it. */
const factsOf = (state: Known, by: EventActor): Facts => {
  const { contractId, public: open, private: hidden, submittedOn, submittedBy } = state;
  const isThere = state.handledBy.some((known) => isSamePerson(known, by));
  const handledBy = isThere || by.kind !== 'person' ? state.handledBy : [...state.handledBy, by];
  return { contractId, public: open, private: hidden, submittedOn, submittedBy, handledBy };
};

const known = (state: Registration, event: RegistrationEvent): Known => {
  if (state.status === 'none') throw new Error(`${event.type} before ContractSubmitted`);
  return state;
};

const onRegister = (state: Registration, event: RegistrationEvent): OnRegister => {
  if (!isOnRegister(state)) throw new Error(`${event.type} before registration`);
  return state;
};

const submitted = (state: Registration, event: LedgerEvent<'ContractSubmitted'>): Registration => {
  const { contractId, submittedOn, ...facts } = event.data.public;
  return {
    status: 'submitted',
    ...{ contractId, public: facts, private: event.data.private },
    ...{ submittedOn, submittedBy: event.metadata.actor },
    handledBy: state.status === 'none' ? [] : state.handledBy,
  };
};

const reviewed = (
  state: Known,
  event: Exclude<ReviewEvent, { type: 'ContractSubmitted' }>,
): Registration => {
  const { actor } = event.metadata;
  const facts = factsOf(state, actor);
  switch (event.type) {
    case 'SupplementRequested':
      return { ...facts, status: 'returned' };
    case 'ContractAccepted': {
      const { acceptedOn, regime } = event.data.public;
      return { ...facts, status: 'accepted', acceptedOn, regime };
    }
    case 'FirstReviewPassed': {
      if (state.status !== 'accepted') throw new Error('reviewed before it was accepted');
      const { acceptedOn, regime } = state;
      return { ...facts, status: 'first-reviewed', acceptedOn, regime, firstReviewer: actor };
    }
    case 'ContractRegistered': {
      const { registrationNumber } = event.data.public;
      const rest = { receipts: {}, amendment: 0, pending: null, decided: {} };
      return { ...facts, status: 'registered', registrationNumber, ...rest };
    }
    case 'RegistrationRefused':
      return { ...facts, status: 'refused' };
  }
};

/** The state after an event. It trusts what is recorded: an impossible order is a fault. */
export const evolveRegistration = (state: Registration, event: RegistrationEvent): Registration => {
  if (!isOfReview(event)) return evolveRegistered(onRegister(state, event), event);
  if (event.type === 'ContractSubmitted') return submitted(state, event);
  return reviewed(known(state, event), event);
};
