import { createReadStream } from 'node:fs';

/** No event comes near it: a file without line breaks must not fill the memory. */
export const LINE_BYTES_MAX = 16 * 2 ** 20;
const NEWLINE = 0x0a;

/** Hands over a file line by line, as bytes; null for a line that is too long. */
export const eachLine = async (
  path: string,
  take: (line: Buffer | null) => void,
): Promise<void> => {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (bytes: Buffer): void => {
    length += bytes.length;
    if (length <= LINE_BYTES_MAX) parts.push(bytes);
    else parts = [];
  };
  const end = (): void => {
    if (length > LINE_BYTES_MAX) take(null);
    else if (length > 0) take(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
    parts = [];
    length = 0;
  };
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const chunk = part as Buffer;
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, at));
      end();
      from = at + 1;
    }
    add(chunk.subarray(from));
  }
  end();
};
