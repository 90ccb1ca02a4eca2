/** The events of a stream of them, as a reader gets them; heartbeats too. */
export const readEvents = async function* (response: Response) {
  const reader = (response.body ?? new ReadableStream()).getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const part = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
        yield { event: part('event'), id: part('id'), data: JSON.parse(part('data')) };
      }
    }
  } finally {
    await reader.cancel();
  }
};

export type Events = ReturnType<typeof readEvents>;

/** The next event of a name; throws at the end of the stream. */
export const nextEvent = async (events: Events, name: string) => {
  for (;;) {
    const { done, value } = await events.next();
    if (done) throw new Error(`the stream ended before another ${name}`);
    if (value.event === name) return value;
  }
};
