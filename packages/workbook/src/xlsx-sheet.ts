import type { Archive } from './archive.ts';
import { dayOfSerial, decimalText } from './numbers.ts';
import { type Cell, type Merge, type ReadLimits, readAddress, Unreadable } from './sheet.ts';
import { TextCount } from './text-limit.ts';
import { MERGES_MAX, mergeOf, requirePlainMerges } from './xlsx-merges.ts';
import { type Attributes, readXml } from './xml-events.ts';

export interface SheetContext {
  readonly strings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly from1904: boolean;
  readonly limits: ReadLimits;
}

export interface SheetContent {
  readonly rows: Map<number, (Cell | null)[]>;
  readonly merges: Merge[];
}

interface OpenCell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  readonly style: number;
  hasFormula: boolean;
  value: string;
  inline: string;
}

const plainCell = (cell: OpenCell, context: SheetContext): Cell | null => {
  const { type, value, inline, style } = cell;
  switch (type) {
    case 's': {
      const text = context.strings[Number(value)];
      return text === undefined || text === '' ? null : { kind: 'text', text };
    }
    case 'inlineStr':
      return inline === '' ? null : { kind: 'text', text: inline };
    case 'str':
      return value === '' ? null : { kind: 'text', text: value };
    case 'b':
      return { kind: 'boolean', text: value === '1' ? 'TRUE' : 'FALSE' };
    case 'e':
      return { kind: 'error', text: value };
    case 'd':
      return { kind: 'date', text: value.slice(0, 10) };
  }
  if (value === '') return null;
  const day = context.dateStyles[style] ? dayOfSerial(Number(value), context.from1904) : undefined;
  if (day) return { kind: 'date', text: day };
  const number = decimalText(value);
  return number === undefined ? { kind: 'text', text: value } : { kind: 'number', text: number };
};

const cellOf = (cell: OpenCell, context: SheetContext): Cell | null => {
  const plain = plainCell(cell, context);
  return cell.hasFormula ? { kind: 'formula', text: plain?.text ?? '' } : plain;
};

/**
 * Puts a cell where its address says. An empty cell is nothing wherever it stands: a sheet that was
 * formatted to its last row is as small as what is written on it.
 */
const place = (
  content: SheetContent,
  open: OpenCell,
  context: SheetContext,
  texts: TextCount,
): void => {
  const cell = cellOf(open, context);
  if (!cell || (cell.kind === 'text' && cell.text.trim() === '')) return;
  const { lastRow, lastColumn } = context.limits;
  if (open.row > lastRow) throw new Unreadable('too-many-rows');
  if (open.column > lastColumn) throw new Unreadable('too-many-columns');
  texts.add(cell.text);
  const row = content.rows.get(open.row) ?? [];
  while (row.length < open.column) row.push(null);
  row[open.column - 1] = cell;
  content.rows.set(open.row, row);
};

/** Reads one sheet as a stream: what it needs is the cells that hold something. */
export const readSheetPart = async (
  archive: Archive,
  part: string,
  context: SheetContext,
): Promise<SheetContent> => {
  const content: SheetContent = { rows: new Map(), merges: [] };
  const texts = new TextCount(context.limits);
  let row = 0;
  let column = 0;
  let cell: OpenCell | undefined;
  let within = '';
  const openCell = ({ r, t = '', s = '0' }: Attributes): OpenCell => {
    const at = r === undefined ? { row, column: column + 1 } : readAddress(r);
    if (!at) throw new Unreadable('damaged', 'an address');
    column = at.column;
    const style = Number(s);
    return { ...at, type: t, style, hasFormula: false, value: '', inline: '' };
  };
  await readXml(archive, part, {
    open: (name, attributes) => {
      within = name;
      if (name === 'row') {
        row = Number(attributes.r ?? row + 1);
        column = 0;
      }
      if (name === 'c') cell = openCell(attributes);
      if (name === 'f' && cell) cell.hasFormula = true;
      if (name !== 'mergeCell') return;
      const merge = mergeOf(attributes.ref ?? '');
      if (merge) content.merges.push(merge);
      if (content.merges.length > MERGES_MAX) throw new Unreadable('too-many-merges');
    },
    text: (text) => {
      if (!cell) return;
      if (within === 'v') cell.value += text;
      if (within === 't') cell.inline += text;
    },
    close: (name) => {
      within = '';
      if (name !== 'c' || !cell) return;
      place(content, cell, context, texts);
      cell = undefined;
    },
  });
  requirePlainMerges(content.rows, content.merges, context.limits, texts);
  return content;
};
