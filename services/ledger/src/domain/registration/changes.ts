import { Refusal } from '@jishi/contracts/problem';
import { addDays } from '@jishi/contracts/time';
import { isSamePerson, type LedgerEvent } from '../ledger-event.ts';
import type { By, ConfirmChange, RejectChange, WithdrawChange } from './commands.ts';
import { erased } from './erasure.ts';
import { requireWithinReceipts } from './proposals.ts';
import type { RegistrationRules } from './regimes.ts';
import {
  isOnRegister,
  type OnRegister,
  type Pending,
  type Registration,
  type RegistrationEvent,
} from './registration.ts';
import { requireIndependent, valueBandOf } from './review.ts';

/**
 * 变更, 注销, 撤销, 删除 and the reversal of a receipt: a registrar proposes, a senior registrar
 * confirms who is neither the proposer nor took part in the registration (of a reversal: in the
 * receipt). One change waits at a time.
 */

/** The change that waits under an id; null when it was decided so before. */
const waiting = (
  state: Registration,
  changeId: string,
  asConfirmed: boolean,
): (OnRegister & { readonly pending: Pending }) | null => {
  if (state.status === 'none') throw new Refusal('not-found');
  if (!isOnRegister(state)) throw new Refusal('registration-state');
  if (state.decided[changeId] === asConfirmed) return null;
  const { pending } = state;
  if (pending?.changeId !== changeId) throw new Refusal('change-state');
  return { ...state, pending };
};

/** Who took part in what is to be changed. */
const involved = (state: OnRegister, { receiptId, proposedBy }: Pending) => {
  const receipt = receiptId === null ? undefined : state.receipts[receiptId];
  return receipt
    ? [proposedBy, receipt.recordedBy, receipt.confirmedBy, receipt.verifiedBy]
    : [proposedBy, ...state.handledBy];
};

/** Person by person: whichever account or service somebody comes by, the user is the same. */
const requireSecondPerson = (by: By, state: OnRegister, pending: Pending): void => {
  requireIndependent(by, state);
  const isInvolved = involved(state, pending).some((person) => isSamePerson(person, by.actor));
  if (by.actor.kind !== 'person' || isInvolved) throw new Refusal('duties-not-separated');
};

const amendment = (
  state: OnRegister,
  by: By,
  { changeId, amended }: Pending,
): LedgerEvent<'ContractAmended'> => {
  if (!amended) throw new Error('an amendment without facts');
  requireWithinReceipts(state, amended.private.technologyValueFen);
  const { contractId, registrationNumber } = state;
  return {
    type: 'ContractAmended',
    data: {
      public: {
        ...amended.public,
        ...{ contractId, changeId, registrationNumber, amendedOn: by.today },
        amendment: state.amendment + 1,
        valueBand: valueBandOf(amended.private.contractValueFen),
      },
      private: amended.private,
    },
    metadata: { actor: by.actor },
  };
};

const confirmed = (
  state: OnRegister,
  { by, parts = [] }: ConfirmChange['data'],
  pending: Pending,
): RegistrationEvent => {
  const { contractId, registrationNumber } = state;
  const { changeId, receiptId } = pending;
  const metadata = { actor: by.actor };
  const hidden = { reasons: pending.reasons.map((reason) => ({ ...reason })) };
  const common = { contractId, changeId, registrationNumber };
  switch (pending.kind) {
    case 'amend':
      return amendment(state, by, pending);
    case 'deregister': {
      const data = { public: { ...common, deregisteredOn: by.today }, private: hidden };
      return { type: 'ContractDeregistered', data, metadata };
    }
    case 'revoke': {
      const data = { public: { ...common, revokedOn: by.today }, private: hidden };
      return { type: 'ContractRevoked', data, metadata };
    }
    case 'erase':
      return erased({ contractId, changeId, registrationNumber }, by, pending.reasons, parts);
    case 'reverse-receipt': {
      if (receiptId === null) throw new Error('a reversal without a receipt');
      const open = { contractId, receiptId, reversedOn: by.today };
      return { type: 'ReceiptReversed', data: { public: open, private: hidden }, metadata };
    }
  }
};

/**
 * Confirms what waits. Refusals in order: not-found, registration-state, change-state,
 * duties-not-separated, proposal-expired, receipts-above-amended-value (receipts came meanwhile).
 */
export const confirmChange = (
  { data }: ConfirmChange,
  state: Registration,
  rules: RegistrationRules,
): RegistrationEvent[] => {
  const { by, changeId } = data;
  const contract = waiting(state, changeId, true);
  if (!contract) return [];
  const { pending } = contract;
  requireSecondPerson(by, contract, pending);
  if (by.today > addDays(pending.proposedOn, rules.proposalDays.value)) {
    throw new Refusal('proposal-expired');
  }
  return [confirmed(contract, data, pending)];
};

const rejection = (
  contract: OnRegister,
  { by, changeId, reasons }: RejectChange['data'],
): RegistrationEvent => ({
  type: 'ChangeRejected',
  data: {
    public: { contractId: contract.contractId, changeId, rejectedOn: by.today },
    private: { reasons },
  },
  metadata: { actor: by.actor },
});

/** By the second person, as old as it may be. Refusals in the order of confirmChange. */
export const rejectChange = ({ data }: RejectChange, state: Registration): RegistrationEvent[] => {
  const contract = waiting(state, data.changeId, false);
  if (!contract) return [];
  requireSecondPerson(data.by, contract, contract.pending);
  return [rejection(contract, data)];
};

/** By the proposer alone; anybody else is role-missing, after change-state. */
export const withdrawChange = (
  { data }: WithdrawChange,
  state: Registration,
): RegistrationEvent[] => {
  const contract = waiting(state, data.changeId, false);
  if (!contract) return [];
  if (!isSamePerson(contract.pending.proposedBy, data.by.actor)) throw new Refusal('role-missing');
  return [rejection(contract, data)];
};
