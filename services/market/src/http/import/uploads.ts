import { createHash } from 'node:crypto';
import type { QueryOf } from '@jishi/contracts/endpoint';
import type { Id } from '@jishi/contracts/ids';
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX, type ImportView } from '@jishi/contracts/market/import';
import type { uploadSheet } from '@jishi/contracts/market/import-endpoints';
import type { Principal } from '@jishi/contracts/principal';
import { type ProblemType, Refusal } from '@jishi/contracts/problem';
import { readBytes } from '@jishi/runtime/bytes-body';
import { type Sheet, type SheetRow, Unreadable, type UnreadableCode } from '@jishi/workbook/sheet';
import type { RawCell } from '../../domain/import/cell.ts';
import { findHeadings, type RawRow } from '../../domain/import/columns.ts';
import { findImport, keepImport, lockImportsOf } from '../../store/import/imports.ts';
import { insertRows } from '../../store/import/rows.ts';
import type { MergedArea } from '../../store/import/tables.ts';
import { traderOf } from '../trade-context.ts';
import { checkRows, markDuplicates } from './checking.ts';
import { type ImportContext, inImports, requireKindRole, rowContext } from './import-context.ts';
import { viewOf } from './import-views.ts';

const REFUSALS: Readonly<Record<UnreadableCode, ProblemType>> = {
  'not-a-spreadsheet': 'sheet-not-a-spreadsheet',
  'old-format': 'sheet-old-format',
  encrypted: 'sheet-encrypted',
  macros: 'sheet-macros',
  'external-links': 'sheet-external-links',
  'unpacks-too-large': 'sheet-unpacks-too-large',
  'too-large': 'too-large',
  'too-many-rows': 'sheet-too-many-rows',
  'too-many-columns': 'sheet-too-many-columns',
  'too-many-merges': 'sheet-too-many-merges',
  damaged: 'sheet-damaged',
  empty: 'sheet-empty',
  'too-costly': 'sheet-too-costly',
  busy: 'service-busy',
  'busy-for-you': 'rate-limited',
};

const read = async (
  { readFile }: ImportContext,
  bytes: Uint8Array,
  organisationId: Id,
): Promise<Sheet> => {
  try {
    return await readFile(bytes, organisationId);
  } catch (error) {
    if (error instanceof Unreadable) throw new Refusal(REFUSALS[error.code]);
    throw error;
  }
};

/** What stands under a merged area is no value of its own, and says what stands on top. */
const withMerges = (rows: readonly SheetRow[], merges: readonly MergedArea[]): RawRow[] => {
  const byNumber = new Map(rows.map((row) => [row.number, [...row.cells] as (RawCell | null)[]]));
  for (const { top, left, bottom, right } of merges) {
    const text = byNumber.get(top)?.[left - 1]?.text ?? '';
    for (let number = top; number <= bottom; number++) {
      const cells = byNumber.get(number) ?? [];
      const last = Math.min(right, cells.length);
      for (let column = left; column <= last; column++) {
        if (number !== top || column !== left) cells[column - 1] = { kind: 'merged', text };
      }
    }
  }
  return rows.map(({ number }) => ({ number, cells: byNumber.get(number) ?? [] }));
};

/**
 * PostgreSQL text knows no NUL, and JSON no half of a surrogate pair. A mark stands instead,
 * and the check of the cell says that it does not belong there.
 */
const NOT_STORABLE = /\p{Cs}|(?![\t\n\r])\p{Cc}/gu;
const storable = (text: string): string => text.replace(NOT_STORABLE, '\ufffd').normalize('NFC');

const storableRows = (rows: readonly RawRow[]): RawRow[] =>
  rows.map(({ number, cells }) => ({
    number,
    cells: cells.map((cell) => cell && { ...cell, text: storable(cell.text) }),
  }));

/**
 * Reads and checks a file; nothing is imported. The same file of the same organisation, by whomever
 * and however often, is one import: what stands there is answered, fixes and all.
 */
export const upload = async (
  context: ImportContext,
  query: QueryOf<typeof uploadSheet>,
  request: Request,
  principal: Principal | undefined,
): Promise<ImportView> => {
  const { kind, importId } = query;
  const trader = traderOf(principal);
  requireKindRole(kind, trader);
  const bytes = await readBytes(request, IMPORT_BYTES_MAX);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const sheet = await read(context, bytes, trader.person.organisationId);
  const rows = storableRows(withMerges(sheet.rows, sheet.merges));
  const headings = findHeadings(kind, rows);
  if (rows.filter((row) => row.number > headings.row).length > IMPORT_ROWS_MAX) {
    throw new Refusal('sheet-too-many-rows');
  }
  return inImports(context, principal, async (trx) => {
    const { organisationId, userId } = trader.person;
    await lockImportsOf(trx, organisationId);
    const known = await keepImport(trx, {
      id: importId,
      organisation_id: organisationId,
      user_id: userId,
      kind,
      status: 'open',
      version: 1,
      file_name: query.name,
      file_sha256: sha256,
      file_bytes: bytes.length,
      format: sheet.format,
      sheet_name: sheet.name === null ? null : storable(sheet.name),
      other_sheets: sheet.otherSheets.map(storable),
      encoding: sheet.encoding,
      merges: JSON.stringify(sheet.merges),
      heading_row: headings.row,
      heading_found: headings.found,
      columns: JSON.stringify(headings.columns),
      target: 'submitted',
      created_at: context.clock(),
    });
    if (known) return viewOf(trx, known.id);
    const stored = await findImport(trx, importId);
    await insertRows(trx, { id: importId, organisationId, kind }, rows);
    const unread = rows.map(({ number, cells }) => ({
      row_number: number,
      cells: [...cells],
      fixes: {},
    }));
    const reading = await rowContext(trx, trader, context.clock, stored.target);
    await checkRows(trx, stored, unread, reading);
    await markDuplicates(trx, stored, trader.partyId);
    return viewOf(trx, importId);
  });
};
