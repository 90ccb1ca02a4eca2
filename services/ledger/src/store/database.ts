import type { LogTables } from './log/tables.ts';

/** The tables of the log, of the registrations' read model, and of the desk. */
export interface LedgerTables extends LogTables {
  registration_view: {
    contract_id: string;
    status: string;
    seq: bigint;
    body: string;
    seller_id: string;
    buyer_id: string;
    title: string;
    party_names: string;
    contract_type: string;
    district: string;
    contract_value_fen: bigint;
    technology_value_fen: bigint;
    signed_on: string;
    submissions: number;
    queue_on: string;
    large: boolean;
    split: boolean;
    registration_number: string | null;
    registered_on: string | null;
    amendment: number;
    pending: boolean;
  };
  registration_party: { party_id: string; contract_id: string };
  registration_receipt: {
    receipt_id: string;
    contract_id: string;
    seq: bigint;
    status: string;
    amount_fen: bigint;
  };
  registered_list: {
    list_id: string;
    issued_on: string;
    side: string;
    count: number;
    seq: bigint;
  };
  registered_list_contract: { list_id: string; contract_id: string };
  registration_claim: {
    contract_id: string;
    user_id: string;
    organisation_id: string;
    claimed_at: string;
  };
  registration_claim_act: {
    contract_id: string;
    act: string;
    user_id: string;
    organisation_id: string;
    acted_at: string;
  };
}
