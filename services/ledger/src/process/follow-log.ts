import {
  CursorMoved,
  FeedBroken,
  type FeedConsumer,
  requireDense,
  startStepConsumer,
} from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import type { Kysely, Transaction } from 'kysely';
import {
  advanceCursor,
  CONSUMER_LIMITS,
  type CursorPlace,
  lockCursor,
  readPlace,
  type TransactionLimits,
} from '../store/log/cursor.ts';
import { type LogFollower, type LogItem, readLog } from '../store/log/follow.ts';
import type { LogTables } from '../store/log/tables.ts';

/** Events that one transaction takes. */
export const BATCH_EVENTS = 500;
/** A lone event is taken at once; those that come close behind it are taken together. */
const REST_MS = 15;

export interface LogConsumerOptions<T extends LogTables> {
  readonly name: string;
  readonly db: Kysely<T>;
  readonly follower: LogFollower;
  readonly log: Log;
  /** Brings what is held in memory up to a place; at the start, and after another's batch. */
  readonly load?: (place: CursorPlace) => Promise<void>;
  /** The effect of a batch; what it answers is called once that is committed. */
  readonly apply: (
    trx: Transaction<T>,
    items: readonly LogItem[],
    from: number,
  ) => Promise<(() => void) | undefined>;
  readonly limits?: TransactionLimits;
}

const requireBefore = (name: string, cursor: number, head: number): void => {
  if (cursor <= head) return;
  throw new FeedBroken('feed-behind-cursor', `cursor ${name} is at ${cursor}, the log at ${head}`);
};

/**
 * Follows our own log. The cursor's row is locked before the batch is read, so that of several
 * processes one does the work and the others wait for the row: when the working one dies, or stands
 * still for longer than the limits, the next goes on at once, and the old one cannot commit.
 */
export const startLogConsumer = <T extends LogTables>(
  options: LogConsumerOptions<T>,
): FeedConsumer => {
  const { name, db, limits = CONSUMER_LIMITS } = options;
  let build = 0;

  const requireUnmoved = (place: CursorPlace, cursor: number): void => {
    if (place.seq === cursor && place.build === build) return;
    throw new CursorMoved(`cursor ${name} is at ${place.seq}, not at ${cursor}`);
  };

  const takeLocked = (cursor: number) =>
    db.transaction().execute(async (trx) => {
      requireUnmoved(await lockCursor(trx, name, limits), cursor);
      const items = await readLog(trx, cursor, BATCH_EVENTS);
      const last = items.at(-1);
      if (!last) throw new FeedBroken('feed-gap', `expected sequence ${cursor + 1}, got none`);
      requireDense(items, cursor);
      const committed = await options.apply(trx, items, cursor);
      await advanceCursor(trx, name, cursor, last.seq);
      return { cursor: last.seq, committed };
    });

  return startStepConsumer({
    name,
    log: options.log,
    waitForMore: options.follower.waitForMore,
    ...{ batchEvents: BATCH_EVENTS, restMs: REST_MS },
    loadCursor: async () => {
      const place = await readPlace(db, name);
      requireBefore(name, place.seq, place.head);
      await options.load?.(place);
      build = place.build;
      return place.seq;
    },
    // Without a lock first: an idle consumer asks one question, and one left behind sees it here.
    take: async (cursor) => {
      const place = await readPlace(db, name);
      requireBefore(name, place.seq, place.head);
      requireUnmoved(place, cursor);
      if (place.head === cursor) return cursor;
      const taken = await takeLocked(cursor);
      taken.committed?.();
      return taken.cursor;
    },
    isRenewed: async () => build > 0 && (await readPlace(db, name)).build !== build,
  });
};
