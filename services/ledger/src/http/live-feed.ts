import type { LogHead } from '@jishi/contracts/ledger/envelope';
import { type LiveHeartbeat, LiveSnapshot } from '@jishi/contracts/ledger/live';
import { businessDay, type Clock, type LocalDate } from '@jishi/contracts/time';
import { liveSnapshot } from '../domain/index/snapshot.ts';
import { dayOf, type IndexState } from '../domain/index/state.ts';
import type { View } from '../domain/index/view.ts';
import type { IndexDeps } from './index-deps.ts';
import { indexBeside } from './live-index.ts';
import type { PublishedValues } from './published-values.ts';
import { createPulse } from './pulse.ts';

/** What every open stream shares: one text per change, made once for all of them. */
export interface LiveFeed {
  /** The sequence that the view's numbers are as of. */
  readonly seqOf: (view: View) => number;
  /** What a snapshot is made of: the sequence, and for the public what has been published. */
  readonly versionOf: (view: View) => Promise<string>;
  readonly snapshotText: (view: View) => Promise<string>;
  readonly heartbeat: (view: View) => Promise<LiveHeartbeat>;
  readonly changed: (signal: AbortSignal) => Promise<void>;
}

interface Made {
  readonly version: string;
  readonly text: Promise<string>;
}

/** A publication rings no bell: it is looked for so often, once for all streams. */
const PUBLISHED_KEPT_MS = 1_000;

/**
 * The day of the numbers: of the state's last event, else of the log's. A log with nothing but its
 * opening, which in a synthetic one lies in a simulated past, is shown as of today.
 */
export const shownDay = (state: IndexState, latest: IndexState, clock: Clock): LocalDate =>
  [state, latest].filter(({ seq }) => seq > 1).map(dayOf)[0] ?? businessDay(clock());

/** How many vintages there are, asked for at most once in a while. */
const publicationCounter = ({ vintages }: PublishedValues, nowMs: () => number) => {
  let known: { readonly atMs: number; readonly count: Promise<number> } | null = null;
  return (): Promise<number> => {
    if (known && nowMs() - known.atMs < PUBLISHED_KEPT_MS) return known.count;
    const count = vintages().then((all) => all.length);
    known = { atMs: nowMs(), count };
    count.catch(() => {
      known = null;
    });
    return count;
  };
};

export const createLiveFeed = (
  deps: IndexDeps,
  nowMs: () => number = () => performance.now(),
): LiveFeed => {
  const { index, clock } = deps;
  const publications = publicationCounter(deps.published, nowMs);
  const made = new Map<View, Made>();
  const stateOf = (view: View): IndexState =>
    view === 'exact' ? index.latest() : index.published();

  const make = async (view: View, state: IndexState): Promise<string> => {
    const head = await index.logHead();
    const day = shownDay(state, index.latest(), clock);
    const beside = await indexBeside(deps, view, state.seq);
    const snapshot = liveSnapshot(state, head, view, index.method, day, beside);
    return JSON.stringify(LiveSnapshot.parse(snapshot));
  };

  const headOf = ({ seq, recordedAt, kind }: IndexState): LogHead => ({
    ...{ seq, recordedAt },
    kind: kind ?? index.latest().kind,
  });
  const pulse = createPulse({
    ...{ logHead: index.logHead, clock, nowMs },
    counted: () => headOf(index.latest()),
    isRunning: () => index.consumer().status === 'running',
  });

  const versionOf = async (view: View): Promise<string> => {
    const { seq } = stateOf(view);
    return view === 'exact' ? `${seq}` : `${seq}/${await publications()}`;
  };

  return {
    seqOf: (view) => stateOf(view).seq,
    versionOf,
    snapshotText: async (view) => {
      const version = await versionOf(view);
      const known = made.get(view);
      if (known?.version === version) return known.text;
      const text = make(view, stateOf(view));
      made.set(view, { version, text });
      text.catch(() => made.delete(view));
      return text;
    },
    heartbeat: (view) => pulse(headOf(stateOf(view))),
    changed: index.changed,
  };
};
