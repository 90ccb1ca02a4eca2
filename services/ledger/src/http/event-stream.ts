import {
  LIVE_EVENT_HEARTBEAT,
  LIVE_HEARTBEAT_MS,
  type LiveHeartbeat,
} from '@jishi/contracts/ledger/live';
import { TOKEN_LIFETIME_SECONDS } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';

const STREAMS_MAX = 1_000;
/** An exact stream ends with the token that opened it; the reader comes back with a new one. */
const EXACT_STREAM_MS = TOKEN_LIFETIME_SECONDS * 1_000;

let open = 0;

export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });

export interface EventStream {
  readonly isExact: boolean;
  /** Aborts when the service closes. */
  readonly closing: AbortSignal;
  readonly heartbeat: () => Promise<LiveHeartbeat>;
  /** Writes until the signal aborts. Waiting for the reader is the brake. */
  readonly send: (stream: SSEStreamingApi, signal: AbortSignal) => Promise<void>;
}

const sendHeartbeat = async (stream: SSEStreamingApi, beat: LiveHeartbeat): Promise<void> => {
  await stream.writeSSE({ event: LIVE_EVENT_HEARTBEAT, data: JSON.stringify(beat) });
};

/** Numbers as they move: heartbeat first and every five seconds, between them what is sent. */
export const answerEvents = (context: Context, of: EventStream): Response => {
  if (open >= STREAMS_MAX) throw new Refusal('service-busy');
  open += 1;
  const response = streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const life = of.isExact ? [AbortSignal.timeout(EXACT_STREAM_MS)] : [];
    const signal = AbortSignal.any([gone.signal, of.closing, ...life]);
    const beat = async (): Promise<void> => {
      while (!signal.aborted) {
        await pause(LIVE_HEARTBEAT_MS, signal);
        if (!signal.aborted) await sendHeartbeat(stream, await of.heartbeat());
      }
    };
    try {
      await sendHeartbeat(stream, await of.heartbeat());
      await Promise.all([beat(), of.send(stream, signal)]);
    } finally {
      open -= 1;
    }
  });
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-accel-buffering', 'no');
  return response;
};
