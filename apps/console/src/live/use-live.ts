import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { useEffect, useReducer, useState } from 'react';
import { ledgerBearer } from '../session/session.ts';
import { followLive } from './follow.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import type { Trouble } from './keep-connected.ts';
import type { Pulse } from './parse-snapshot.ts';

export interface LiveState {
  readonly snapshot: LiveSnapshot | null;
  readonly heardAtMs: number | null;
  /** Set while nothing has been read since the trouble began. */
  readonly trouble: Trouble | null;
  readonly pulse: Pulse;
}

type LiveAction =
  | { readonly type: 'snapshot'; readonly snapshot: LiveSnapshot; readonly atMs: number }
  | { readonly type: 'pulse'; readonly pulse: Pulse }
  | { readonly type: 'heard'; readonly atMs: number }
  | { readonly type: 'trouble'; readonly trouble: Trouble };

/** A snapshot older than the one shown is dropped: answers may overtake each other. */
const isOlder = (next: LiveSnapshot, shown: LiveSnapshot | null): boolean =>
  shown !== null && next.exact === shown.exact && next.asOf.seq < shown.asOf.seq;

export const reduceLive = (state: LiveState, action: LiveAction): LiveState => {
  switch (action.type) {
    case 'snapshot': {
      const snapshot = isOlder(action.snapshot, state.snapshot) ? state.snapshot : action.snapshot;
      const pulse = { ...state.pulse, headSeq: snapshot?.head.seq ?? null };
      return { snapshot, heardAtMs: action.atMs, trouble: null, pulse };
    }
    case 'pulse':
      return { ...state, pulse: action.pulse };
    case 'heard':
      return { ...state, heardAtMs: action.atMs, trouble: null };
    case 'trouble':
      return { ...state, trouble: action.trouble };
  }
};

const NOTHING: LiveState = {
  snapshot: null,
  heardAtMs: null,
  trouble: null,
  pulse: { status: 'live', headSeq: null },
};

const nobody = async (): Promise<undefined> => undefined;

/**
 * Follows the live view while mounted. `exact` asks with the bearer of the person signed in; the
 * ledger decides who sees exact values, and without a session the public view is shown.
 */
export const useLive = (exact: boolean): LiveState & { readonly retry: () => void } => {
  const [state, dispatch] = useReducer(reduceLive, NOTHING);
  const [round, retry] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    followLive({
      signal,
      bearer: exact ? ledgerBearer : nobody,
      listener: {
        onSnapshot: (snapshot) => dispatch({ type: 'snapshot', snapshot, atMs: Date.now() }),
        onHeartbeat: (pulse) => dispatch({ type: 'pulse', pulse }),
        onHeard: () => dispatch({ type: 'heard', atMs: Date.now() }),
        onTrouble: (trouble) => dispatch({ type: 'trouble', trouble }),
      },
    }).catch(() => undefined);
    return () => controller.abort();
  }, [round, exact]);
  return { ...state, retry };
};

const TICK_MS = 1_000;

/** Re-renders each second with the time, for the freshness line alone. */
export const useNow = (): number => {
  const [nowMs, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), TICK_MS);
    return () => window.clearInterval(timer);
  }, []);
  return nowMs;
};

/**
 * Re-renders only when the state of freshness changes. A ledger that lives but has stopped
 * counting is as stale as one that is silent.
 */
export const useFreshness = (heardAtMs: number | null, status: Pulse['status']): Freshness => {
  const [freshness, setFreshness] = useState<Freshness>('live');
  useEffect(() => {
    const look = () =>
      setFreshness(heardAtMs === null ? 'live' : freshnessOf(Date.now() - heardAtMs));
    look();
    const timer = window.setInterval(look, TICK_MS);
    return () => window.clearInterval(timer);
  }, [heardAtMs]);
  return status === 'broken' && freshness !== 'gone' ? 'stopped' : freshness;
};
