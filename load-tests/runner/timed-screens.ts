import { urlOf } from '@jishi/contracts/client';
import { streamLive } from '@jishi/contracts/ledger/endpoints';
import { LIVE_EVENT_SNAPSHOT, LiveSnapshot } from '@jishi/contracts/ledger/live';
import type { Session } from '@jishi/contracts/session';
import { upTo } from './in-parallel.ts';

/** Milliseconds from an event's recording in the log to its numbers on a screen. */
export interface Delays {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const atShare = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

export const delaysOf = (values: readonly number[]): Delays => {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    count: sorted.length,
    p50: atShare(sorted, 0.5),
    p95: atShare(sorted, 0.95),
    p99: atShare(sorted, 0.99),
    max: sorted.at(-1) ?? 0,
  };
};

const follow = async (
  { url, token }: { readonly url: string; readonly token: string },
  signal: AbortSignal,
  delays: number[],
): Promise<void> => {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, signal });
  if (!response.body) throw new Error(`no stream at ${url}`);
  let rest = '';
  let isFirst = true;
  const decoder = new TextDecoder();
  for await (const part of response.body) {
    rest += decoder.decode(part, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.includes(`event: ${LIVE_EVENT_SNAPSHOT}`)) continue;
      const data = /^data: (.*)$/m.exec(block)?.[1] ?? '';
      const { asOf } = LiveSnapshot.parse(JSON.parse(data));
      if (asOf.recordedAt === null) continue;
      // The first snapshot says how things stand, not that they have changed.
      if (!isFirst) delays.push(Date.now() - Date.parse(asOf.recordedAt));
      isFirst = false;
    }
  }
};

/**
 * A few screens of the exchange beside those of k6, which cannot time single events: how long each
 * change took from the log to a screen with exact values while the others watched. This machine
 * has one clock for all.
 */
export const watchScreens = async (
  baseUrl: string,
  operator: Session,
  screens: number,
): Promise<() => Promise<Delays>> => {
  const end = new AbortController();
  const delays: number[] = [];
  const where = { url: urlOf(baseUrl, streamLive), token: await operator.token('ledger') };
  const following = upTo(screens).map(() =>
    follow(where, end.signal, delays).catch((error: unknown) => {
      if (!end.signal.aborted) throw error;
    }),
  );
  const all = Promise.all(following);
  all.catch(() => {});
  return async () => {
    end.abort();
    await all;
    return delaysOf(delays);
  };
};
