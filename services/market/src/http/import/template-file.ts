import type { ImportKind } from '@jishi/contracts/market/import';
import { columnName } from '@jishi/workbook/sheet';
import type { OutSheet } from '@jishi/workbook/xlsx-write';
import type { OutRow, Validation } from '@jishi/workbook/xlsx-xml';
import { fieldsOf } from '../../domain/import/columns.ts';
import type { FieldSpec } from '../../domain/import/field.ts';

const CODES = '代码';
/** Rows that the lists and hints of the template cover. */
const LAST_ROW = 5_001;

const hint = ({ hintZh, hintEn, required }: FieldSpec): string =>
  [required ? '必填 Required' : '可空 Optional', hintZh, hintEn]
    .filter((part) => part !== '')
    .join('\n');

const validation = (spec: FieldSpec, i: number, lists: readonly FieldSpec[]): Validation => {
  const name = columnName(lists.indexOf(spec) + 1);
  return {
    column: i + 1,
    fromRow: 1,
    toRow: LAST_ROW,
    title: spec.zh,
    hint: hint(spec),
    ...(spec.list ? { list: `'${CODES}'!$${name}$2:$${name}$${spec.list.length + 1}` } : {}),
  };
};

const codeRows = (lists: readonly FieldSpec[]): OutRow[] => {
  const height = Math.max(...lists.map(({ list = [] }) => list.length));
  const heading = lists.map(({ zh }) => ({ value: zh, style: 'heading' as const }));
  const codes = Array.from({ length: height }, (_, i) => ({
    cells: lists.map(({ list = [] }) => list[i]?.zh ?? null),
  }));
  return [{ cells: heading }, ...codes];
};

const noteRows = (fields: readonly FieldSpec[]): OutRow[] => [
  {
    cells: ['列 Column', '必填 Required', '说明', 'Notes'].map((value) => ({
      value,
      style: 'heading',
    })),
  },
  ...fields.map(({ zh, en, required, hintZh, hintEn }) => ({
    cells: [`${zh} · ${en}`, required ? '是 Yes' : '', hintZh, hintEn],
  })),
];

/**
 * A sheet to fill in: headings with the official names, one example row (never imported as long as
 * its title stays), lists of codes beside it, and the notes of each column.
 */
export const templateSheets = (kind: ImportKind): readonly [OutSheet, ...OutSheet[]] => {
  const fields = fieldsOf(kind);
  const lists = fields.filter(({ list }) => list !== undefined);
  const heading = fields.map(({ zh, required }) => ({
    value: required ? `${zh}*` : zh,
    style: 'heading' as const,
  }));
  const example = fields.map((spec) => ({ value: spec.example, style: 'remark' as const }));
  return [
    {
      name: kind === 'listings' ? '成果' : '合同',
      rows: [{ cells: heading }, { cells: example }],
      widths: fields.map(({ zh }) => Math.max(14, zh.length * 2.4)),
      frozenRows: 1,
      frozenColumns: 1,
      validations: fields.map((spec, i) => validation(spec, i, lists)),
    },
    { name: CODES, rows: codeRows(lists), widths: lists.map(() => 24), frozenRows: 1 },
    { name: '填写说明', rows: noteRows(fields), widths: [36, 12, 60, 60], frozenRows: 1 },
  ];
};
