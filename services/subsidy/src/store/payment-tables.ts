import type { BatchStatus } from '@jishi/contracts/subsidy/payment';
import type { Generated } from 'kysely';

export interface PayeeAccountTable {
  account_id: string;
  party_id: string;
  account_ending: string;
  sealed: Buffer;
  key_id: string;
  effective_from: string;
  registered_by: string;
  registered_at: string;
}

export interface BatchTable {
  batch_id: string;
  status: BatchStatus;
  version: Generated<number>;
  created_by: string;
  created_at: string;
  approved_by: string | null;
  approved_at: string | null;
  file_hash: string;
  file_sealed: Buffer;
  key_id: string;
}

export interface InstructionTable {
  instruction_id: string;
  batch_id: string;
  position: number;
  case_id: string;
  decision_id: string;
  party_id: string;
  payee_name: string;
  account_ending: string;
  amount_fen: bigint;
  reference: string;
  status: 'prepared' | 'sent' | 'paid' | 'failed' | 'cancelled';
  bank_reference: string | null;
  paid_on: string | null;
}

export interface BankAnswerLineTable {
  answer_number: string;
  line: number;
  instruction_id: string;
  amount_fen: bigint;
  is_paid: boolean;
  bank_reference: string;
  /** The reference as it is compared; see `referenceKey`. */
  reference_key: string;
  paid_on: string;
}

/** What a second finance officer settles: null until then. */
interface Settled<Outcome> {
  outcome: Generated<Outcome | null>;
  settled_by: Generated<string | null>;
  settled_at: Generated<string | null>;
}

/** A line that says «failed», which takes effect when another officer has confirmed it. */
export interface FailedLineTable extends Settled<'confirmed' | 'rejected'> {
  answer_number: string;
  line: number;
  instruction_id: string;
  bank_reference: string;
  paid_on: string;
  entered_by: string;
  entered_at: string;
}

/** A repayment as entered; kept in `repayment` and booked when another officer confirmed it. */
export interface RepaymentEntryTable extends Settled<'confirmed' | 'withdrawn'> {
  repayment_id: string;
  clawback_id: string;
  amount_fen: bigint;
  received_on: string;
  bank_reference: string;
  reference_key: string;
  entered_by: string;
  entered_at: string;
}
