import type { OutCell } from '@jishi/workbook/csv-text';
import type { OutSheet } from '@jishi/workbook/xlsx-write';
import type { OutRow, StyledCell } from '@jishi/workbook/xlsx-xml';
import type { RawCell } from '../../domain/import/cell.ts';
import type { StoredImport } from '../../store/import/imports.ts';
import type { StoredRow } from '../../store/import/rows.ts';

const cellOut = (cell: RawCell | null | undefined): OutCell => {
  if (!cell) return null;
  return cell.kind === 'number' ? { number: cell.text } : cell.text;
};

const remark = (row: StoredRow, language: 'zh' | 'en'): string => {
  if (row.state === 'imported') return language === 'zh' ? '已导入' : 'Imported';
  if (row.state === 'duplicate') return row.duplicate?.[language] ?? '';
  return row.problems
    .map((problem) => [problem.address, problem[language]].filter(Boolean).join(' '))
    .join('; ');
};

/** One row as it was uploaded, with what was fixed, what is still wrong, and why. */
const rowOut = (imported: StoredImport, row: StoredRow, width: number): OutRow => {
  const wrong = new Set(row.problems.map(({ field }) => field));
  const cells = Array.from({ length: width }, (_, i): OutCell | StyledCell => {
    const field = imported.columns.find(({ column }) => column === i + 1)?.field ?? '';
    const value = row.fixes[field] ?? cellOut(row.cells[i]);
    return wrong.has(field) ? { value, style: 'wrong' } : value;
  });
  const said = (['zh', 'en'] as const).map((language) => remark(row, language));
  return { number: row.row_number, cells: [...cells, ...said] };
};

/** The sheet again, each cell where it was, with a column of errors in each language behind. */
export const annotatedSheet = (imported: StoredImport, rows: readonly StoredRow[]): OutSheet => {
  const width = Math.max(1, ...rows.map(({ cells }) => cells.length));
  const heading = (row: StoredRow): OutRow => ({
    number: row.row_number,
    cells: [
      ...Array.from(
        { length: width },
        (_, i): StyledCell => ({
          value: cellOut(row.cells[i]),
          style: 'heading',
        }),
      ),
      { value: '错误', style: 'heading' },
      { value: 'Errors', style: 'heading' },
    ],
  });
  return {
    name: imported.sheet_name ?? 'Sheet1',
    rows: rows.map((row) =>
      row.row_number === imported.heading_row ? heading(row) : rowOut(imported, row, width),
    ),
    widths: [...Array.from({ length: width }, () => 18), 60, 60],
  };
};
