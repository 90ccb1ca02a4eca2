const FORMULA_START = /^[=+\-@\t\r]/;

/** A cell that a spreadsheet program will not run: formula starts get an apostrophe. */
const cell = (text: string): string => {
  const safe = FORMULA_START.test(text) && !/^-?[\d,.]+$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** UTF-8 with a byte-order mark, so that spreadsheet programs read Chinese as it is. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** Offers text as a file by a link, which also works inside other apps' browsers. */
export const saveText = (name: string, text: string, type = 'text/csv;charset=utf-8'): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
};
