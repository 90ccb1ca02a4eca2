/** Waiting places for «something has changed»; nobody queues, everybody looks at the latest. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves at the next ring, or when the signal aborts. */
  readonly wait: (signal: AbortSignal) => Promise<void>;
}

export const createBell = (): Bell => {
  const waiting = new Set<() => void>();
  return {
    ring: () => {
      for (const resolve of [...waiting]) resolve();
    },
    wait: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const done = (): void => {
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
      }),
  };
};
