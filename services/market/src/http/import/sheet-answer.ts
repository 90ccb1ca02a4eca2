import type { SheetFormat } from '@jishi/contracts/market/import';
import { CSV_MARK, csvLine, type OutCell } from '@jishi/workbook/csv-text';
import { type OutSheet, XLSX_TYPE, xlsxBytes } from '@jishi/workbook/xlsx-write';
import type { StyledCell } from '@jishi/workbook/xlsx-xml';
import { attachmentHeader } from '../../domain/contract/file-name.ts';

const plain = (cell: OutCell | StyledCell): OutCell =>
  cell !== null && typeof cell === 'object' && 'style' in cell ? cell.value : cell;

/** The same rows as lines; a row's number in the file is its line, so empty ones are kept. */
async function* csvBytes(sheet: OutSheet): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(CSV_MARK);
  let next = 1;
  for await (const { number, cells } of sheet.rows) {
    const gap = '\r\n'.repeat(Math.max(0, (number ?? next) - next));
    next = (number ?? next) + 1;
    yield encoder.encode(gap + csvLine(cells.map(plain)));
  }
}

/** A file that is written while it is sent: always an attachment, never opened in our pages. */
export const sheetAnswer = (
  name: string,
  format: SheetFormat,
  sheets: readonly [OutSheet, ...OutSheet[]],
): Response => {
  const bytes = format === 'xlsx' ? xlsxBytes(sheets) : csvBytes(sheets[0]);
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await bytes.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': format === 'xlsx' ? XLSX_TYPE : 'text/csv; charset=utf-8',
      'content-disposition': attachmentHeader(`${name}.${format}`),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
};
