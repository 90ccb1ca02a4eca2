/** One event of a `text/event-stream` body, as far as the live screen reads it. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

/** The whole events of a body that was cut off; half an event at its end is not one. */
export const readEvents = (body: string): StreamEvent[] => {
  const blocks = body.replaceAll('\r\n', '\n').split('\n\n');
  return blocks.slice(0, -1).map((block) => {
    let name = 'message';
    const data: string[] = [];
    for (const line of block.split('\n')) {
      if (line.startsWith('event:')) name = line.slice('event:'.length).trim();
      if (line.startsWith('data:')) data.push(line.slice('data:'.length).trim());
    }
    return { name, data: data.join('\n') };
  });
};
