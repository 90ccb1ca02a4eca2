import type { LogTables } from './log/tables.ts';

/** The tables of the log and of the registrations' read model. */
export interface LedgerTables extends LogTables {
  registration_view: { contract_id: string; status: string; seq: bigint; body: string };
  registration_party: { party_id: string; contract_id: string };
}
