import {
  LIVE_EVENT_HEARTBEAT,
  LIVE_EVENT_SNAPSHOT,
  LIVE_HEARTBEAT_MS,
} from '@jishi/contracts/ledger/live';
import { TOKEN_LIFETIME_SECONDS } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { View } from '../domain/index/series.ts';
import type { LiveFeed } from './live-feed.ts';

/** At most one snapshot in this time for one reader; what came between is never sent. */
const COALESCE_MS = 200;
const STREAMS_MAX = 1_000;
/** An exact stream ends with the token that opened it; the reader comes back with a new one. */
const EXACT_STREAM_MS = TOKEN_LIFETIME_SECONDS * 1_000;

let open = 0;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
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

/** Sends the latest numbers whenever they have moved. Waiting for the reader is the brake. */
const sendSnapshots = async (
  stream: SSEStreamingApi,
  feed: LiveFeed,
  view: View,
  signal: AbortSignal,
): Promise<void> => {
  let sent = -1;
  while (!signal.aborted) {
    const change = feed.changed(signal);
    const seq = feed.seqOf(view);
    if (seq === sent) {
      await change;
      continue;
    }
    const data = await feed.snapshotText(view).catch(() => null);
    if (data !== null) {
      await stream.writeSSE({ event: LIVE_EVENT_SNAPSHOT, id: `${seq}`, data });
      sent = seq;
    }
    await pause(COALESCE_MS, signal);
  }
};

const sendHeartbeat = async (
  stream: SSEStreamingApi,
  feed: LiveFeed,
  view: View,
): Promise<void> => {
  const data = JSON.stringify(await feed.heartbeat(view));
  await stream.writeSSE({ event: LIVE_EVENT_HEARTBEAT, data });
};

const sendHeartbeats = async (
  stream: SSEStreamingApi,
  feed: LiveFeed,
  view: View,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await pause(LIVE_HEARTBEAT_MS, signal);
    if (!signal.aborted) await sendHeartbeat(stream, feed, view);
  }
};

/** The live stream: heartbeat first and every five seconds, a snapshot after each change. */
export const answerLiveStream = (
  context: Context,
  feed: LiveFeed,
  view: View,
  closing: AbortSignal,
): Response => {
  if (open >= STREAMS_MAX) throw new Refusal('service-busy');
  open += 1;
  const response = streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const life = view === 'exact' ? [AbortSignal.timeout(EXACT_STREAM_MS)] : [];
    const signal = AbortSignal.any([gone.signal, closing, ...life]);
    try {
      await sendHeartbeat(stream, feed, view);
      await Promise.all([
        sendHeartbeats(stream, feed, view, signal),
        sendSnapshots(stream, feed, view, signal),
      ]);
    } finally {
      open -= 1;
    }
  });
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-accel-buffering', 'no');
  return response;
};
