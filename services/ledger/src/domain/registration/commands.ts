import type { Command } from '@event-driven-io/emmett';
import type {
  ChangeKind,
  ContractPrivate,
  ContractPublic,
  ReceiptPrivate,
} from '@jishi/contracts/ledger/events';
import type { LocalDate } from '@jishi/contracts/time';
import type { Acting } from '../ledger-event.ts';
import type { PrivatePartOf } from './redaction.ts';

/** Everything that a decision needs from outside: who acts, and the business day of the clock. */
export type By = Acting & { readonly today: LocalDate };

type SubmittedContract = {
  readonly contractId: string;
  readonly public: ContractPublic;
  readonly private: ContractPrivate;
};
type Reasoned = { readonly reasons: { code: string; note: string }[] };
/** Drawn before the decision; null when the act will not register (see numberIsNeeded). */
type Numbered = { readonly registrationNumber: string | null };
/** Other contracts of the two parties with which this one is split (see splitWith). */
type Split = { readonly splitWith?: readonly string[] };
type OfChange = { readonly changeId: string };
type Of<Type extends string, Data> = Command<Type, Data & { readonly by: By }>;
type OfReceipt = { readonly receiptId: string };

export type SubmitContract = Of<'SubmitContract', SubmittedContract>;
export type ResubmitContract = Of<'ResubmitContract', SubmittedContract>;
export type AcceptRegistration = Of<'AcceptRegistration', unknown>;
export type ReturnRegistration = Of<'ReturnRegistration', Reasoned>;
export type ApproveRegistration = Of<'ApproveRegistration', Numbered & Split>;
export type ConfirmSecondReview = Of<'ConfirmSecondReview', Numbered>;
export type RefuseRegistration = Of<'RefuseRegistration', Reasoned>;
export type RecordReceipt = Of<'RecordReceipt', OfReceipt & { content: ReceiptPrivate }>;
export type ConfirmReceipt = Of<'ConfirmReceipt', OfReceipt>;
export type VerifyReceipt = Of<'VerifyReceipt', OfReceipt>;
export type ProposeChange = Of<
  'ProposeChange',
  OfChange &
    Reasoned & {
      readonly kind: ChangeKind;
      readonly amended: { public: ContractPublic; private: ContractPrivate } | null;
    }
>;
export type ProposeReversal = Of<'ProposeReversal', OfChange & OfReceipt & Reasoned>;
export type ConfirmChange = Of<
  'ConfirmChange',
  // The private parts of the stream that are still there; only an erasure asks for them.
  OfChange & { readonly parts?: readonly PrivatePartOf[] }
>;
export type RejectChange = Of<'RejectChange', OfChange & Reasoned>;
export type WithdrawChange = Of<'WithdrawChange', OfChange & Reasoned>;

export type RegistrationCommand =
  | SubmitContract
  | ResubmitContract
  | AcceptRegistration
  | ReturnRegistration
  | ApproveRegistration
  | ConfirmSecondReview
  | RefuseRegistration
  | RecordReceipt
  | ConfirmReceipt
  | VerifyReceipt
  | ProposeChange
  | ProposeReversal
  | ConfirmChange
  | RejectChange
  | WithdrawChange;
