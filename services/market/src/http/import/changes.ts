import type { BodyOf } from '@jishi/contracts/endpoint';
import type { Id } from '@jishi/contracts/ids';
import type { ImportView } from '@jishi/contracts/market/import';
import type {
  fixImport,
  runImport,
  setImportColumns,
} from '@jishi/contracts/market/import-endpoints';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { chooseColumns, headingsAt, missingFields } from '../../domain/import/columns.ts';
import {
  changeImport,
  countsOf,
  findImport,
  lockImportsOf,
  lockOpenImport,
  type StoredImport,
} from '../../store/import/imports.ts';
import { allRows, rowsToFix, type StoredRow } from '../../store/import/rows.ts';
import { findRun, startRun } from '../../store/import/runs.ts';
import type { TradeTrx } from '../../store/trade/tables.ts';
import type { Trader } from '../trade-context.ts';
import { checkRows, markDuplicates } from './checking.ts';
import { type ImportContext, inImports, requireKindRole, rowContext } from './import-context.ts';
import { viewOf } from './import-views.ts';

/** A change of an open import by the version that the person saw, with the checks that follow. */
const change = (
  context: ImportContext,
  principal: Principal | undefined,
  id: Id,
  version: number,
  work: (trx: TradeTrx, stored: StoredImport, trader: Trader) => Promise<void>,
): Promise<ImportView> =>
  inImports(context, principal, async (trx, trader) => {
    await lockImportsOf(trx, trader.person.organisationId);
    const stored = await lockOpenImport(trx, id, version);
    requireKindRole(stored.kind, trader);
    await work(trx, stored, trader);
    return viewOf(trx, id);
  });

const recheck = async (
  context: ImportContext,
  trx: TradeTrx,
  id: Id,
  trader: Trader,
  rows: readonly Pick<StoredRow, 'row_number' | 'cells' | 'fixes'>[],
): Promise<void> => {
  const stored = await findImport(trx, id);
  const reading = await rowContext(trx, trader, context.clock, stored.target);
  await checkRows(trx, stored, rows, reading);
  await markDuplicates(trx, stored, trader.partyId);
};

export const setColumns = (
  context: ImportContext,
  id: Id,
  body: BodyOf<typeof setImportColumns>,
  principal: Principal | undefined,
): Promise<ImportView> =>
  change(context, principal, id, body.version, async (trx, stored, trader) => {
    const rows = await allRows(trx, id);
    const raw = rows.map(({ row_number, cells }) => ({ number: row_number, cells }));
    const headings = headingsAt(stored.kind, raw, body.headingRow);
    const columns = body.columns
      ? chooseColumns(stored.kind, headings, body.columns)
      : [...headings];
    await changeImport(trx, stored, {
      heading_row: body.headingRow,
      heading_found: true,
      columns: JSON.stringify(columns),
      target: body.target,
    });
    const open = rows.filter(({ state }) => state !== 'imported');
    await recheck(context, trx, id, trader, open);
  });

type Fix = BodyOf<typeof fixImport>['fix'];

/** The rows that a fix touches, each with its fixes as they are afterwards. */
const fixedRows = async (trx: TradeTrx, id: Id, fix: Fix): Promise<StoredRow[]> => {
  const write = (row: StoredRow, field: string, text: string): StoredRow => ({
    ...row,
    fixes: { ...row.fixes, [field]: text },
  });
  if (fix.what === 'cells') {
    const numbers = [...new Set(fix.cells.map(({ row }) => row))];
    const rows = await rowsToFix(trx, id, { rows: numbers });
    return rows.map((row) =>
      fix.cells
        .filter((cell) => cell.row === row.row_number)
        .reduce((fixed, { field, text }) => write(fixed, field, text), row),
    );
  }
  const { field, rule } = fix;
  if (fix.what === 'same-text') {
    const rows = await rowsToFix(trx, id, { field, rule, text: fix.from });
    return rows.map((row) => write(row, field, fix.to));
  }
  const rows = await rowsToFix(trx, id, { field, rule });
  return rows.flatMap((row) => {
    const found = row.problems.find((each) => each.field === field && each.rule === rule);
    return found?.suggestion ? [write(row, field, found.suggestion)] : [];
  });
};

export const fix = (
  context: ImportContext,
  id: Id,
  body: BodyOf<typeof fixImport>,
  principal: Principal | undefined,
): Promise<ImportView> =>
  change(context, principal, id, body.version, async (trx, stored, trader) => {
    const rows = await fixedRows(trx, id, body.fix);
    await changeImport(trx, stored);
    await recheck(context, trx, id, trader, rows);
  });

const requireReady = async (
  trx: TradeTrx,
  stored: StoredImport,
  choice: BodyOf<typeof runImport>['choice'],
): Promise<void> => {
  if (missingFields(stored.kind, stored.columns).length > 0) {
    throw new Refusal('import-columns-missing');
  }
  const counts = (await countsOf(trx, [stored.id])).get(stored.id);
  if (choice === 'all-or-none' && counts && counts.wrong + counts.duplicate > 0) {
    throw new Refusal('import-not-clean');
  }
};

/** The same run asked again is answered with the import as it stands. */
export const beginRun = (
  context: ImportContext,
  id: Id,
  body: BodyOf<typeof runImport>,
  principal: Principal | undefined,
): Promise<ImportView> => {
  const { runId, version, choice, rows } = body;
  return inImports(context, principal, async (trx, trader) => {
    await lockImportsOf(trx, trader.person.organisationId);
    const known = await findRun(trx, runId);
    if (known) {
      const isSame = known.import_id === id && known.choice === choice && known.rows_total === rows;
      if (!isSame) throw new Refusal('id-reused');
      return viewOf(trx, id);
    }
    const stored = await lockOpenImport(trx, id, version);
    requireKindRole(stored.kind, trader);
    await markDuplicates(trx, stored, trader.partyId);
    await requireReady(trx, stored, choice);
    await startRun(trx, {
      id: runId,
      import_id: id,
      organisation_id: stored.organisation_id,
      person: JSON.stringify(trader.person),
      choice,
      target: stored.target,
      rows_total: rows,
      started_at: context.clock(),
      finished_at: null,
    });
    await changeImport(trx, stored, { status: 'running' });
    return viewOf(trx, id);
  });
};

export const discard = (
  context: ImportContext,
  id: Id,
  body: { readonly version: number },
  principal: Principal | undefined,
): Promise<ImportView> =>
  change(context, principal, id, body.version, (trx, stored) =>
    changeImport(trx, stored, { status: 'discarded' }),
  );
