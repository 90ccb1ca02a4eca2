/** The tables of the index (migrations 2026-11-22-03, 2026-11-23-11), as the queries see them. */
export interface IndexTables {
  index_contract: {
    seq: bigint;
    recorded_at: string;
    contract_id: string;
    registered_on: string;
    contract_type: string;
    field_code: string;
    industry_code: string;
    seller_district: string;
    buyer_district: string;
    related_party: boolean;
    subcontract: boolean;
    contract_value_fen: bigint;
    technology_value_fen: bigint;
    published_value_fen: bigint | null;
    seller_id: string;
    buyer_id: string;
  };
  index_change: { seq: bigint; recorded_at: string; contract_id: string; body: string };
  index_step: { seq: bigint };
}
