import type { LedgerEvent } from '../ledger-event.ts';
import { redactFacts } from './redaction.ts';
import type { EventOnRegister, OnRegister, Pending, Receipt } from './registration.ts';

const withReceipt = (
  state: OnRegister,
  receiptId: string,
  change: (receipt: Receipt) => Receipt,
): OnRegister => {
  const receipt = state.receipts[receiptId];
  if (!receipt) throw new Error(`receipt ${receiptId} was not recorded`);
  return { ...state, receipts: { ...state.receipts, [receiptId]: change(receipt) } };
};

const withNewReceipt = (
  state: OnRegister,
  { data, metadata }: LedgerEvent<'ReceiptRecorded'>,
): OnRegister => {
  const receipt: Receipt = {
    ...{ status: 'recorded', content: data.private, recordedBy: metadata.actor },
    ...{ confirmedBy: null, verifiedBy: null },
  };
  return { ...state, receipts: { ...state.receipts, [data.public.receiptId]: receipt } };
};

const pendingOf = (
  event: LedgerEvent<'ChangeProposed'> | LedgerEvent<'ReceiptReversalProposed'>,
): Pending => {
  const { changeId, proposedOn } = event.data.public;
  const proposedBy = event.metadata.actor;
  const { reasons } = event.data.private;
  return event.type === 'ChangeProposed'
    ? {
        ...{ changeId, proposedOn, proposedBy, reasons, receiptId: null },
        ...{ kind: event.data.public.kind, amended: event.data.private.amended },
      }
    : {
        ...{ changeId, proposedOn, proposedBy, reasons, amended: null },
        ...{ kind: 'reverse-receipt', receiptId: event.data.public.receiptId },
      };
};

/** Nothing waits any more, and the id of what waited is remembered with its end. */
const decided = (state: OnRegister, changeId: string, confirmed: boolean): OnRegister => ({
  ...state,
  pending: null,
  decided: { ...state.decided, [changeId]: confirmed },
});

const amended = (state: OnRegister, { data }: LedgerEvent<'ContractAmended'>): OnRegister => {
  const {
    contractId: _,
    changeId,
    registrationNumber: __,
    amendedOn: ___,
    valueBand: ____,
    amendment,
    ...facts
  } = data.public;
  const { private: hidden } = data;
  return { ...decided(state, changeId, true), public: facts, private: hidden, amendment };
};

const reversed = (state: OnRegister, receiptId: string): OnRegister => {
  const changeId = state.pending?.changeId;
  if (changeId === undefined) throw new Error('a reversal that nobody proposed');
  return withReceipt(decided(state, changeId, true), receiptId, (receipt) => ({
    ...receipt,
    status: 'reversed',
  }));
};

const withoutWords = ([id, receipt]: [string, Receipt]): [string, Receipt] => [
  id,
  { ...receipt, content: redactFacts('ReceiptRecorded', receipt.content) },
];

/** The state after an event of a registered contract. It trusts what is recorded. */
export const evolveRegistered = (state: OnRegister, event: EventOnRegister): OnRegister => {
  const { actor } = event.metadata;
  switch (event.type) {
    case 'ReceiptRecorded':
      return withNewReceipt(state, event);
    case 'ReceiptConfirmed':
      return withReceipt(state, event.data.public.receiptId, (receipt) => ({
        ...receipt,
        ...{ status: 'confirmed', confirmedBy: actor },
      }));
    case 'ReceiptVerified':
      return withReceipt(state, event.data.public.receiptId, (receipt) => ({
        ...receipt,
        ...{ status: 'verified', verifiedBy: actor },
      }));
    case 'ChangeProposed':
    case 'ReceiptReversalProposed':
      return { ...state, pending: pendingOf(event) };
    case 'ChangeRejected':
      return decided(state, event.data.public.changeId, false);
    case 'ContractAmended':
      return amended(state, event);
    case 'ContractDeregistered':
      return { ...decided(state, event.data.public.changeId, true), status: 'deregistered' };
    case 'ContractRevoked':
      return { ...decided(state, event.data.public.changeId, true), status: 'revoked' };
    case 'ReceiptReversed':
      return reversed(state, event.data.public.receiptId);
    case 'PrivatePartErased':
      return {
        ...decided(state, event.data.public.changeId, true),
        private: redactFacts('ContractRegistered', state.private),
        receipts: Object.fromEntries(Object.entries(state.receipts).map(withoutWords)),
      };
    default: {
      const never: never = event;
      return never;
    }
  }
};
