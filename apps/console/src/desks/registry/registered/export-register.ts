import type { RegisteredRow } from '@jishi/contracts/ledger/registry';
import { searchRegistered } from '@jishi/contracts/ledger/registry-endpoints';
import { call } from '../../../api/call.ts';
import { csvOf } from '../../../kit/csv.ts';
import { saveText } from '../../../kit/save-file.ts';
import type { Column } from '../../../kit/table.tsx';
import type { RegisterQuery } from './register-filter.ts';

const PAGE_SIZE = 200;
/** More rows than this are no table for a person; the whole log has its own export. */
export const EXPORT_ROWS_MAX = 10_000;

/** Everything that a filter finds, page by page; at most EXPORT_ROWS_MAX rows. */
export const readAll = async (query: RegisterQuery): Promise<readonly RegisteredRow[]> => {
  const rows: RegisteredRow[] = [];
  for (let after: string | undefined; ; ) {
    const page = await call(searchRegistered, {
      query: { ...query, limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) },
    });
    rows.push(...page.items);
    if (page.next === null || rows.length >= EXPORT_ROWS_MAX) return rows.slice(0, EXPORT_ROWS_MAX);
    after = page.next;
  }
};

/** As CSV with a first line that says what it is and as of when. */
export const saveRegister = (
  rows: readonly RegisteredRow[],
  columns: readonly Column<RegisteredRow>[],
  note: string,
  fileName: string,
): void => {
  const table = [
    [note],
    columns.map((column) => column.head),
    ...rows.map((row) => columns.map((column) => column.text(row))),
  ];
  saveText(`${fileName}.csv`, csvOf(table));
};
