/** Things to end, in the opposite order of their beginning. */
export interface Ending {
  /** Registers what has begun; during an ending it is ended at once. */
  readonly add: (name: string, end: () => Promise<void>) => Promise<void>;
  readonly run: () => Promise<void>;
  readonly begun: () => boolean;
}

/** Each part ends even when another cannot; what failed is told. */
export const createEnding = (onFault: (name: string, error: unknown) => void): Ending => {
  const parts: { name: string; end: () => Promise<void> }[] = [];
  let running: Promise<void> | undefined;

  const endOne = async (name: string, end: () => Promise<void>): Promise<void> => {
    try {
      await end();
    } catch (error) {
      onFault(name, error);
    }
  };
  const endAll = async (): Promise<void> => {
    for (let part = parts.pop(); part; part = parts.pop()) await endOne(part.name, part.end);
  };

  return {
    add: async (name, end) => {
      if (running) await endOne(name, end);
      else parts.push({ name, end });
    },
    run: () => {
      running ??= endAll();
      return running;
    },
    begun: () => running !== undefined,
  };
};

/** One Ctrl-C arrives twice when npx, pnpm or a supervisor passes it on to us as well. */
const ECHO_MS = 3_000;

/** Ends everything in order on the first signal; one that comes much later does not wait. */
export const endOnSignals = (ending: Ending, tell: (zh: string, en: string) => void): void => {
  let firstMs = 0;
  const end = async (): Promise<void> => {
    if (ending.begun()) {
      if (performance.now() - firstMs > ECHO_MS) process.exit(1);
      return;
    }
    firstMs = performance.now();
    tell('正在停止', 'stopping');
    await ending.run();
    tell('已停止', 'stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
};
