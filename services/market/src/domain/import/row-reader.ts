import type { AmountUnit, CellProblem, ImportColumn } from '@jishi/contracts/market/import';
import { readAmount } from './amount.ts';
import {
  bad,
  fullWidth,
  good,
  notPlain,
  quote,
  type RawCell,
  type Reading,
  type Trouble,
} from './cell.ts';
import type { RawRow } from './columns.ts';
import type { FieldSpec } from './field.ts';

/** What a person wrote in place of a cell, by field. */
export type Fixes = Readonly<Record<string, string>>;

/** The address of a cell, given from outside: the domain knows no file format. */
export type AddressOf = (row: number, column: number) => string;

export interface RowSource {
  readonly row: RawRow;
  readonly fixes: Fixes;
  readonly columns: readonly ImportColumn[];
  readonly specs: readonly FieldSpec[];
  readonly addressOf: AddressOf;
}

const CELL_TEXT_MAX = 32_767;
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069\ufffd]/u;

/** The cell of a field as it stands: a fix goes before the file. */
const cellOf = ({ row, fixes, columns }: RowSource, key: string): RawCell | null => {
  const fix = fixes[key];
  if (fix !== undefined) return fix.trim() === '' ? null : { kind: 'text', text: fix };
  const column = columns.find((each) => each.field === key)?.column;
  return column === undefined ? null : (row.cells[column - 1] ?? null);
};

/** The texts of all fields, for the page. */
export const valuesOf = (source: RowSource): Record<string, string> =>
  Object.fromEntries(
    source.specs.flatMap(({ key }) => {
      const cell = cellOf(source, key);
      return cell ? [[key, cell.text] as const] : [];
    }),
  );

const missing = (spec: FieldSpec): Trouble =>
  bad('required', `${spec.zh}不能为空`, `${spec.en} is required`).trouble;

const unclean = (text: string): { readonly trouble: Trouble } | undefined =>
  FORBIDDEN.test(text) || text.length > CELL_TEXT_MAX
    ? bad(
        'text',
        '含有控制字符、改变文字方向的字符,或过长',
        'Holds control characters, marks that turn text round, or is too long',
      )
    : undefined;

/**
 * Reads the cells of one row field by field and keeps every trouble with its place. A value is
 * undefined where the cell is empty or in trouble; the row is right when there are no problems.
 */
export const rowReader = (source: RowSource) => {
  const problems: CellProblem[] = [];
  const specOf = (key: string): FieldSpec => {
    const spec = source.specs.find((each) => each.key === key);
    if (!spec) throw new RangeError(`no column ${key}`);
    return spec;
  };
  const report = (key: string, trouble: Trouble): undefined => {
    const column = source.columns.find((each) => each.field === key)?.column;
    const address = column === undefined ? null : source.addressOf(source.row.number, column);
    const text = cellOf(source, key)?.text ?? '';
    problems.push({ field: key, address, text, ...trouble });
  };

  const take = <T>(key: string, read: (cell: RawCell) => Reading<T>): T | undefined => {
    const spec = specOf(key);
    const cell = cellOf(source, key);
    if (!cell || cell.text.trim() === '') {
      const covered = cell && notPlain(cell);
      if (covered) return report(key, covered.trouble);
      return spec.required ? report(key, missing(spec)) : undefined;
    }
    const reading: Reading<T> = notPlain(cell) ?? unclean(cell.text) ?? read(cell);
    return reading.trouble ? report(key, reading.trouble) : reading.value;
  };

  return {
    problems,
    report,
    take,
    /** Whether anything stands there, right or wrong. */
    isGiven: (key: string): boolean => (cellOf(source, key)?.text.trim() ?? '') !== '',
    text: (key: string): string | undefined =>
      take(key, ({ text }) => good(text.trim().normalize('NFC'))),
    by: <T>(key: string, read: (text: string) => Reading<T>): T | undefined =>
      take(key, ({ text }) => fullWidth(text) ?? read(text)),
    amount: (key: string): string | undefined => {
      const unit: AmountUnit = source.columns.find((each) => each.field === key)?.unit ?? 'yuan';
      return take(key, ({ text }) => readAmount(text, unit))?.toString();
    },
  };
};
export type RowReader = ReturnType<typeof rowReader>;

/** A text whose length has limits; said in words rather than left to the schema. */
export const lengthWithin = (
  reader: RowReader,
  key: string,
  text: string | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): void => {
  if (text === undefined || (text.length >= min && text.length <= max)) return;
  reader.report(
    key,
    bad(
      'text-length',
      `应为 ${min}–${max} 字,现为 ${text.length} 字:${quote(text)}`,
      `Should have ${min} to ${max} characters; it has ${text.length}`,
    ).trouble,
  );
};
