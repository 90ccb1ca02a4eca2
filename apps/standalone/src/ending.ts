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
