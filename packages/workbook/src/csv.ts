import { parse } from 'csv-parse/sync';
import { withoutApostrophe } from './csv-text.ts';
import { type Cell, type ReadLimits, type Sheet, type SheetRow, Unreadable } from './sheet.ts';
import { TextCount } from './text-limit.ts';

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** What a byte order mark says, else UTF-8 when the bytes are that, else GB18030. */
const decodeText = (bytes: Uint8Array): { text: string; encoding: string } => {
  const [first, second] = bytes;
  const candidates =
    first === 0xff && second === 0xfe
      ? ['utf-16le']
      : first === 0xfe && second === 0xff
        ? ['utf-16be']
        : ['utf-8', 'gb18030'];
  for (const encoding of candidates) {
    const text = decode(bytes, encoding);
    if (text !== undefined) return { text, encoding };
  }
  throw new Unreadable('not-a-spreadsheet', 'no encoding of text');
};

const DELIMITERS = [',', '\t', ';'] as const;
const LINES_LOOKED_AT = 50;

/** The delimiter that stands most often in the first lines, outside of quotes. */
const delimiterOf = (text: string): string => {
  const head = text
    .split('\n', LINES_LOOKED_AT)
    .join('\n')
    .replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((d) => ({ d, count: head.split(d).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).d;
};

/** What would be a formula when opened is one here; a number in quotes after = is a text. */
const cellOf = (raw: string): Cell | null => {
  if (raw.trim() === '') return null;
  const literal = /^="([^"]*)"$/.exec(raw)?.[1];
  if (literal !== undefined) return literal === '' ? null : { kind: 'text', text: literal };
  if (raw.startsWith('=')) return { kind: 'formula', text: '' };
  return { kind: 'text', text: withoutApostrophe(raw) };
};

const isLooseText = (text: string): boolean => /^\s*[[{]/.test(text);

/** Reads comma-, tab- or semicolon-separated text; row numbers are those a spreadsheet shows. */
export const readCsv = (bytes: Uint8Array, limits: ReadLimits): Sheet => {
  const { text, encoding } = decodeText(bytes);
  if (isLooseText(text)) throw new Unreadable('not-a-spreadsheet');
  const rows: SheetRow[] = [];
  const texts = new TextCount(limits);
  const onRecord = (record: string[], { records }: { readonly records: number }): null => {
    const cells = record.map(cellOf);
    while (cells.length > 0 && cells.at(-1) === null) cells.pop();
    if (cells.length === 0) return null;
    if (records > limits.lastRow) throw new Unreadable('too-many-rows');
    if (cells.length > limits.lastColumn) throw new Unreadable('too-many-columns');
    for (const cell of cells) if (cell) texts.add(cell.text);
    rows.push({ number: records, cells });
    return null;
  };
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      on_record: onRecord,
    });
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged', 'quotes');
  }
  if (rows.length === 0) throw new Unreadable('empty');
  return { format: 'csv', name: null, otherSheets: [], encoding, rows, merges: [] };
};
