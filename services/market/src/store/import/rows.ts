import type { Id } from '@jishi/contracts/ids';
import type { CellProblem, ImportKind, RowState } from '@jishi/contracts/market/import';
import { type Selectable, sql } from 'kysely';
import type { RawCell } from '../../domain/import/cell.ts';
import type { TradeTrx } from '../trade/tables.ts';
import { type DuplicateOf, type SheetTables, sheets } from './tables.ts';

export type StoredRow = Selectable<SheetTables['sheet_import_row']>;

/** Rows written by one statement. */
const BATCH = 500;

const batches = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, i) =>
    items.slice(i * BATCH, (i + 1) * BATCH),
  );

/**
 * A sheet is written and checked in one transaction, before anybody has counted its rows: the
 * planner takes it for a single row and compares every row with every other, half a second for each
 * batch of a long sheet. Joined by hash instead it takes a few milliseconds (measured).
 */
const joinedByHash = async (trx: TradeTrx, work: () => Promise<void>): Promise<void> => {
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(trx);
  await work();
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(trx);
};

export const insertRows = async (
  trx: TradeTrx,
  of: { readonly id: Id; readonly organisationId: Id; readonly kind: ImportKind },
  rows: readonly { readonly number: number; readonly cells: readonly (RawCell | null)[] }[],
): Promise<void> => {
  for (const batch of batches(rows)) {
    await sql`
      insert into sheet_import_row (import_id, organisation_id, kind, row_number, cells)
      select ${of.id}::uuid, ${of.organisationId}::uuid, ${of.kind}, r.number, r.cells
      from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
        as r(number integer, cells jsonb)`.execute(trx);
  }
};

export interface RowFilter {
  readonly state?: RowState | undefined;
  readonly field?: string | undefined;
  readonly rule?: string | undefined;
  readonly after: number;
  readonly limit: number;
}

export const pageOfRows = (trx: TradeTrx, id: Id, filter: RowFilter): Promise<StoredRow[]> => {
  const { state, field, rule, after, limit } = filter;
  let query = sheets(trx)
    .selectFrom('sheet_import_row')
    .selectAll()
    .where('import_id', '=', id)
    .where('state', '<>', 'outside')
    .where('row_number', '>', after);
  if (state) query = query.where('state', '=', state);
  if (field || rule) {
    const like = JSON.stringify([{ ...(field ? { field } : {}), ...(rule ? { rule } : {}) }]);
    query = query.where(sql<boolean>`problems @> ${like}::jsonb`);
  }
  return query.orderBy('row_number').limit(limit).execute();
};

/** All rows of the file in their order, titles and heading included. */
export const allRows = (trx: TradeTrx, id: Id): Promise<StoredRow[]> =>
  sheets(trx)
    .selectFrom('sheet_import_row')
    .selectAll()
    .where('import_id', '=', id)
    .orderBy('row_number')
    .execute();

/** Rows that may still change, by number or by what is wrong with them. */
export const rowsToFix = (
  trx: TradeTrx,
  id: Id,
  which:
    | { readonly rows: readonly number[] }
    | { readonly field: string; readonly rule: string; readonly text?: string },
): Promise<StoredRow[]> => {
  const query = sheets(trx)
    .selectFrom('sheet_import_row')
    .selectAll()
    .where('import_id', '=', id)
    .where('state', 'in', ['clean', 'wrong', 'duplicate']);
  if ('rows' in which) {
    return query.where('row_number', 'in', which.rows).orderBy('row_number').execute();
  }
  const like = JSON.stringify([which]);
  return query.where(sql<boolean>`problems @> ${like}::jsonb`).orderBy('row_number').execute();
};

export interface CheckedRow {
  readonly number: number;
  readonly fixes: Readonly<Record<string, string>>;
  readonly state: 'outside' | 'clean' | 'wrong';
  readonly problems: readonly CellProblem[];
  readonly value: object | null;
  readonly key: string | null;
  readonly hash: string | null;
}

/** What a check found; rows that a run has taken stay as they are. */
export const saveChecked = async (
  trx: TradeTrx,
  id: Id,
  rows: readonly CheckedRow[],
): Promise<void> =>
  joinedByHash(trx, async () => {
    for (const batch of batches(rows)) {
      await sql`
      update sheet_import_row row set fixes = r.fixes, state = r.state, problems = r.problems,
        value = nullif(r.value, 'null'::jsonb), row_key = r.key, row_hash = r.hash,
        duplicate = null
      from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb) as r(number integer, fixes jsonb,
        state text, problems jsonb, value jsonb, key text, hash text)
      where row.import_id = ${id} and row.row_number = r.number
        and row.state not in ('queued', 'imported')`.execute(trx);
    }
  });

export interface KeyedRow {
  readonly number: number;
  readonly state: 'clean' | 'duplicate' | 'queued' | 'imported';
  readonly key: string;
  readonly hash: string;
}

/** Rows without errors, in their order, by what tells them apart. */
export const keyedRows = async (trx: TradeTrx, id: Id): Promise<KeyedRow[]> => {
  const { rows } = await sql<KeyedRow>`
    select row_number as number, state, row_key as key, row_hash as hash
    from sheet_import_row where import_id = ${id}
      and state in ('clean', 'duplicate', 'queued', 'imported')
    order by row_number`.execute(trx);
  return rows;
};

export const saveDuplicates = async (
  trx: TradeTrx,
  id: Id,
  found: readonly { readonly number: number; readonly duplicate: DuplicateOf | null }[],
): Promise<void> =>
  joinedByHash(trx, async () => {
    for (const batch of batches(found)) {
      await sql`
      update sheet_import_row row
      set state = case when r.duplicate is null or r.duplicate = 'null'::jsonb
          then 'clean' else 'duplicate' end,
        duplicate = nullif(r.duplicate, 'null'::jsonb)
      from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
        as r(number integer, duplicate jsonb)
      where row.import_id = ${id} and row.row_number = r.number
        and row.state in ('clean', 'duplicate')`.execute(trx);
    }
  });
