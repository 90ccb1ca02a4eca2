import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/**
 * The lines of a file of any size, without their ends, as bytes: they hold until the next one is
 * asked for. Read without a wait between them: an export has millions.
 */
export function* byteLinesOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let begun: Buffer[] = [];
    for (;;) {
      const length = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (length === 0) break;
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1 && end < length; ) {
        const head = chunk.subarray(from, end);
        yield begun.length === 0 ? head : Buffer.concat([...begun, head]);
        begun = [];
        from = end + 1;
        end = chunk.indexOf(NEWLINE, from);
      }
      // A copy, for the next read writes over the chunk.
      if (from < length) begun.push(Buffer.from(chunk.subarray(from, length)));
    }
    if (begun.length > 0) yield Buffer.concat(begun);
  } finally {
    closeSync(file);
  }
}

/** The same as texts: cut as bytes, so that no character is torn. */
export function* linesOf(path: string): Generator<string> {
  for (const line of byteLinesOf(path)) yield line.toString();
}
