import type { ValuesFrame } from '@jishi/contracts/ledger/index-family';

/** When the subscriber had read the frame of a sequence. */
export interface Arrival {
  readonly seq: number;
  readonly atMs: number;
}

const wallClock = (): number => performance.timeOrigin + performance.now();

/** Subscribes to the stream of exact values; `arrivals` grows with every frame. */
export const subscribe = async (base: string, token: string, signal: AbortSignal) => {
  const response = await fetch(`${base}/index/stream`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal,
  });
  if (!response.ok || !response.body) throw new Error(`/index/stream: ${response.status}`);
  const arrivals: Arrival[] = [];
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const data = /^data: ?(.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (!data?.startsWith('{')) continue;
        const { seq } = JSON.parse(data) as Partial<ValuesFrame>;
        if (seq !== undefined) arrivals.push({ seq, atMs: wallClock() });
      }
    }
  };
  const reading = read(response.body).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return { arrivals, reading };
};
