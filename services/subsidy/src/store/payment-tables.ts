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
