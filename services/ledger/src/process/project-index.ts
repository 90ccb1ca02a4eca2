import type { LogHead } from '@jishi/contracts/ledger/envelope';
import { Refusal } from '@jishi/contracts/problem';
import { openDatabase } from '@jishi/runtime/database';
import {
  FeedBroken,
  type FeedConsumer,
  type FeedConsumerState,
  startFeedConsumer,
} from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import type pg from 'pg';
import { factOf } from '../domain/index/registered-contract.ts';
import { evolve, type IndexState } from '../domain/index/state.ts';
import {
  type IndexDatabase,
  isStep,
  readEventAt,
  readFacts,
  readLogHead,
  saveBatch,
} from '../store/index/contracts.ts';
import { createIndexHistory, type IndexHistory } from '../store/index/history.ts';
import { currentMethod, type PublishedMethod } from '../store/index/method.ts';
import type { IndexTables } from '../store/index/tables.ts';
import {
  type LogFollower,
  type LogItem,
  loadCursor,
  moveCursor,
  readLog,
} from '../store/log/follow.ts';
import type { LogTables } from '../store/log/tables.ts';
import { requireKnown } from '../store/upcast.ts';

/** The name of the cursor; reads wait for it with `?atLeast=`. */
export const INDEX_CURSOR = 'index';

const BATCH_EVENTS = 500;
const CATCH_UP_CONTRACTS = 5_000;
const WAIT_MS = 2_000;

export interface IndexProjectorDeps {
  readonly pool: pg.Pool;
  readonly follower: LogFollower;
  readonly log: Log;
  readonly method?: PublishedMethod;
}

export interface IndexProjector {
  readonly method: PublishedMethod;
  /** Everything that has been counted, and the last public step. */
  readonly latest: () => IndexState;
  readonly published: () => IndexState;
  readonly logHead: () => Promise<LogHead>;
  readonly consumer: () => FeedConsumerState;
  /** Resolves at the next change of the latest state, or when the signal aborts. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  /** Waits (2 s, then a refusal) until a sequence has been counted. */
  readonly waitFor: (seq: number | undefined) => Promise<void>;
  /** The state as of any sequence up to the head, exactly as it was. */
  readonly stateAt: (seq: number) => Promise<IndexState>;
  readonly isPublicStep: (seq: number) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** Brings the history up to the saved cursor; needed at the start, and after another's batch. */
const catchUp = async (db: IndexDatabase, history: IndexHistory): Promise<number> => {
  const cursor = await loadCursor(db, INDEX_CURSOR);
  if (history.latest().seq === 0 && cursor > 0) {
    const [opening] = await readLog(db, 0, 1);
    if (opening) history.accept(history.fold([factOf(opening)]));
  }
  for (;;) {
    const after = history.latest().seq;
    if (after >= cursor) return cursor;
    const facts = await readFacts(db, after, cursor, CATCH_UP_CONTRACTS);
    const folded = history.fold(facts);
    history.accept(folded);
    if (facts.length === CATCH_UP_CONTRACTS) continue;
    const end = await readEventAt(db, cursor);
    if (!end) throw new Error(`index cursor ${cursor} lies beyond the log`);
    const { recordedAt } = end;
    const rest = { seq: cursor, recordedAt, opened: null, registered: null, changed: null };
    history.accept(history.fold([rest]));
    return cursor;
  }
};

/** An as-of read: the nearest checkpoint, and the contracts after it. */
const stateAt = async (
  db: IndexDatabase,
  history: IndexHistory,
  method: PublishedMethod,
  seq: number,
): Promise<IndexState> => {
  const known = [history.latest(), history.published()].find((state) => state.seq === seq);
  const remembered = known ?? history.remembered(seq);
  if (remembered) return remembered;
  const event = await readEventAt(db, seq);
  if (!event) throw new Refusal('as-of-beyond-head');
  const { kind, city } = history.latest();
  const start = { ...history.before(seq), kind, city };
  const facts = await readFacts(db, start.seq, seq, Number.MAX_SAFE_INTEGER);
  const folded = facts.reduce((state, fact) => evolve(state, fact, method.parameters), start);
  const state = { ...folded, seq, recordedAt: event.recordedAt };
  history.remember(state);
  return state;
};

/** What cannot be counted: trying again does not help, so the consumer stops by name. */
const foldItems = (history: IndexHistory, items: readonly LogItem[]) => {
  for (const { envelope } of items) requireKnown(envelope.type, envelope.schema);
  try {
    return history.fold(items.map(factOf));
  } catch (error) {
    throw new FeedBroken((error as Error).message);
  }
};

/** Waiting places for «something has changed»; nobody queues, everybody looks at the latest. */
const createBell = () => {
  const waiting = new Set<() => void>();
  return {
    ring: (): void => {
      for (const resolve of [...waiting]) resolve();
    },
    wait: (signal: AbortSignal): Promise<void> =>
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

/**
 * Follows the log, keeps one row per registered contract and the public steps, and holds the
 * latest state in memory. Rows, steps and cursor move in one transaction; the cursor's row lock
 * fences a second process.
 */
export const startIndexProjector = (deps: IndexProjectorDeps): IndexProjector => {
  const db = openDatabase<IndexTables & LogTables>(deps.pool);
  const method = deps.method ?? currentMethod();
  const history = createIndexHistory(method.parameters);
  const bell = createBell();

  const apply = async (items: readonly LogItem[], from: number): Promise<void> => {
    const last = items.at(-1);
    if (!last) return;
    const folded = foldItems(history, items);
    if (folded.from !== from) throw new Error(`index is at ${folded.from}, not at ${from}`);
    await db.transaction().execute(async (trx) => {
      await moveCursor(trx, INDEX_CURSOR, from, last.seq);
      await saveBatch(trx, folded.facts, folded.steps);
    });
    history.accept(folded);
    bell.ring();
  };

  const consumer: FeedConsumer = startFeedConsumer<LogItem>({
    name: INDEX_CURSOR,
    log: deps.log,
    loadCursor: async () => {
      const cursor = await catchUp(db, history);
      bell.ring();
      return cursor;
    },
    readAfter: (after) => readLog(db, after, BATCH_EVENTS),
    apply,
    waitForMore: deps.follower.waitForMore,
  });

  return {
    method,
    latest: history.latest,
    published: history.published,
    logHead: () => readLogHead(db, history.latest().kind),
    consumer: consumer.state,
    changed: bell.wait,
    waitFor: async (seq = 0) => {
      const signal = AbortSignal.timeout(WAIT_MS);
      while (history.latest().seq < seq) {
        if (signal.aborted) throw new Refusal('not-caught-up');
        await bell.wait(signal);
      }
    },
    stateAt: (seq) => stateAt(db, history, method, seq),
    isPublicStep: (seq) => isStep(db, seq),
    stop: consumer.stop,
  };
};
