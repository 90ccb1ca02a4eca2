const FORMULA_START = /^[=+\-@\t\r]/;

/** A cell that a spreadsheet program will not run: formula starts get an apostrophe. */
const cell = (text: string): string => {
  const safe = FORMULA_START.test(text) && !/^-?[\d,.]+$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** UTF-8 with a byte-order mark, so that spreadsheet programs read Chinese as it is. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
