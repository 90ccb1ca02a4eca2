import {
  type AmountUnit,
  HEADING_ROW_MAX,
  type ImportColumn,
  type ImportKind,
} from '@jishi/contracts/market/import';
import { Refusal } from '@jishi/contracts/problem';
import { plainText, type RawCell } from './cell.ts';
import { CONTRACT_FIELDS } from './contract-fields.ts';
import type { FieldSpec } from './field.ts';
import { LISTING_FIELDS } from './listing-fields.ts';

/** A row of the sheet: its number in the file, and its cells from column A on. */
export interface RawRow {
  readonly number: number;
  readonly cells: readonly (RawCell | null)[];
}

export interface Headings {
  readonly row: number;
  /** Whether it was recognised; otherwise it is the first row with something in it. */
  readonly found: boolean;
  readonly columns: readonly ImportColumn[];
}

const FIELDS: Readonly<Record<ImportKind, readonly FieldSpec[]>> = {
  listings: LISTING_FIELDS,
  contracts: CONTRACT_FIELDS,
};
export const fieldsOf = (kind: ImportKind): readonly FieldSpec[] => FIELDS[kind];

/** A unit or a remark in brackets, marks of «required», blanks and punctuation do not count. */
const keyOf = (heading: string): string =>
  plainText(heading)
    .toLowerCase()
    .replace(/\([^)]*\)|[*:\s_/·、-]|^\d+[.、]/g, '');

const namesOf = (kind: ImportKind): ReadonlyMap<string, FieldSpec> => {
  const names = new Map<string, FieldSpec>();
  for (const spec of fieldsOf(kind)) {
    for (const name of [spec.zh, spec.en, spec.key]) names.set(keyOf(name), spec);
  }
  for (const spec of fieldsOf(kind)) {
    for (const alias of spec.aliases) {
      if (!names.has(keyOf(alias))) names.set(keyOf(alias), spec);
    }
  }
  return names;
};

/** The unit that a heading names in brackets; yuan where it names none. */
const unitOf = (heading: string): AmountUnit =>
  /万元|\(万\)|10,?000/.test(plainText(heading)) ? 'wan' : 'yuan';

/** What each column is taken for; a name that stands twice is taken from its first column. */
const recognise = (kind: ImportKind, row: RawRow): ImportColumn[] => {
  const names = namesOf(kind);
  const taken = new Set<string>();
  return row.cells.flatMap((cell, i) => {
    if (!cell) return [];
    const spec = names.get(keyOf(cell.text));
    const isFirst = spec !== undefined && !taken.has(spec.key);
    if (isFirst) taken.add(spec.key);
    const unit = isFirst && spec.isAmount ? unitOf(cell.text) : null;
    return [{ column: i + 1, heading: cell.text, field: isFirst ? spec.key : null, unit }];
  });
};

const RECOGNISED_MIN = 3;

/**
 * The row of headings among the first rows: the one in which most columns are recognised, three at
 * least, so that a title above the table is not taken for one.
 */
export const findHeadings = (kind: ImportKind, rows: readonly RawRow[]): Headings => {
  const [first] = rows;
  if (!first) throw new Refusal('sheet-empty');
  const known = (columns: readonly ImportColumn[]): number =>
    columns.filter((column) => column.field !== null).length;
  let best = { row: first, columns: recognise(kind, first) };
  for (const row of rows.filter(({ number }) => number <= HEADING_ROW_MAX)) {
    const columns = recognise(kind, row);
    if (known(columns) > known(best.columns)) best = { row, columns };
  }
  const found = known(best.columns) >= RECOGNISED_MIN;
  if (found) return { row: best.row.number, found, columns: best.columns };
  return { row: first.number, found, columns: recognise(kind, first) };
};

/** The headings of a row that a person named. */
export const headingsAt = (
  kind: ImportKind,
  rows: readonly RawRow[],
  number: number,
): readonly ImportColumn[] => {
  const row = rows.find((each) => each.number === number);
  return row ? recognise(kind, row) : [];
};

/** Required fields that no column is taken for. */
export const missingFields = (kind: ImportKind, columns: readonly ImportColumn[]): string[] =>
  fieldsOf(kind)
    .filter(({ key, required }) => required && !columns.some((column) => column.field === key))
    .map(({ key }) => key);

type Chosen = Omit<ImportColumn, 'heading'>;

/** What a person says of the columns: each field once, and only fields that there are. */
export const chooseColumns = (
  kind: ImportKind,
  headings: readonly ImportColumn[],
  chosen: readonly Chosen[],
): ImportColumn[] => {
  const taken = chosen.flatMap(({ field }) => (field === null ? [] : [field]));
  if (new Set(taken).size !== taken.length) throw new Refusal('import-column-twice');
  return headings.map(({ column, heading }) => {
    const choice = chosen.find((each) => each.column === column);
    const spec = fieldsOf(kind).find(({ key }) => key === choice?.field);
    const unit = spec?.isAmount ? (choice?.unit ?? unitOf(heading)) : null;
    return { column, heading, field: spec?.key ?? null, unit };
  });
};
