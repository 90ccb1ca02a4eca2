import type { FileType } from '@jishi/contracts/market/files';

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((value, i) => bytes[i] === value);

const SIGNATURES: readonly (readonly [FileType, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END_SIZE = 22;
const ENTRY_SIZE = 46;
const COMMENT_MAX = 65_535;
const ENTRIES_MAX = 2_000;
const ENCRYPTED = 1;

/** Where the archive's table of contents is said to end; from the end, as readers look for it. */
const directoryEnd = (view: DataView): number | undefined => {
  const last = view.byteLength - DIRECTORY_END_SIZE;
  for (let at = last; at >= Math.max(0, last - COMMENT_MAX); at--) {
    if (view.getUint32(at, true) === DIRECTORY_END) return at;
  }
  return undefined;
};

/**
 * Names in the table of contents of a ZIP archive; nothing is unpacked. Undefined when the table is
 * not whole, too long, names a path outside, or holds something encrypted.
 */
const namesInArchive = (bytes: Uint8Array): ReadonlySet<string> | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = directoryEnd(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  if (count === 0 || count > ENTRIES_MAX) return undefined;
  let at = view.getUint32(end + 16, true);
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return undefined;
    if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0) return undefined;
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(
      bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + length),
    );
    if (name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')) {
      return undefined;
    }
    names.add(name);
    at += ENTRY_SIZE + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
};

/** Documents that are archives, by the one part that makes them what they are. */
const DOCUMENTS: readonly (readonly [FileType, string])[] = [
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'word/document.xml'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xl/workbook.xml'],
  ['application/ofd', 'OFD.xml'],
];

/** Programs inside a document, and parts that bring something else along. */
const FORBIDDEN_PART = /(^|\/)vbaProject\.bin$|(^|\/)(embeddings|activeX|externalLinks)\//i;

const documentType = (bytes: Uint8Array): FileType | undefined => {
  const names = namesInArchive(bytes);
  if (!names || [...names].some((name) => FORBIDDEN_PART.test(name))) return undefined;
  return DOCUMENTS.find(([, part]) => names.has(part))?.[0];
};

/**
 * What a file is, by its bytes alone: one of the few types that are taken (contracts, FILE_TYPES),
 * or undefined. A document with macros, embedded objects or encryption is none of them.
 */
export const fileTypeOf = (bytes: Uint8Array): FileType | undefined => {
  const known = SIGNATURES.find(([, signature]) => startsWith(bytes, signature));
  if (known) return known[0];
  return startsWith(bytes, ZIP) ? documentType(bytes) : undefined;
};
