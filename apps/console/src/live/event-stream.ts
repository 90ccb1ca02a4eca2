/** One event of a `text/event-stream` body. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

const EVENT_SIZE_MAX = 4_000_000;

const parseEvent = (block: string): StreamEvent => {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
  return { name, data: data.join('\n') };
};

/**
 * Reads events from a body as they arrive. Own reader and not `EventSource`, because that cannot
 * carry the bearer of an officer. A comment line (`: …`) arrives as an event without data.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<StreamEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest = (rest + value).replace(/\r\n?/g, '\n');
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        yield parseEvent(rest.slice(0, end));
        rest = rest.slice(end + 2);
      }
      if (rest.length > EVENT_SIZE_MAX) throw new Error('event too large');
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
