/** Writing comma-separated text; free of Node, so that a page can use it too. */

/** What a spreadsheet would take for a formula, half-width or full-width, or a hidden one. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

export const looksLikeFormula = (text: string): boolean => FORMULA_START.test(text);

/** A cell of an export: a text that anybody may have typed, or a number that we made. */
export type OutCell = string | { readonly number: string } | null;

/** Undoes what `safeText` did, so that an export that is imported again is as before. */
export const withoutApostrophe = (text: string): string =>
  text.startsWith("'") && looksLikeFormula(text.slice(1)) ? text.slice(1) : text;

const safeText = (text: string): string => (looksLikeFormula(text) ? `'${text}` : text);

const quoted = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const csvCell = (cell: OutCell): string => {
  if (cell === null) return '';
  return typeof cell === 'string' ? quoted(safeText(cell)) : cell.number;
};

/** One line with its end. A number of ours stays a number, whatever its sign. */
export const csvLine = (cells: readonly OutCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Spreadsheet programs in Chinese take a CSV without this mark for GB18030. */
export const CSV_MARK = '\ufeff';

export const csvText = (rows: Iterable<readonly OutCell[]>): string =>
  CSV_MARK + [...rows].map(csvLine).join('');
