import { isAway } from './away.ts';
import type { Log } from './log.ts';

/** One numbered thing of a feed. Numbers are dense: 1, 2, 3, … */
export interface Numbered {
  readonly seq: number;
}

/** The feed or the effect broke a promise; the consumer stops and says so in health. */
export class FeedBroken extends Error {}

export interface FeedConsumerOptions<Item extends Numbered> {
  readonly name: string;
  readonly log: Log;
  /** Saved cursor: everything up to it has had its effect. */
  readonly loadCursor: () => Promise<number>;
  /** Items after a sequence, in order; empty when there is nothing new. */
  readonly readAfter: (after: number, signal: AbortSignal) => Promise<readonly Item[]>;
  /**
   * The effect of a batch AND its cursor, in one transaction; the cursor moves from `from`, or it
   * throws: a second consumer of the same name was faster.
   */
  readonly apply: (items: readonly Item[], from: number) => Promise<void>;
  /** Resolves when there may be something new; a timer is always a part of it. */
  readonly waitForMore: (signal: AbortSignal) => Promise<void>;
  readonly retriesMax?: number;
}

export interface FeedConsumerState {
  readonly cursor: number;
  readonly status: 'running' | 'stopped' | 'broken';
  /** For health, which anybody may read: a broken promise in its own words, else only its kind. */
  readonly lastError: string | null;
  readonly failuresInARow: number;
}

export interface FeedConsumer {
  readonly state: () => FeedConsumerState;
  /** Ends the loop and waits until the batch in hand is through. */
  readonly stop: () => Promise<void>;
}

const RETRIES_MAX_DEFAULT = 1_000;
const BACK_OFF_FIRST_MS = 50;
const BACK_OFF_LAST_MS = 5_000;

/** Throws unless the items follow the cursor without a gap or repeat. */
export const requireDense = (items: readonly Numbered[], cursor: number): void => {
  items.forEach((item, i) => {
    if (item.seq !== cursor + 1 + i) {
      throw new FeedBroken(`expected sequence ${cursor + 1 + i}, got ${item.seq}`);
    }
  });
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });

/** A server's own words may name roles and hosts; they go to the log alone. */
const tellable = (error: unknown): string => {
  if (error instanceof FeedBroken) return error.message;
  return isAway(error) ? 'away' : 'fault';
};

/**
 * Follows a feed: at-least-once delivery, exactly-once effect. Passing faults are retried with a
 * growing pause; a broken promise, or too many failures in a row, ends it by name. A server that
 * is away is waited for, however long: that says nothing about the batch in hand.
 */
export const startFeedConsumer = <Item extends Numbered>(
  options: FeedConsumerOptions<Item>,
): FeedConsumer => {
  const ending = new AbortController();
  const retriesMax = options.retriesMax ?? RETRIES_MAX_DEFAULT;
  let cursor = 0;
  let isCursorKnown = false;
  let failuresInARow = 0;
  let faultsInARow = 0;
  let status: FeedConsumerState['status'] = 'running';
  let lastError: string | null = null;

  const step = async (): Promise<void> => {
    if (!isCursorKnown) cursor = await options.loadCursor();
    isCursorKnown = true;
    const items = await options.readAfter(cursor, ending.signal);
    if (items.length === 0) return options.waitForMore(ending.signal);
    requireDense(items, cursor);
    await options.apply(items, cursor);
    cursor += items.length;
  };

  const fail = async (error: unknown): Promise<void> => {
    if (ending.signal.aborted) return;
    failuresInARow += 1;
    const message = error instanceof Error ? error.message : String(error);
    lastError = tellable(error);
    isCursorKnown = false;
    faultsInARow += isAway(error) ? 0 : 1;
    if (error instanceof FeedBroken || faultsInARow > retriesMax) {
      status = 'broken';
      options.log.error({ consumer: options.name, broken: message });
      return;
    }
    if (failuresInARow === 1) options.log.warn({ consumer: options.name, retrying: message });
    await pause(Math.min(BACK_OFF_FIRST_MS * 2 ** failuresInARow, BACK_OFF_LAST_MS), ending.signal);
  };

  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted && status === 'running') {
      try {
        await step();
        failuresInARow = 0;
        faultsInARow = 0;
        lastError = null;
      } catch (error) {
        await fail(error);
      }
    }
    if (status === 'running') status = 'stopped';
  };

  const ended = loop();
  return {
    state: () => ({ cursor, status, lastError, failuresInARow }),
    stop: async () => {
      ending.abort();
      await ended;
    },
  };
};

/** The simplest `waitForMore`: a timer. */
export const waitMs =
  (ms: number) =>
  (signal: AbortSignal): Promise<void> =>
    pause(ms, signal);
