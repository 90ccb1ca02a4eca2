import { Unreadable } from './sheet.ts';

export type FileForm = 'zip' | 'text';

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Formats that people rename to .xlsx or .csv: PDF, images, RTF, other archives. */
const OTHERS: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x7b, 0x5c, 0x72, 0x74],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b],
];

const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;
const BOM = [0xef, 0xbb, 0xbf];
const LESS_THAN = 0x3c;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

const isMarkup = (bytes: Uint8Array): boolean => {
  let at = startsWith(bytes, BOM) ? BOM.length : 0;
  while (SPACES.has(bytes[at] ?? 0)) at++;
  return bytes[at] === LESS_THAN;
};

/**
 * What a file is by its content, whatever its name says. An OLE container is a workbook of before
 * 2007 or an encrypted new one: which of the two is told by a stream's name inside.
 */
export const formOf = (bytes: Uint8Array): FileForm => {
  if (bytes.length === 0) throw new Unreadable('empty');
  if (startsWith(bytes, ZIP)) return 'zip';
  if (startsWith(bytes, OLE)) {
    throw new Unreadable(
      Buffer.from(bytes).includes(ENCRYPTED_PACKAGE) ? 'encrypted' : 'old-format',
    );
  }
  if (OTHERS.some((signature) => startsWith(bytes, signature)) || isMarkup(bytes)) {
    throw new Unreadable('not-a-spreadsheet');
  }
  const isUtf16 = UTF16.some((mark) => startsWith(bytes, mark));
  if (!isUtf16 && bytes.includes(0)) throw new Unreadable('not-a-spreadsheet');
  return 'text';
};
