import type { ConsumerStop } from '@jishi/contracts/health';
import { isAway } from './away.ts';
import type { Log } from './log.ts';

/** One numbered thing of a feed. Numbers are dense: 1, 2, 3, … */
export interface Numbered {
  readonly seq: number;
}

/** The feed or the effect broke a promise; the consumer stops and says so in health. */
export class FeedBroken extends Error {
  readonly reason: ConsumerStop;

  constructor(reason: ConsumerStop, message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Another process of the same name was faster, or the read model was built anew: nothing failed.
 * The cursor is read again at once, without a pause, a warning or a last error.
 */
export class CursorMoved extends Error {}

interface ConsumerOptions {
  readonly name: string;
  readonly log: Log;
  /** Saved cursor: everything up to it has had its effect. */
  readonly loadCursor: () => Promise<number>;
  /** Resolves when there may be something new; a timer is always a part of it. */
  readonly waitForMore: (signal: AbortSignal) => Promise<void>;
  readonly retriesMax?: number;
  /** Faults that say nothing about the batch in hand: waited for, however long. */
  readonly isPassing?: (error: unknown) => boolean;
}

export interface StepConsumerOptions extends ConsumerOptions {
  /**
   * Takes what follows the cursor: its effect AND the new cursor, in one transaction. Answers the
   * new cursor, or the same one when there is nothing new.
   */
  readonly take: (cursor: number, signal: AbortSignal) => Promise<number>;
  /** From so many events on a batch may have left some; after a smaller one no more is asked. */
  readonly batchEvents?: number;
  /** After such a batch the next begins no earlier than this: a busy log is taken in fewer. */
  readonly restMs?: number;
  /** Asked while stopped by name: whether what it stumbled over was built anew. */
  readonly isRenewed?: () => Promise<boolean>;
}

export interface FeedConsumerOptions<Item extends Numbered> extends ConsumerOptions {
  /** Items after a sequence, in order; empty when there is nothing new. */
  readonly readAfter: (after: number, signal: AbortSignal) => Promise<readonly Item[]>;
  /**
   * The effect of a batch AND its cursor, in one transaction; the cursor moves from `from`, or it
   * throws CursorMoved: a second consumer of the same name was faster.
   */
  readonly apply: (items: readonly Item[], from: number) => Promise<void>;
}

export interface FeedConsumerState {
  readonly cursor: number;
  readonly status: 'running' | 'stopped' | 'broken';
  /** Why it is broken; null while it is not. */
  readonly reason: ConsumerStop | null;
  /** For health, which anybody may read: a broken promise in its own words, else only its kind. */
  readonly lastError: string | null;
  readonly failuresInARow: number;
  /** Failures in a row that may be the batch's own fault, and how many there may be. */
  readonly retries: number;
  readonly retriesMax: number;
}

export interface FeedConsumer {
  readonly state: () => FeedConsumerState;
  /** Ends the loop and waits until the batch in hand is through. */
  readonly stop: () => Promise<void>;
}

/**
 * With the pauses below, twenty faults in a row are more than a minute: what is still refused then
 * is refused for a reason that time does not mend, and somebody should read of it in health.
 */
export const RETRIES_MAX = 20;
const BACK_OFF_FIRST_MS = 50;
const BACK_OFF_LAST_MS = 5_000;

/** Throws unless the items follow the cursor without a gap or repeat. */
export const requireDense = (items: readonly Numbered[], cursor: number): void => {
  items.forEach((item, i) => {
    if (item.seq !== cursor + 1 + i) {
      throw new FeedBroken('feed-gap', `expected sequence ${cursor + 1 + i}, got ${item.seq}`);
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

/** SQLSTATEs of a server without room or of a lock that another holds: time mends them. */
const PASSING_STATES: readonly unknown[] = ['53100', '53200', '55P03', '57014'];

/** Whether a fault says nothing about the batch: the server is away, or has no room. */
export const isPassingFault = (error: unknown): boolean =>
  isAway(error) || PASSING_STATES.includes((error as { code?: unknown } | null)?.code);

/**
 * Follows a feed: at-least-once delivery, exactly-once effect. Faults are retried with a growing
 * pause; a broken promise, or too many faults in a row, ends it by name. A server that is away is
 * waited for, however long: that says nothing about the batch in hand.
 */
export const startStepConsumer = (options: StepConsumerOptions): FeedConsumer => {
  const ending = new AbortController();
  const { signal } = ending;
  const { name, log, retriesMax = RETRIES_MAX, isPassing = isPassingFault } = options;
  const { batchEvents = 1, restMs = 0 } = options;
  let cursor = 0;
  let isCursorKnown = false;
  let movedFrom: number | null = null;
  let failuresInARow = 0;
  let retries = 0;
  let status: FeedConsumerState['status'] = 'running';
  let reason: ConsumerStop | null = null;
  let lastError: string | null = null;

  const step = async (): Promise<void> => {
    if (!isCursorKnown) cursor = await options.loadCursor();
    isCursorKnown = true;
    const next = await options.take(cursor, signal);
    const taken = next - cursor;
    cursor = next;
    [failuresInARow, retries, lastError, movedFrom] = [0, 0, null, null];
    if (taken >= batchEvents) return;
    if (taken > 0 && restMs > 0) await pause(restMs, signal);
    await options.waitForMore(signal);
  };

  const fail = async (error: unknown): Promise<void> => {
    isCursorKnown = false;
    if (signal.aborted) return;
    // A cursor that is said to have moved and is found where it was would be asked for ever.
    if (error instanceof CursorMoved && movedFrom !== cursor) {
      movedFrom = cursor;
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    const passing = isPassing(error);
    failuresInARow += 1;
    retries += passing ? 0 : 1;
    // A server's own words may name roles and hosts; they go to the log alone.
    lastError = error instanceof FeedBroken ? message : passing ? 'away' : 'fault';
    if (error instanceof FeedBroken || retries > retriesMax) {
      status = 'broken';
      reason = error instanceof FeedBroken ? error.reason : 'retries-used-up';
      log.error({ consumer: name, reason, broken: message });
      return;
    }
    if (failuresInARow === 1) log.warn({ consumer: name, retrying: message });
    await pause(Math.min(BACK_OFF_FIRST_MS * 2 ** failuresInARow, BACK_OFF_LAST_MS), signal);
  };

  const stayStopped = async (): Promise<void> => {
    await options.waitForMore(signal);
    if (!(await options.isRenewed?.().catch(() => false))) return;
    [failuresInARow, retries, lastError, reason, movedFrom] = [0, 0, null, null, null];
    status = 'running';
    log.warn({ consumer: name, goesOn: 'the read model was built anew' });
  };

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      if (status === 'running') await step().catch(fail);
      else if (options.isRenewed) await stayStopped();
      else return;
    }
    if (status === 'running') status = 'stopped';
  };

  const ended = loop();
  return {
    state: () => ({ cursor, status, reason, lastError, failuresInARow, retries, retriesMax }),
    stop: async () => {
      ending.abort();
      await ended;
    },
  };
};

/** The same over a feed that is read outside the transaction of the effect: another service's. */
export const startFeedConsumer = <Item extends Numbered>(
  options: FeedConsumerOptions<Item>,
): FeedConsumer =>
  startStepConsumer({
    ...options,
    take: async (cursor, signal) => {
      const items = await options.readAfter(cursor, signal);
      if (items.length === 0) return cursor;
      requireDense(items, cursor);
      await options.apply(items, cursor);
      return cursor + items.length;
    },
  });

/** The simplest `waitForMore`: a timer. */
export const waitMs =
  (ms: number) =>
  (signal: AbortSignal): Promise<void> =>
    pause(ms, signal);
