import type { Id } from '@jishi/contracts/ids';
import type { Submission } from '@jishi/contracts/ledger/registration';
import type {
  CellProblem,
  ImportColumn,
  ImportKind,
  ImportTarget,
  RowState,
  RunChoice,
  SheetFormat,
} from '@jishi/contracts/market/import';
import type { Person } from '@jishi/contracts/principal';
import type { Instant } from '@jishi/contracts/time';
import type { ColumnType, Generated } from 'kysely';
import type { RawCell } from '../../domain/import/cell.ts';
import type { PaperContract } from '../../domain/import/contract-row.ts';
import type { ListingRow } from '../../domain/import/listing-row.ts';
import type { TradeTables, TradeTrx } from '../trade/tables.ts';

type Json<T> = ColumnType<T, string, string>;

/** An area of merged cells: rows and columns from 1, inclusive. */
export interface MergedArea {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface DuplicateOf {
  readonly zh: string;
  readonly en: string;
}

/** A type and not an interface, as `withTables` asks. */
export type SheetTables = {
  sheet_import: {
    id: Id;
    organisation_id: Id;
    user_id: Id;
    kind: ImportKind;
    status: 'open' | 'running' | 'discarded';
    version: number;
    file_name: string;
    file_sha256: string;
    file_bytes: number;
    format: SheetFormat;
    sheet_name: string | null;
    other_sheets: string[];
    encoding: string | null;
    merges: Json<MergedArea[]>;
    heading_row: number;
    heading_found: boolean;
    columns: Json<ImportColumn[]>;
    target: ImportTarget;
    created_at: Instant;
  };
  sheet_import_row: {
    import_id: Id;
    organisation_id: Id;
    kind: ImportKind;
    row_number: number;
    cells: Json<(RawCell | null)[]>;
    fixes: ColumnType<Record<string, string>, string | undefined, string>;
    state: Generated<RowState | 'outside'>;
    problems: ColumnType<CellProblem[], string | undefined, string>;
    value: ColumnType<ListingRow | PaperContract | null, string | null, string | null>;
    row_key: string | null;
    row_hash: string | null;
    duplicate: ColumnType<DuplicateOf | null, string | null, string | null>;
    run_id: Id | null;
    record_id: Id | null;
  };
  import_run: {
    id: Id;
    import_id: Id;
    organisation_id: Id;
    person: Json<Person>;
    choice: RunChoice;
    target: ImportTarget;
    rows_total: number;
    rows_done: Generated<number>;
    created: Generated<number>;
    started_at: Instant;
    finished_at: Instant | null;
  };
  paper_contract: {
    id: Id;
    organisation_id: Id;
    import_id: Id;
    row_number: number;
    contract_key: string;
    submission: Json<Submission>;
    created_at: Instant;
  };
  paper_file: Omit<TradeTables['contract_file'], 'negotiation_id'> & { organisation_id: Id };
  paper_submission: Omit<TradeTables['contract_submission'], 'negotiation_id'> & {
    organisation_id: Id;
  };
};

/** The tables of imports in a transaction over the tables of trade. */
export const sheets = (trx: TradeTrx) => trx.withTables<SheetTables>();
