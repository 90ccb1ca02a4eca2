import type { FeedItem } from '@jishi/contracts/ledger/envelope';
import type { Log } from '@jishi/runtime/log';
import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';

export const STREAM_BATCH = 200;
const HEARTBEAT_MS = 5_000;

export interface FeedStreamSource {
  /** The last event that the reader has. */
  readonly after: number;
  readonly read: (after: number, limit: number) => Promise<readonly FeedItem[]>;
  /** Resolves when there may be more: a notification, or the poll. */
  readonly waitForMore: (signal: AbortSignal) => Promise<void>;
  /** Aborts when the service closes, or the reader's token has ended. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly ended: () => void;
}

/** Waiting for the reader is the brake: the next batch is read when this one has left. */
const sendAll = async (
  stream: SSEStreamingApi,
  source: FeedStreamSource,
  signal: AbortSignal,
): Promise<void> => {
  let cursor = source.after;
  let beatenMs = performance.now();
  while (!signal.aborted) {
    const items = await source.read(cursor, STREAM_BATCH);
    for (const item of items) {
      if (signal.aborted) return;
      await stream.writeSSE({ id: String(item.seq), data: JSON.stringify(item) });
      cursor = item.seq;
    }
    if (items.length > 0) beatenMs = performance.now();
    else await source.waitForMore(signal);
    if (performance.now() - beatenMs > HEARTBEAT_MS) {
      await stream.write(': alive\n\n');
      beatenMs = performance.now();
    }
  }
};

/**
 * Events as server-sent events, each with its sequence as id: a reader that was cut goes on after
 * the last one it has. What was not taken yet when the stream ends is sent to that one.
 */
export const answerFeedStream = (context: Context, source: FeedStreamSource): Response =>
  streamSSE(context, async (stream) => {
    const gone = new AbortController();
    const signal = AbortSignal.any([gone.signal, source.signal]);
    stream.onAbort(() => gone.abort());
    // A reader that does not read holds a write up; the end of the service does not wait for it.
    signal.addEventListener('abort', () => stream.abort(), { once: true });
    if (signal.aborted) stream.abort();
    try {
      await sendAll(stream, source, signal);
    } catch (error) {
      source.log.warn({ stream: 'feed', ended: String(error) });
    } finally {
      source.ended();
    }
  });
