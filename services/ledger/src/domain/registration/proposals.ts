import { Refusal, refuseField } from '@jishi/contracts/problem';
import { isSameContent } from '../ledger-event.ts';
import type { ProposeChange, ProposeReversal } from './commands.ts';
import { requireErasureReason } from './erasure.ts';
import { receiptsTotalFen } from './receipts.ts';
import {
  isOnRegister,
  type OnRegister,
  type Pending,
  type Registration,
  type RegistrationEvent,
} from './registration.ts';
import { requireIndependent } from './review.ts';
import { requireContent, requireSameParties } from './submission.ts';

/** From which states each may be proposed and confirmed. A dissolved contract can prove false. */
const POSSIBLE: Readonly<Record<Pending['kind'], readonly OnRegister['status'][]>> = {
  amend: ['registered'],
  deregister: ['registered'],
  revoke: ['registered', 'deregistered'],
  erase: ['registered', 'deregistered', 'revoked'],
  'reverse-receipt': ['registered', 'deregistered'],
};

const requireState = (state: Registration, kind: Pending['kind']): OnRegister => {
  if (state.status === 'none') throw new Refusal('not-found');
  if (!isOnRegister(state) || !POSSIBLE[kind].includes(state.status)) {
    throw new Refusal('registration-state');
  }
  return state;
};

/** Nothing waits, and the id is new. */
const requireFree = (state: OnRegister, changeId: string): void => {
  if (state.pending) throw new Refusal('change-pending');
  if (changeId in state.decided) throw new Refusal('id-reused');
};

/** What has arrived stays covered: receipts are reversed before a value may fall below them. */
export const requireWithinReceipts = (state: OnRegister, technologyValueFen: string): void => {
  if (receiptsTotalFen(state) > BigInt(technologyValueFen)) {
    throw new Refusal('receipts-above-amended-value');
  }
};

type Amended = NonNullable<Pending['amended']>;

/** Publishing is the parties' choice, and where they agreed is a fact: the desk changes neither. */
const requireSameChoices = (state: OnRegister, amended: Amended): void => {
  const unchanged = (field: string, zh: string, en: string): Refusal =>
    refuseField('invalid-input', `amended.${field}`, 'unchanged', zh, en);
  if (state.public.publishedValueFen === null && amended.public.publishedValueFen !== null) {
    throw unchanged(
      'public.publishedValueFen',
      '是否公开金额由双方决定',
      'The parties did not choose to publish the value',
    );
  }
  if ((state.private.origin ?? 'market') !== (amended.private.origin ?? 'market')) {
    throw unchanged('private.origin', '合同来源不能变更', 'Where it was agreed cannot change');
  }
};

const requireAmendment = (state: OnRegister, amended: Amended): void => {
  requireSameParties(state, amended.private);
  requireContent(amended, 'amended');
  requireSameChoices(state, amended);
  const before = { public: state.public, private: state.private };
  if (isSameContent(amended, before)) {
    throw refuseField('invalid-input', 'amended', 'changes', '没有改动', 'Nothing is changed');
  }
  requireWithinReceipts(state, amended.private.technologyValueFen);
};

const isAskedAgain = ({ pending }: OnRegister, { data }: ProposeChange): boolean => {
  const { changeId, kind, reasons, amended } = data;
  return (
    pending !== null &&
    isSameContent(
      { changeId, kind, reasons, amended },
      {
        changeId: pending.changeId,
        kind: pending.kind,
        reasons: pending.reasons,
        amended: pending.amended,
      },
    )
  );
};

/**
 * Proposes to amend, deregister, revoke or erase. An amendment may change everything but contract
 * id, seller and buyer. Refusals in order: not-found, registration-state, change-pending,
 * id-reused, duties-not-separated, invalid-input (an amendment brings the new facts, the others
 * none), parties-changed, not-registrant, technology-value-above-contract-value, invalid-input
 * (districts; nothing changed), receipts-above-amended-value; of an erasure invalid-input (its one
 * reason is of the closed list).
 */
export const propose = (command: ProposeChange, state: Registration): RegistrationEvent[] => {
  const { by, changeId, kind, reasons, amended } = command.data;
  const contract = requireState(state, kind);
  if (isAskedAgain(contract, command)) return [];
  requireFree(contract, changeId);
  requireIndependent(by, contract);
  if ((kind === 'amend') !== (amended !== null)) {
    throw refuseField(
      ...(['invalid-input', 'amended', 'amendment'] as const),
      ...(['变更须附变更后的全部内容,其他不附', 'New facts belong to an amendment'] as const),
    );
  }
  if (amended) requireAmendment(contract, amended);
  if (kind === 'erase') requireErasureReason(reasons);
  const { contractId } = contract;
  return [
    {
      type: 'ChangeProposed',
      data: {
        public: { contractId, changeId, kind, proposedOn: by.today },
        private: { reasons, amended },
      },
      metadata: { actor: by.actor },
    },
  ];
};

/**
 * Proposes to reverse a receipt in any of its states. Refusals in order: not-found,
 * registration-state, not-found (receipt), receipt-state (reversed before), change-pending,
 * id-reused, duties-not-separated.
 */
export const proposeReversal = (
  { data: { by, changeId, receiptId, reasons } }: ProposeReversal,
  state: Registration,
): RegistrationEvent[] => {
  const contract = requireState(state, 'reverse-receipt');
  const receipt = contract.receipts[receiptId];
  if (!receipt) throw new Refusal('not-found');
  if (receipt.status === 'reversed') throw new Refusal('receipt-state');
  if (contract.pending?.changeId === changeId && contract.pending.receiptId === receiptId)
    return [];
  requireFree(contract, changeId);
  requireIndependent(by, contract);
  const { contractId } = contract;
  return [
    {
      type: 'ReceiptReversalProposed',
      data: {
        public: { contractId, receiptId, changeId, proposedOn: by.today },
        private: { reasons },
      },
      metadata: { actor: by.actor },
    },
  ];
};
