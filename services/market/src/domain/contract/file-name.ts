import { FILE_TYPES, type FileType } from '@jishi/contracts/market/files';

/** Bytes of the name before its extension: file systems allow 255 in all. */
const STEM_BYTES_MAX = 200;

/** Nothing that a file system, a shell or a header of ours reads as more than a letter. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}"*:<>?|%;]/gu;

const cut = (text: string): string => {
  const encoder = new TextEncoder();
  let size = 0;
  let kept = '';
  for (const letter of text) {
    size += encoder.encode(letter).length;
    if (size > STEM_BYTES_MAX) break;
    kept += letter;
  }
  return kept.trim();
};

/**
 * A name that is only a name: no path, no hidden file, and the extension of what the file is by
 * its content. Undefined when nothing is left of it.
 */
export const cleanFileName = (given: string, type: FileType): string | undefined => {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(UNSAFE, '').replace(/\s+/g, ' ').trim();
  const { extension } = FILE_TYPES[type];
  const own = extension === 'jpg' ? /\.jpe?g$/i : new RegExp(`\\.${extension}$`, 'i');
  const stem = cut(
    plain
      .trim()
      .replace(own, '')
      .replace(/^[.\s]+|[.\s]+$/g, ''),
  );
  return stem === '' ? undefined : `${stem}.${extension}`;
};

/** RFC 6266: a plain name for old readers, and the true one in UTF-8. */
export const attachmentHeader = (name: string): string => {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
};
