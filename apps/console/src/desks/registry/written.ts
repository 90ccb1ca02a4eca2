import { useSyncExternalStore } from 'react';

/**
 * The last sequence that this page wrote. The desk's reads wait until the ledger's views have
 * reached it, so that a case just decided is never shown as still waiting.
 */
let written = 0;
const listeners = new Set<() => void>();

export const wrote = (seq: number): void => {
  if (seq <= written) return;
  written = seq;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** To spread into a query. */
export const useWritten = (): { readonly atLeast?: number } => {
  const seq = useSyncExternalStore(subscribe, () => written);
  return seq === 0 ? {} : { atLeast: seq };
};
