import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { readEvents } from './event-stream.ts';
import { type Pulse, parsePulse, parseSnapshot } from './parse-snapshot.ts';

export interface Trouble {
  readonly status: number | null;
  readonly requestId: string | null;
}

export interface LiveListener {
  readonly onSnapshot: (snapshot: LiveSnapshot) => void;
  /** What the ledger says of itself; every event, this one included, is also a sign of life. */
  readonly onHeartbeat: (heartbeat: Pulse) => void;
  readonly onHeard: () => void;
  readonly onTrouble: (trouble: Trouble) => void;
}

export interface FollowOptions {
  readonly listener: LiveListener;
  readonly signal: AbortSignal;
  /** A fresh bearer for each connection; undefined for the public view. */
  readonly bearer: () => Promise<string | undefined>;
}

/** Three missed heartbeats: the connection is dead even if nobody closed it. */
export const SILENCE_MAX_MS = 15_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;

/** Wait before attempt n (0, 1, …) since the last sign of life: 1 s, 2 s, 4 s … 30 s. */
export const backoffMs = (attempt: number): number =>
  Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(attempt, 10));

class AnswerTrouble extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(`answered ${trouble.status}`);
    this.trouble = trouble;
  }
}

const ask = async (
  path: string,
  accept: string,
  token: string | undefined,
  signal: AbortSignal,
) => {
  const response = await fetch(path, {
    headers: { accept, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    cache: 'no-store',
    signal,
  });
  if (response.ok) return response;
  throw new AnswerTrouble({
    status: response.status,
    requestId: response.headers.get('x-request-id'),
  });
};

/** One connection from opening to its end; `beat` is called at every sign of life. */
const connectOnce = async (options: FollowOptions, signal: AbortSignal, beat: () => void) => {
  const { listener } = options;
  const token = await options.bearer();
  // The plain answer first: it works even where a proxy holds streams back.
  const answer = await ask('/api/ledger/live', 'application/json', token, signal);
  listener.onSnapshot(parseSnapshot(await answer.json()));
  beat();
  const stream = await ask('/api/ledger/live/stream', 'text/event-stream', token, signal);
  if (!stream.body) throw new Error('no stream');
  for await (const event of readEvents(stream.body)) {
    if (event.name === 'snapshot') listener.onSnapshot(parseSnapshot(JSON.parse(event.data)));
    if (event.name === 'heartbeat') listener.onHeartbeat(parsePulse(event.data));
    beat();
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = () => {
      window.clearTimeout(timer);
      window.removeEventListener('online', finish);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = window.setTimeout(finish, ms);
    // The network is back: no reason to wait out the pause.
    window.addEventListener('online', finish);
    signal.addEventListener('abort', finish);
  });

/** Follows the live view until the signal: reconnects by itself and never throws. */
export const followLive = async (options: FollowOptions): Promise<void> => {
  const { signal, listener } = options;
  let attempt = 0;
  while (!signal.aborted) {
    const own = new AbortController();
    const stop = () => own.abort();
    signal.addEventListener('abort', stop);
    let watchdog = window.setTimeout(stop, SILENCE_MAX_MS);
    const beat = () => {
      attempt = 0;
      listener.onHeard();
      window.clearTimeout(watchdog);
      watchdog = window.setTimeout(stop, SILENCE_MAX_MS);
    };
    try {
      await connectOnce(options, own.signal, beat);
    } catch (error) {
      const trouble = error instanceof AnswerTrouble ? error.trouble : null;
      if (!signal.aborted) listener.onTrouble(trouble ?? { status: null, requestId: null });
    } finally {
      window.clearTimeout(watchdog);
      signal.removeEventListener('abort', stop);
      own.abort();
    }
    if (!signal.aborted) await pause(backoffMs(attempt), signal);
    attempt += 1;
  }
};
