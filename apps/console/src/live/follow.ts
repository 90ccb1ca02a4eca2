import type { ValuesFrame } from '@jishi/contracts/ledger/index-family';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { readEvents } from './event-stream.ts';
import { ask, type Bearer, keepConnected, type Trouble } from './keep-connected.ts';
import { parseFrame } from './parse-frame.ts';
import { type Pulse, parsePulse, parseSnapshot } from './parse-snapshot.ts';

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
  readonly bearer: Bearer;
}

const JSON_TYPE = 'application/json';
const EVENTS_TYPE = 'text/event-stream';

/** Follows the live view until the signal. */
export const followLive = ({ listener, signal, bearer }: FollowOptions): Promise<void> =>
  keepConnected({
    signal,
    onBeat: listener.onHeard,
    onTrouble: listener.onTrouble,
    connect: async (own, beat) => {
      const token = await bearer();
      // The plain answer first: it works even where a proxy holds streams back.
      const answer = await ask('/api/ledger/live', JSON_TYPE, token, own);
      listener.onSnapshot(parseSnapshot(await answer.json()));
      beat();
      const stream = await ask('/api/ledger/live/stream', EVENTS_TYPE, token, own);
      if (!stream.body) throw new Error('no stream');
      for await (const event of readEvents(stream.body)) {
        if (event.name === 'snapshot') listener.onSnapshot(parseSnapshot(JSON.parse(event.data)));
        if (event.name === 'heartbeat') listener.onHeartbeat(parsePulse(event.data));
        beat();
      }
    },
  });

/**
 * Follows the exact running values of the whole family: the first frame of a connection has every
 * series, later ones the cells that move. That it stops is told by the live view, which has a
 * heartbeat of its own.
 */
export const followValues = (options: {
  readonly onFrame: (frame: ValuesFrame) => void;
  readonly signal: AbortSignal;
  readonly bearer: Bearer;
}): Promise<void> =>
  keepConnected({
    signal: options.signal,
    onBeat: () => undefined,
    onTrouble: () => undefined,
    connect: async (own, beat) => {
      const token = await options.bearer();
      const stream = await ask('/api/ledger/index/stream', EVENTS_TYPE, token, own);
      if (!stream.body) throw new Error('no stream');
      for await (const event of readEvents(stream.body)) {
        if (event.name === 'values') options.onFrame(parseFrame(JSON.parse(event.data)));
        beat();
      }
    },
  });
