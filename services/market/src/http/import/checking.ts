import { createHash } from 'node:crypto';
import type { Id } from '@jishi/contracts/ids';
import { cellAddress } from '@jishi/workbook/sheet';
import { checkRow, type RowContext } from '../../domain/import/check-row.ts';
import { contractKey } from '../../domain/import/contract-row.ts';
import {
  findDuplicates,
  type Known,
  knownContract,
  knownListing,
} from '../../domain/import/duplicates.ts';
import {
  importedHashes,
  openListings,
  paperKeys,
  type StoredImport,
} from '../../store/import/imports.ts';
import {
  type CheckedRow,
  keyedRows,
  type StoredRow,
  saveChecked,
  saveDuplicates,
} from '../../store/import/rows.ts';
import { listContractsOf } from '../../store/trade/contracts.ts';
import type { TradeTrx } from '../../store/trade/tables.ts';

/** Between so many rows other requests get their turn. */
const ROWS_AT_ONCE = 100;
const othersFirst = () => new Promise<void>((resolve) => setImmediate(resolve));

export const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** The last row that belongs to the headings: a heading may span rows by its merged cells. */
const headingBottom = ({ heading_row, merges }: StoredImport): number =>
  merges
    .filter(({ top, bottom }) => top === heading_row && bottom - top < 5)
    .reduce((last, { bottom }) => Math.max(last, bottom), heading_row);

const OUTSIDE = { state: 'outside', problems: [], value: null, key: null, hash: null } as const;

const checkOne = (
  imported: StoredImport,
  row: Pick<StoredRow, 'row_number' | 'cells' | 'fixes'>,
  context: RowContext,
  lastHeadingRow: number,
): CheckedRow => {
  const { row_number: number, cells, fixes } = row;
  const named = { number, fixes };
  if (number <= lastHeadingRow) return { ...named, ...OUTSIDE };
  const source = {
    row: { number, cells },
    fixes,
    columns: imported.columns,
    addressOf: cellAddress,
  };
  const check = checkRow(imported.kind, source, context);
  if (check.state === 'outside') return { ...named, ...OUTSIDE };
  if (check.state === 'wrong') {
    return { ...named, ...OUTSIDE, state: 'wrong', problems: check.problems };
  }
  const { value, key } = check;
  return { ...named, state: 'clean', problems: [], value, key, hash: hashOf(value) };
};

/** Checks rows and keeps what was found; the rows of a run are left as they are. */
export const checkRows = async (
  trx: TradeTrx,
  imported: StoredImport,
  rows: readonly Pick<StoredRow, 'row_number' | 'cells' | 'fixes'>[],
  context: RowContext,
): Promise<readonly CheckedRow[]> => {
  const checked: CheckedRow[] = [];
  const lastHeadingRow = headingBottom(imported);
  for (const [i, row] of rows.entries()) {
    if (i > 0 && i % ROWS_AT_ONCE === 0) await othersFirst();
    checked.push(checkOne(imported, row, context, lastHeadingRow));
  }
  await saveChecked(trx, imported.id, checked);
  return checked;
};

const CONTRACTS_MAX = 20_000;

/** What the organisation has in the market already, by the keys of rows. */
const knownKeys = async (
  trx: TradeTrx,
  { kind }: StoredImport,
  partyId: Id,
): Promise<Known['keys']> => {
  if (kind === 'listings') {
    const listings = await openListings(trx, partyId);
    return new Map(listings.map(({ title, status }) => knownListing(title, status)));
  }
  const signed = await listContractsOf(trx, partyId, { limit: CONTRACTS_MAX });
  const keys = signed.flatMap(({ contract }) => {
    const { seller, buyer, head, terms, signedOn } = contract;
    if (signedOn === null) return [];
    const { contractValueFen } = terms;
    const facts = { seller, buyer, title: head.title, contractValueFen, signedOn };
    return [contractKey(facts)];
  });
  return new Map([...keys, ...(await paperKeys(trx))].map(knownContract));
};

/** Marks what is in the file twice or in the market already, over all rows of the import. */
export const markDuplicates = async (
  trx: TradeTrx,
  imported: StoredImport,
  partyId: Id,
): Promise<void> => {
  const rows = await keyedRows(trx, imported.id);
  const hashes = await importedHashes(
    trx,
    imported.kind,
    rows.filter(({ state }) => state !== 'imported').map(({ hash }) => hash),
  );
  const known = { keys: await knownKeys(trx, imported, partyId), hashes };
  await saveDuplicates(trx, imported.id, findDuplicates(rows, known));
};
