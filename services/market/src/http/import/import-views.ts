import type { Id } from '@jishi/contracts/ids';
import type { ImportRow, ImportView } from '@jishi/contracts/market/import';
import { cellAddress } from '@jishi/workbook/sheet';
import { rowValues } from '../../domain/import/check-row.ts';
import { fieldsOf, missingFields } from '../../domain/import/columns.ts';
import {
  countsOf,
  findImport,
  groupsOf,
  runsOf,
  type StoredImport,
} from '../../store/import/imports.ts';
import type { StoredRow } from '../../store/import/rows.ts';
import type { TradeTrx } from '../../store/trade/tables.ts';

type Summary = Pick<
  ImportView,
  'importId' | 'kind' | 'status' | 'fileName' | 'fileSha256' | 'uploadedAt' | 'counts' | 'runs'
>;

const NONE = { total: 0, clean: 0, wrong: 0, duplicate: 0, queued: 0, imported: 0 };

export const summaries = async (
  trx: TradeTrx,
  imports: readonly StoredImport[],
): Promise<Summary[]> => {
  const ids = imports.map(({ id }) => id);
  const counts = await countsOf(trx, ids);
  const runs = await runsOf(trx, ids);
  return imports.map((stored) => ({
    importId: stored.id,
    kind: stored.kind,
    status: stored.status,
    fileName: stored.file_name,
    fileSha256: stored.file_sha256,
    uploadedAt: stored.created_at,
    counts: counts.get(stored.id) ?? NONE,
    runs: runs.get(stored.id) ?? [],
  }));
};

export const viewOf = async (trx: TradeTrx, id: Id): Promise<ImportView> => {
  const stored = await findImport(trx, id);
  const [summary] = await summaries(trx, [stored]);
  if (!summary) throw new RangeError('no summary');
  return {
    ...summary,
    version: stored.version,
    fileBytes: stored.file_bytes,
    format: stored.format,
    sheetName: stored.sheet_name,
    otherSheets: stored.other_sheets,
    encoding: stored.encoding,
    headingRow: stored.heading_row,
    headingFound: stored.heading_found,
    columns: stored.columns,
    missing: missingFields(stored.kind, stored.columns),
    fields: fieldsOf(stored.kind).map(({ key, zh, en, required, isAmount, hintZh, hintEn }) => ({
      key,
      zh,
      en,
      required,
      isAmount,
      hintZh,
      hintEn,
    })),
    target: stored.target,
    groups: await groupsOf(trx, id),
  };
};

export const rowView = (stored: StoredImport, row: StoredRow): ImportRow => ({
  row: row.row_number,
  state: row.state === 'outside' ? 'wrong' : row.state,
  values: rowValues(stored.kind, {
    row: { number: row.row_number, cells: row.cells },
    fixes: row.fixes,
    columns: stored.columns,
    addressOf: cellAddress,
  }),
  fixed: Object.keys(row.fixes),
  problems: row.problems,
  duplicateOf: row.duplicate,
  recordId: row.record_id,
});
