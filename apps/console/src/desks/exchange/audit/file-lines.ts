const LINE_LENGTH_MAX = 16_000_000;

/** The lines of a file, read in pieces: an export may be larger than memory. */
export async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
    if (done) break;
    if (rest.length > LINE_LENGTH_MAX) throw new RangeError('a line is too long');
  }
  if (rest !== '') yield rest;
}
