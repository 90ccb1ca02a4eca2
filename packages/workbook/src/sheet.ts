/** What a cell holds. A formula's text is the value that the file keeps for it, or nothing. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'formula' | 'error';

export interface Cell {
  readonly kind: CellKind;
  /** As typed; a number as plain decimal digits, a date as YYYY-MM-DD. */
  readonly text: string;
}

/** A row with something in it. `number` is the row's number in the file, from 1. */
export interface SheetRow {
  readonly number: number;
  /** By column, from A on; null where nothing stands. */
  readonly cells: readonly (Cell | null)[];
}

/** Rows and columns from 1, all four inclusive. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The first visible sheet that holds something. */
export interface Sheet {
  readonly format: 'xlsx' | 'csv';
  /** Null for a CSV, which has one sheet without a name. */
  readonly name: string | null;
  /** Further visible sheets, which were not read. */
  readonly otherSheets: readonly string[];
  /** How the bytes of a CSV were understood. */
  readonly encoding: string | null;
  readonly rows: readonly SheetRow[];
  readonly merges: readonly Merge[];
}

export interface ReadLimits {
  /** Of the whole file, packed. */
  readonly bytesMax: number;
  /** Of all its parts, unpacked, declared and real. */
  readonly unpackedMax: number;
  readonly entriesMax: number;
  readonly ratioMax: number;
  /** The last row and column in which something may stand, by the cell's address. */
  readonly lastRow: number;
  readonly lastColumn: number;
  /** Characters of one cell, and of all cells, each counted where it stands. */
  readonly cellTextMax: number;
  readonly textMax: number;
}

export const SAFE_LIMITS: ReadLimits = {
  bytesMax: 10_000_000,
  unpackedMax: 100_000_000,
  entriesMax: 200,
  ratioMax: 200,
  lastRow: 5_050,
  lastColumn: 100,
  cellTextMax: 32_767,
  textMax: 20_000_000,
};

export type UnreadableCode =
  | 'not-a-spreadsheet'
  | 'old-format'
  | 'encrypted'
  | 'macros'
  | 'external-links'
  | 'unpacks-too-large'
  | 'too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'too-many-merges'
  | 'damaged'
  | 'empty'
  | 'too-costly'
  | 'busy'
  | 'busy-for-you';

/** Why a file is not read, by name. */
export class Unreadable extends Error {
  readonly code: UnreadableCode;

  constructor(code: UnreadableCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'Unreadable';
    this.code = code;
  }
}

const LETTERS = 26;
const CODE_OF_A = 65;

/** 1 → A, 26 → Z, 27 → AA. */
export const columnName = (column: number): string => {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
    name = String.fromCharCode(CODE_OF_A + ((rest - 1) % LETTERS)) + name;
  }
  return name;
};

/** `F18` for row 18 and column 6. */
export const cellAddress = (row: number, column: number): string => `${columnName(column)}${row}`;

const ADDRESS = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/;

/** Row and column of an address, or undefined when it is none. */
export const readAddress = (text: string): { row: number; column: number } | undefined => {
  const [, letters = '', digits = ''] = ADDRESS.exec(text) ?? [];
  if (letters === '') return undefined;
  const column = [...letters.toUpperCase()].reduce(
    (sum, letter) => sum * LETTERS + letter.charCodeAt(0) - CODE_OF_A + 1,
    0,
  );
  return { row: Number(digits), column };
};
