import { type Zippable, zipSync } from 'fflate';

/** Workbooks as other programs write them, and as hostile ones do; for tests alone. */
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`;
const RELATIONS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>`;
const workbook = (properties: string) =>
  `<?xml version="1.0"?><workbook xmlns="m" xmlns:r="r">${properties}<sheets><sheet name="成果" sheetId="1" r:id="rId1"/></sheets></workbook>`;
/** Style 0 is plain, 1 a day, 2 a time of day, 3 a day by a format of its own. */
const STYLES = `<?xml version="1.0"?><styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="176"/></cellXfs></styleSheet>`;

export interface RawWorkbook {
  /** What stands inside `<sheetData>`. */
  readonly rows: string;
  /** What follows `</sheetData>`, such as `<mergeCells>`. */
  readonly after?: string;
  readonly strings?: readonly string[];
  readonly properties?: string;
  /** Further parts by name; a text takes the place of the usual part. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

/** A workbook of one sheet from the XML that is given. */
export const rawWorkbook = (given: RawWorkbook): Buffer => {
  const strings = (given.strings ?? []).map((text) => `<si><t>${text}</t></si>`).join('');
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': TYPES,
    'xl/workbook.xml': workbook(given.properties ?? ''),
    'xl/_rels/workbook.xml.rels': RELATIONS,
    'xl/styles.xml': STYLES,
    'xl/sharedStrings.xml': `<?xml version="1.0"?><sst>${strings}</sst>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet><sheetData>${given.rows}</sheetData>${given.after ?? ''}</worksheet>`,
    ...given.parts,
  };
  const zippable: Zippable = {};
  for (const [name, content] of Object.entries(parts)) {
    zippable[name] = typeof content === 'string' ? encode(content) : content;
  }
  return Buffer.from(zipSync(zippable));
};

/** The same archive, saying that a part unpacks to so many bytes, in both places where it says. */
export const withDeclaredSize = (archive: Buffer, part: string, size: number): Buffer => {
  const bytes = Buffer.from(archive);
  const name = Buffer.from(part);
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) {
    if (bytes.readUInt32LE(at - 30) === 0x04034b50) bytes.writeUInt32LE(size, at - 8);
    if (at >= 46 && bytes.readUInt32LE(at - 46) === 0x02014b50) bytes.writeUInt32LE(size, at - 22);
  }
  return bytes;
};

/** An OLE container as Excel 97 or an encrypted workbook begins, with a stream of that name. */
export const oleContainer = (stream: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(504),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(512),
  ]);
