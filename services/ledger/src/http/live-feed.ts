import { type LiveHeartbeat, LiveSnapshot } from '@jishi/contracts/ledger/live';
import { businessDay, type Clock, type LocalDate } from '@jishi/contracts/time';
import { dayOf, type View } from '../domain/index/series.ts';
import { liveSnapshot } from '../domain/index/snapshot.ts';
import type { IndexState } from '../domain/index/state.ts';
import type { IndexSource } from './live-source.ts';

/** Events that wait longer than this to be counted make the numbers «behind». */
const BEHIND_AFTER_MS = 1_500;

/** What every open stream shares: one text per change, made once for all of them. */
export interface LiveFeed {
  /** The sequence that the view's numbers are as of. */
  readonly seqOf: (view: View) => number;
  readonly snapshotText: (view: View) => Promise<string>;
  readonly heartbeat: (view: View) => Promise<LiveHeartbeat>;
  readonly changed: (signal: AbortSignal) => Promise<void>;
}

interface Made {
  readonly seq: number;
  readonly text: Promise<string>;
}

/**
 * The day of the numbers: of the state's last event, else of the log's. A log with nothing but its
 * opening, which in a synthetic one lies in a simulated past, is shown as of today.
 */
export const shownDay = (state: IndexState, latest: IndexState, clock: Clock): LocalDate =>
  [state, latest].filter(({ seq }) => seq > 1).map(dayOf)[0] ?? businessDay(clock());

export const createLiveFeed = (
  index: IndexSource,
  clock: Clock,
  nowMs: () => number = () => performance.now(),
): LiveFeed => {
  const made = new Map<View, Made>();
  let waitingSince: { readonly seq: number; readonly atMs: number } | null = null;
  const stateOf = (view: View): IndexState =>
    view === 'exact' ? index.latest() : index.published();

  const make = async (view: View, state: IndexState): Promise<string> => {
    const head = await index.logHead();
    const day = shownDay(state, index.latest(), clock);
    const snapshot = liveSnapshot(state, head, view, index.method, day);
    return JSON.stringify(LiveSnapshot.parse(snapshot));
  };

  const status = (headSeq: number): LiveHeartbeat['status'] => {
    if (index.consumer().status !== 'running') return 'broken';
    const counted = index.latest().seq;
    if (counted >= headSeq) {
      waitingSince = null;
      return 'live';
    }
    // The head that we first saw waiting: a busy log is always a moment ahead, and not stale.
    if (waitingSince === null || counted >= waitingSince.seq) {
      waitingSince = { seq: headSeq, atMs: nowMs() };
    }
    return nowMs() - waitingSince.atMs > BEHIND_AFTER_MS ? 'behind' : 'live';
  };

  return {
    seqOf: (view) => stateOf(view).seq,
    snapshotText: (view) => {
      const state = stateOf(view);
      const known = made.get(view);
      if (known?.seq === state.seq) return known.text;
      const text = make(view, state);
      made.set(view, { seq: state.seq, text });
      text.catch(() => made.delete(view));
      return text;
    },
    heartbeat: async (view) => {
      const { seq, recordedAt, kind } = stateOf(view);
      const asOf = { seq, recordedAt, kind: kind ?? index.latest().kind };
      try {
        const head = await index.logHead();
        return { at: clock(), head, asOf, status: status(head.seq) };
      } catch {
        // The database does not answer: the stream lives on and says that it is blind.
        const { latest } = index;
        const head = { seq: latest().seq, recordedAt: latest().recordedAt, kind: latest().kind };
        return { at: clock(), head, asOf, status: 'broken' };
      }
    },
    changed: index.changed,
  };
};
