import type { PartyRef } from '@jishi/contracts/party';
import type { CaseStatus, ChangeKind, Standing } from '@jishi/contracts/subsidy/case';
import type { ClawbackStatus } from '@jishi/contracts/subsidy/clawback';
import type { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';
import type {
  BankAnswerLineTable,
  BatchTable,
  FailedLineTable,
  InstructionTable,
  PayeeAccountTable,
  RepaymentEntryTable,
} from './payment-tables.ts';

/** Columns of type jsonb go in as JSON text, and come out parsed. */
type Json<T> = ColumnType<T, string, string>;

interface ContractTable {
  contract_id: string;
  registration_number: string;
  registered_on: string;
  registered_seq: number;
  contract_type: string;
  related_party: boolean;
  subcontract: boolean;
  title: string;
  seller: Json<PartyRef>;
  buyer: Json<PartyRef>;
  broker: ColumnType<PartyRef | null, string | null, string | null>;
  contract_value_fen: bigint;
  technology_value_fen: bigint;
}

/** Facts of an amended contract, as jsonb keeps them: amounts as text. */
export interface AmendedFacts {
  readonly contractType: string;
  readonly relatedParty: boolean;
  readonly subcontract: boolean;
  readonly title: string;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
  readonly contractValueFen: string;
  readonly technologyValueFen: string;
}

export type ChangeReasons = readonly { readonly code: string; readonly note: string }[];

interface ContractChangeTable {
  seq: number;
  contract_id: string;
  kind: ChangeKind;
  changed_on: string;
  facts: ColumnType<AmendedFacts | null, string | null, never>;
  receipt_id: string | null;
  reasons: Json<ChangeReasons>;
}

/** The contract as it stands now: registered facts, the last amendment over them, its end. */
interface ContractNowView extends ContractTable {
  standing: Standing;
  changed_seq: number | null;
}

interface ReceiptTable {
  receipt_id: string;
  contract_id: string;
  amount_fen: bigint;
  received_on: string;
  verified_on: string;
  evidence_hash: string;
  seq: number;
}

interface ReceiptNowView extends ReceiptTable {
  reversed_on: string | null;
  reversed_seq: number | null;
}

interface CaseTable {
  case_id: string;
  scheme: string;
  contract_id: string;
  role: SubsidyRole;
  party_id: string;
  year: number;
  span_from: string | null;
  supplement: number;
  status: CaseStatus;
  version: Generated<number>;
  opened_on: string;
  opened_at: string;
  /** The party as the contract gave it when the case was opened. */
  party: Json<PartyRef>;
  reassessed_seq: Generated<number>;
}

interface DecisionTable {
  decision_id: string;
  case_id: string;
  content: string;
  content_hash: string;
  award_fen: bigint;
  includes_assumption: boolean;
  decided_by: string;
  decided_at: string;
  approved_by: string | null;
  approved_at: string | null;
  payable_from: string | null;
  returned_by: string | null;
  returned_at: string | null;
  voided_at: string | null;
  voided_seq: number | null;
}

interface ReassessmentTable {
  reassessment_id: string;
  case_id: string;
  seq: number;
  outcome: 'unchanged' | 'reopened' | 'closed' | 'lower' | 'higher';
  before_fen: bigint;
  after_fen: bigint;
  content: string;
  content_hash: string;
  made_at: string;
}

interface ClawbackTable {
  clawback_id: string;
  case_id: string;
  decision_id: string;
  reassessment_id: string;
  party_id: string;
  cause_seq: number;
  amount_fen: bigint;
  repaid_fen: Generated<bigint>;
  status: ClawbackStatus;
  version: Generated<number>;
  opened_on: string;
  opened_at: string;
  demand_reason: string | null;
  content: string | null;
  content_hash: string | null;
  demanded_by: string | null;
  demanded_at: string | null;
  approved_by: string | null;
  approved_at: string | null;
  due_on: string | null;
  closed_at: string | null;
}

interface RepaymentTable {
  repayment_id: string;
  clawback_id: string;
  amount_fen: bigint;
  received_on: string;
  bank_reference: string;
  entered_by: string;
  entered_at: string;
  /** Null for repayments of the time when one officer did. */
  confirmed_by: string | null;
}

interface AuditTable {
  audit_id: Generated<bigint>;
  at: string;
  user_id: string | null;
  organisation_id: string | null;
  roles: string[];
  act: string;
  subject: string;
  request_id: string;
  before: Json<unknown>;
  after: Json<unknown>;
  note: string | null;
}

export interface SubsidyTables {
  feed_cursor: { name: string; seq: number };
  contract: ContractTable;
  contract_officer: { contract_id: string; user_id: string };
  receipt: ReceiptTable;
  subsidy_case: CaseTable;
  contract_change: ContractChangeTable;
  contract_now: ContractNowView;
  receipt_now: ReceiptNowView;
  case_line: {
    case_id: string;
    receipt_id: string;
    scheme: string;
    role: SubsidyRole;
    released_seq: number | null;
  };
  reassessment: ReassessmentTable;
  clawback: ClawbackTable;
  repayment: RepaymentTable;
  repayment_entry: RepaymentEntryTable;
  participant: { case_id: string; party_id: string };
  cap_usage: {
    scheme: string;
    party_id: string;
    role: SubsidyRole;
    year: number;
    used_fen: Generated<bigint>;
  };
  decision: DecisionTable;
  command: {
    organisation_id: string;
    command_id: string;
    content_hash: string;
    subject: string;
    done_at: string;
  };
  audit: AuditTable;
  account: { account: string; is_source: boolean; balance_fen: Generated<bigint> };
  journal: { entry_id: string; kind: string; reference: string; posted_at: string };
  posting: { entry_id: string; account: string; amount_fen: bigint };
  payee_account: PayeeAccountTable;
  batch: BatchTable;
  instruction: InstructionTable;
  bank_answer: {
    answer_number: string;
    batch_id: string;
    content_hash: string;
    taken_at: string;
  };
  bank_answer_line: BankAnswerLineTable;
  failed_line: FailedLineTable;
}

export type SubsidyDatabase = Kysely<SubsidyTables>;
export type SubsidyTransaction = Transaction<SubsidyTables>;
