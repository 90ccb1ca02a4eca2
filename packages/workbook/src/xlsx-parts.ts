import type { Archive } from './archive.ts';
import { Unreadable } from './sheet.ts';
import { readXml } from './xml-events.ts';

export interface SheetPart {
  readonly name: string;
  readonly part: string;
}

export interface WorkbookParts {
  /** Visible sheets in the order of their tabs. */
  readonly sheets: readonly SheetPart[];
  /** Days are counted from 1904 in workbooks that come from old Macintosh programs. */
  readonly from1904: boolean;
}

const WORKBOOK = 'xl/workbook.xml';
const CONTENT_TYPES = '[Content_Types].xml';

/** Refused by what the archive holds, before anything of it is read. */
const requirePlain = (names: readonly string[]): void => {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/vbaProject\.bin$|^xl\/macrosheets\//i)) throw new Unreadable('macros');
  if (has(/^xl\/externalLinks\//i)) throw new Unreadable('external-links');
  if (has(/^xl\/workbook\.bin$/i)) throw new Unreadable('old-format');
  if (!has(/^xl\/workbook\.xml$/)) throw new Unreadable('not-a-spreadsheet');
};

const requireNoMacroType = async (archive: Archive): Promise<void> => {
  await readXml(archive, CONTENT_TYPES, {
    open: (_, { ContentType = '' }) => {
      if (/macroEnabled/i.test(ContentType)) throw new Unreadable('macros');
    },
  });
};

const readTargets = async (archive: Archive): Promise<ReadonlyMap<string, string>> => {
  const targets = new Map<string, string>();
  await readXml(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id = '', Target = '' }) => {
      if (name !== 'Relationship') return;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
};

export const readWorkbook = async (archive: Archive): Promise<WorkbookParts> => {
  requirePlain(archive.names);
  await requireNoMacroType(archive);
  const targets = await readTargets(archive);
  const sheets: SheetPart[] = [];
  let from1904 = false;
  await readXml(archive, WORKBOOK, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      const part = targets.get(attributes['r:id'] ?? '');
      if (part) sheets.push({ name: attributes.name ?? '', part });
    },
  });
  return { sheets, from1904 };
};

/** Built-in number formats that show a day; 45 to 47 and 18 to 21 show a time of day only. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) ||
  id === 22 ||
  (id >= 27 && id <= 31) ||
  id === 36 ||
  (id >= 50 && id <= 58);

/** Whether a format code shows a day: year or day, or a month that is no minute. */
export const showsDay = (code: string): boolean => {
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .toLowerCase();
  if (/general|@/.test(bare)) return false;
  return /[yd]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
};

/** For each cell style, by its number, whether it shows a day. */
export const readDateStyles = async (archive: Archive): Promise<readonly boolean[]> => {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCellFormats = false;
  await readXml(archive, 'xl/styles.xml', {
    open: (name, attributes) => {
      const id = Number(attributes.numFmtId ?? '0');
      if (name === 'numFmt') custom.set(id, showsDay(attributes.formatCode ?? ''));
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) styles.push(custom.get(id) ?? isBuiltInDate(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
};

/** The texts that cells name by number; phonetic guides beside them are left out. */
export const readSharedStrings = async (archive: Archive): Promise<readonly string[]> => {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let inGuide = false;
  await readXml(archive, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') inGuide = true;
      if (name === 't') inText = !inGuide;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') inGuide = false;
      if (name === 'si') strings.push(current);
    },
  });
  return strings;
};
