import { Refusal, refuseField } from '@jishi/contracts/problem';
import { isSameContent, isSamePerson } from '../ledger-event.ts';
import type { By, ConfirmReceipt, RecordReceipt, VerifyReceipt } from './commands.ts';
import type {
  OnRegister,
  Receipt,
  Registered,
  Registration,
  RegistrationEvent,
} from './registration.ts';
import { requireIndependent } from './review.ts';

const requireRegistered = (state: Registration): Registered => {
  if (state.status === 'none') throw new Refusal('not-found');
  if (state.status !== 'registered') throw new Refusal('registration-state');
  return state;
};

const requireReceipt = (state: Registered, receiptId: string): Receipt => {
  const receipt = state.receipts[receiptId];
  if (!receipt) throw new Refusal('not-found');
  return receipt;
};

/** Technology value that receipts speak of, in fen: in whatever state, but not the reversed. */
export const receiptsTotalFen = (state: OnRegister): bigint =>
  Object.values(state.receipts)
    .filter(({ status }) => status !== 'reversed')
    .reduce((sum, { content }) => sum + BigInt(content.amountFen), 0n);

/**
 * 登记到账, by the seller. The sum of all receipts may reach the technology value, not exceed it.
 * Refusals in order: not-found, registration-state, role-missing, id-reused, invalid-input (no
 * amount; a day to come), evidence-used (in this contract), receipt-above-technology-value. That no
 * other contract uses the evidence is checked inside the append.
 */
export const record = (
  { data, data: { by } }: RecordReceipt,
  state: Registration,
): RegistrationEvent[] => {
  const contract = requireRegistered(state);
  if (by.partyId !== contract.private.seller.partyId) throw new Refusal('role-missing');
  const before = contract.receipts[data.receiptId];
  if (before) {
    if (isSameContent(before.content, data.content)) return [];
    throw new Refusal('id-reused');
  }
  const amount = BigInt(data.content.amountFen);
  if (amount === 0n) {
    throw refuseField('invalid-input', 'amountFen', 'not-zero', '金额须大于零', 'More than zero');
  }
  if (data.content.receivedOn > by.today) {
    throw refuseField(
      'invalid-input',
      'receivedOn',
      'not-future',
      '到账日期不得晚于今天',
      'The day of arrival may not lie in the future',
    );
  }
  const { evidenceHash } = data.content;
  if (Object.values(contract.receipts).some((r) => r.content.evidenceHash === evidenceHash)) {
    throw new Refusal('evidence-used');
  }
  if (receiptsTotalFen(contract) + amount > BigInt(contract.private.technologyValueFen)) {
    throw new Refusal('receipt-above-technology-value');
  }
  return [
    {
      type: 'ReceiptRecorded',
      data: {
        public: { contractId: contract.contractId, receiptId: data.receiptId },
        private: data.content,
      },
      metadata: { actor: by.actor },
    },
  ];
};

/**
 * 买方确认付款, by the buyer and another person than the recorder. Refusals in order: not-found,
 * registration-state, not-found (receipt), role-missing, receipt-state (it was reversed),
 * duties-not-separated.
 */
export const confirm = (
  { data, data: { by } }: ConfirmReceipt,
  state: Registration,
): RegistrationEvent[] => {
  const contract = requireRegistered(state);
  const receipt = requireReceipt(contract, data.receiptId);
  if (by.partyId !== contract.private.buyer.partyId) throw new Refusal('role-missing');
  if (receipt.status === 'reversed') throw new Refusal('receipt-state');
  if (receipt.status !== 'recorded') return [];
  if (isSamePerson(receipt.recordedBy, by.actor)) throw new Refusal('duties-not-separated');
  return [
    {
      type: 'ReceiptConfirmed',
      data: {
        public: {
          contractId: contract.contractId,
          receiptId: data.receiptId,
          confirmedOn: by.today,
        },
        private: null,
      },
      metadata: { actor: by.actor },
    },
  ];
};

const requireThirdPerson = (receipt: Receipt, by: By): void => {
  if (isSamePerson(receipt.recordedBy, by.actor) || isSamePerson(receipt.confirmedBy, by.actor)) {
    throw new Refusal('duties-not-separated');
  }
};

/**
 * 核验到账, by a registrar who neither recorded nor confirmed it and belongs to no party. The
 * event repeats the receipt whole. Refusals in order: not-found, registration-state, not-found
 * (receipt), receipt-state, duties-not-separated.
 */
export const verify = (
  { data, data: { by } }: VerifyReceipt,
  state: Registration,
): RegistrationEvent[] => {
  const contract = requireRegistered(state);
  const receipt = requireReceipt(contract, data.receiptId);
  if (receipt.status === 'verified') return [];
  if (receipt.status !== 'confirmed') throw new Refusal('receipt-state');
  requireIndependent(by, contract);
  requireThirdPerson(receipt, by);
  return [
    {
      type: 'ReceiptVerified',
      data: {
        public: {
          contractId: contract.contractId,
          receiptId: data.receiptId,
          verifiedOn: by.today,
        },
        private: receipt.content,
      },
      metadata: { actor: by.actor },
    },
  ];
};
