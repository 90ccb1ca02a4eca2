import { Refusal } from '@jishi/contracts/problem';

/** Lets work through, a few at a time; the rest waits here in order. */
export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Decisions for one party wait for one row. Without a gate they would wait inside transactions and
 * hold every connection meanwhile; behind it they hold none, and reads go on. A queue that is full
 * answers `service-busy`.
 */
export const openGate = (atOnceMax: number, queueMax: number): Gate => {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else inside -= 1;
  };
  return async (work) => {
    if (inside < atOnceMax) inside += 1;
    else if (waiting.length >= queueMax) throw new Refusal('service-busy');
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      leave();
    }
  };
};
