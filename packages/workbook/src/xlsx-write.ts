import { strToU8, Zip, ZipDeflate } from 'fflate';
import {
  contentTypes,
  type OutRow,
  ROOT_RELATIONS,
  rowXml,
  type SheetHead,
  STYLES,
  sheetEnd,
  sheetStart,
  type Validation,
  workbookRelations,
  workbookXml,
} from './xlsx-xml.ts';

/** Writing a workbook row by row; free of Node, so that a page can use it too. */
export interface OutSheet extends Partial<SheetHead> {
  readonly name: string;
  readonly rows: Iterable<OutRow> | AsyncIterable<OutRow>;
  readonly validations?: readonly Validation[];
}

/** Between so many rows others get their turn. */
const ROWS_AT_ONCE = 200;
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function* sheetXml(sheet: OutSheet): AsyncGenerator<string> {
  const { widths = [], frozenRows = 0, frozenColumns = 0 } = sheet;
  yield sheetStart({ widths, frozenRows, frozenColumns });
  let number = 0;
  let block = '';
  let inBlock = 0;
  for await (const row of sheet.rows) {
    number = row.number ?? number + 1;
    block += rowXml(row, number);
    if (++inBlock < ROWS_AT_ONCE) continue;
    yield block;
    block = '';
    inBlock = 0;
    await pause();
  }
  yield block + sheetEnd(sheet.validations ?? []);
}

/** The same rows are the same bytes, whenever they are written. */
const ALWAYS = '2000-01-01T12:00:00Z';

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** The workbook's bytes as they come; nothing but the block in hand is kept. */
export async function* xlsxBytes(sheets: readonly OutSheet[]): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    if (chunk.length > 0) ready.push(chunk);
  });
  const parts: [string, AsyncGenerator<string>][] = [
    ['[Content_Types].xml', once(contentTypes(sheets.length))],
    ['_rels/.rels', once(ROOT_RELATIONS)],
    ['xl/workbook.xml', once(workbookXml(sheets.map((sheet) => sheet.name)))],
    ['xl/_rels/workbook.xml.rels', once(workbookRelations(sheets.length))],
    ['xl/styles.xml', once(STYLES)],
    ...sheets.map((sheet, i): [string, AsyncGenerator<string>] => [
      `xl/worksheets/sheet${i + 1}.xml`,
      sheetXml(sheet),
    ]),
  ];
  for (const [name, blocks] of parts) {
    const part = new ZipDeflate(name, { level: 6 });
    part.mtime = ALWAYS;
    zip.add(part);
    for await (const block of blocks) {
      part.push(strToU8(block));
      yield* ready.splice(0);
    }
    part.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* ready;
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
