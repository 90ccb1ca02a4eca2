import { openArchive } from './archive.ts';
import { type ReadLimits, type Sheet, Unreadable } from './sheet.ts';
import { readDateStyles, readSharedStrings, readWorkbook } from './xlsx-parts.ts';
import { readSheetPart } from './xlsx-sheet.ts';

/** Reads the first visible sheet that holds something. */
export const readXlsx = async (bytes: Buffer, limits: ReadLimits): Promise<Sheet> => {
  const archive = await openArchive(bytes, limits);
  const { sheets, from1904 } = await readWorkbook(archive);
  const context = {
    strings: await readSharedStrings(archive),
    dateStyles: await readDateStyles(archive),
    from1904,
    limits,
  };
  for (const { name, part } of sheets) {
    const { rows, merges } = await readSheetPart(archive, part, context);
    if (rows.size === 0) continue;
    return {
      format: 'xlsx',
      name,
      otherSheets: sheets.map((sheet) => sheet.name).filter((other) => other !== name),
      encoding: null,
      rows: [...rows.entries()]
        .sort(([a], [b]) => a - b)
        .map(([number, cells]) => ({ number, cells })),
      merges,
    };
  }
  throw new Unreadable('empty');
};
