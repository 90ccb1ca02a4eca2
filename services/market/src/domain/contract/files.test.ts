import { describe, expect, test } from 'vitest';
import { attachmentHeader, cleanFileName } from './file-name.ts';
import { fileTypeOf } from './file-type.ts';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A ZIP archive as its table of contents tells it; the parts themselves are empty. */
const archive = (names: readonly string[], flags = 0, comment = ''): Buffer => {
  const entries = names.map((name) => {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(flags, 8);
    head.writeUInt16LE(Buffer.byteLength(name), 28);
    return Buffer.concat([head, Buffer.from(name)]);
  });
  const start = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.alloc(26)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(start.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([start, ...entries, end, ascii(comment)]);
};

const WORD = ['[Content_Types].xml', 'word/document.xml'];

describe('a file is what its bytes say', () => {
  test.each([
    ['PDF', ascii('%PDF-1.7\n'), 'application/pdf'],
    ['PNG', Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png'],
    ['JPEG', Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg'],
    ['OFD', archive(['OFD.xml', 'Doc_0/Document.xml']), 'application/ofd'],
  ])('%s', (_, bytes, type) => {
    expect(fileTypeOf(bytes)).toBe(type);
  });

  test('documents of an office are taken by the part that makes them so', () => {
    expect(fileTypeOf(archive(WORD))).toMatch(/wordprocessingml/);
    expect(fileTypeOf(archive(['[Content_Types].xml', 'xl/workbook.xml']))).toMatch(
      /spreadsheetml/,
    );
    expect(fileTypeOf(archive(WORD, 0, 'a comment at the end'))).toMatch(/wordprocessingml/);
  });

  test.each([
    ['HTML', ascii('<html><script>alert(1)</script>')],
    ['HTML that calls itself PDF further on', ascii('<!--%PDF-1.7-->')],
    ['SVG', ascii('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a program', Buffer.from('4d5a9000', 'hex')],
    ['nothing', Buffer.alloc(0)],
    ['a plain archive', archive(['a.txt'])],
    ['a document with a macro', archive([...WORD, 'word/vbaProject.bin'])],
    ['a document with an object inside', archive([...WORD, 'word/embeddings/oleObject1.bin'])],
    ['a workbook that reads another file', archive([...WORD, 'xl/externalLinks/link1.xml'])],
    ['an encrypted archive', archive(WORD, 1)],
    ['an archive that points outside', archive([...WORD, '../../etc/passwd'])],
    ['an archive without its table', archive(WORD).subarray(0, 40)],
    ['an archive whose table is cut', Buffer.concat([archive(WORD).subarray(0, 60)])],
  ])('%s is not taken', (_, bytes) => {
    expect(fileTypeOf(bytes)).toBeUndefined();
  });
});

describe('a name', () => {
  test.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\temp\\承诺书.pdf', '承诺书.pdf'],
    ['承诺书.PDF', '承诺书.pdf'],
    ['.hidden.pdf', 'hidden.pdf'],
    ['page.html', 'page.html.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie x.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe.pdf'],
    ['  two   spaces .pdf', 'two spaces.pdf'],
  ])('%j becomes %j', (given, name) => {
    expect(cleanFileName(given, 'application/pdf')).toBe(name);
  });

  test('keeps at most two hundred bytes of whole characters before its extension', () => {
    const name = cleanFileName(`${'证'.repeat(85)}.pdf`, 'application/pdf');
    expect(name).toBe(`${'证'.repeat(66)}.pdf`);
    expect(Buffer.byteLength(name ?? '')).toBe(202);
  });

  test.each(['', '.pdf', '///', '...', '\u202e'])('nothing is left of %j', (given) => {
    expect(cleanFileName(given, 'application/pdf')).toBeUndefined();
  });

  test('both spellings of JPEG are one', () => {
    expect(cleanFileName('照片.jpeg', 'image/jpeg')).toBe('照片.jpg');
  });

  test('stands in a header as an attachment, in both forms', () => {
    expect(attachmentHeader(`证明 (1)'.pdf`)).toBe(
      `attachment; filename="__ (1)'.pdf"; filename*=UTF-8''%E8%AF%81%E6%98%8E%20%281%29%27.pdf`,
    );
  });
});
