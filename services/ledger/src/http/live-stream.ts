import { LIVE_EVENT_SNAPSHOT, LIVE_HEARTBEAT_MS } from '@jishi/contracts/ledger/live';
import type { Context } from 'hono';
import type { SSEStreamingApi } from 'hono/streaming';
import type { View } from '../domain/index/view.ts';
import { answerEvents, pause } from './event-stream.ts';
import type { LiveFeed } from './live-feed.ts';

/** At most one snapshot in this time for one reader; what came between is never sent. */
const COALESCE_MS = 200;

/** Sends the latest numbers whenever they have moved. */
const sendSnapshots = async (
  stream: SSEStreamingApi,
  feed: LiveFeed,
  view: View,
  signal: AbortSignal,
): Promise<void> => {
  let sent = '';
  while (!signal.aborted) {
    // What is published rings no bell: it is looked for as often as the heart beats.
    const change = feed.changed(AbortSignal.any([signal, AbortSignal.timeout(LIVE_HEARTBEAT_MS)]));
    const seq = feed.seqOf(view);
    const version = await feed.versionOf(view).catch(() => sent);
    if (version === sent) {
      await change;
      continue;
    }
    const data = await feed.snapshotText(view).catch(() => null);
    if (data !== null) {
      await stream.writeSSE({ event: LIVE_EVENT_SNAPSHOT, id: `${seq}`, data });
      sent = version;
    }
    await pause(COALESCE_MS, signal);
  }
};

/** The live stream: a snapshot at once and after each change. */
export const answerLiveStream = (
  context: Context,
  feed: LiveFeed,
  view: View,
  closing: AbortSignal,
): Response =>
  answerEvents(context, {
    ...{ isExact: view === 'exact', closing },
    heartbeat: () => feed.heartbeat(view),
    send: (stream, signal) => sendSnapshots(stream, feed, view, signal),
  });
