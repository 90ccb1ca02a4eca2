import type { ConsumerStop } from '@jishi/contracts/health';
import type { LogHead } from '@jishi/contracts/ledger/envelope';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import {
  FeedBroken,
  type FeedConsumer,
  type FeedConsumerState,
} from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import type { Transaction } from 'kysely';
import type pg from 'pg';
import { factOf } from '../domain/index/registered-contract.ts';
import type { GaugeRule } from '../domain/index/snapshot.ts';
import { evolve, type IndexState } from '../domain/index/state.ts';
import {
  type IndexDatabase,
  isStep,
  readEventAt,
  readFacts,
  readLogHead,
  readStepBefore,
  readStepsBetween,
  saveBatch,
} from '../store/index/contracts.ts';
import { createIndexHistory, type IndexHistory } from '../store/index/history.ts';
import { currentMethod } from '../store/index/method.ts';
import type { IndexTables } from '../store/index/tables.ts';
import type { CursorPlace } from '../store/log/cursor.ts';
import { type LogFollower, type LogItem, readLog } from '../store/log/follow.ts';
import type { LogTables } from '../store/log/tables.ts';
import { requireKnown } from '../store/upcast.ts';
import { createBell } from './bell.ts';
import { startLogConsumer } from './follow-log.ts';

/** The name of the cursor; reads wait for it with `?atLeast=`. */
export const INDEX_CURSOR = 'index';

const CATCH_UP_CONTRACTS = 5_000;
const WAIT_MS = 2_000;

export interface IndexProjectorDeps {
  readonly pool: pg.Pool;
  readonly follower: LogFollower;
  readonly log: Log;
  readonly method?: GaugeRule;
}

export interface IndexProjector {
  readonly method: GaugeRule;
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
  readonly stepBefore: (seq: number) => Promise<number>;
  readonly recordedAt: (seq: number) => Promise<Instant | null>;
  readonly stepsBetween: (after: number, upTo: number) => Promise<readonly number[]>;
  readonly stop: () => Promise<void>;
}

/** Brings a history up to a saved cursor, from the tables. */
const catchUp = async (db: IndexDatabase, history: IndexHistory, cursor: number): Promise<void> => {
  if (history.latest().seq === 0 && cursor > 0) {
    const [opening] = await readLog(db, 0, 1);
    if (opening) history.accept(history.fold([factOf(opening)]));
  }
  while (history.latest().seq < cursor) {
    const after = history.latest().seq;
    const facts = await readFacts(db, after, cursor, CATCH_UP_CONTRACTS);
    history.accept(history.fold(facts));
    if (facts.length === CATCH_UP_CONTRACTS) continue;
    const end = await readEventAt(db, cursor);
    if (!end)
      throw new FeedBroken('feed-behind-cursor', `index cursor ${cursor} is not in the log`);
    const { recordedAt } = end;
    const rest = { seq: cursor, recordedAt, opened: null, registered: null, changed: null };
    history.accept(history.fold([rest]));
  }
};

/** An as-of read: the nearest checkpoint, and the contracts after it. */
const stateAt = async (
  db: IndexDatabase,
  history: IndexHistory,
  method: GaugeRule,
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

/** Trying again does not help: the consumer stops by name. */
const orStop = <T>(reason: ConsumerStop, step: () => T): T => {
  try {
    return step();
  } catch (error) {
    throw new FeedBroken(reason, (error as Error).message);
  }
};

const foldItems = (history: IndexHistory, items: readonly LogItem[]) => {
  for (const { envelope } of items) requireKnown(envelope.type, envelope.schema);
  const facts = orStop('event-unreadable', () => items.map(factOf));
  return orStop('effect-refused', () => history.fold(facts));
};

/** The effect of a batch on the tables; the history is moved once it is committed. */
export const applyIndex = async (
  trx: Transaction<IndexTables & LogTables>,
  history: IndexHistory,
  items: readonly LogItem[],
  from: number,
): Promise<() => void> => {
  const folded = foldItems(history, items);
  if (folded.from !== from) throw new Error(`index is at ${folded.from}, not at ${from}`);
  await saveBatch(trx, folded.facts, folded.steps);
  return () => history.accept(folded);
};

/**
 * Follows the log, keeps one row per registered contract and the public steps, and holds the
 * latest state in memory. Rows, steps and cursor move in one transaction; the cursor's row lock
 * fences a second process.
 */
export const startIndexProjector = (deps: IndexProjectorDeps): IndexProjector => {
  const db = openDatabase<IndexTables & LogTables>(deps.pool);
  const method = deps.method ?? currentMethod();
  let history = createIndexHistory(method.parameters);
  let build = 0;
  const bell = createBell();

  // What was loaded from other tables, or from beyond a restored log, is not gone on with: it is
  // loaded anew beside the one that is read meanwhile.
  const load = async (place: CursorPlace): Promise<void> => {
    const isSame = place.build === build && place.seq >= history.latest().seq;
    const next = isSame ? history : createIndexHistory(method.parameters);
    await catchUp(db, next, place.seq);
    history = next;
    build = place.build;
    bell.ring();
  };

  const consumer: FeedConsumer = startLogConsumer<IndexTables & LogTables>({
    name: INDEX_CURSOR,
    ...{ db, log: deps.log, follower: deps.follower, load },
    apply: async (trx, items, from) => {
      const accept = await applyIndex(trx, history, items, from);
      return () => {
        accept();
        bell.ring();
      };
    },
  });

  return {
    method,
    latest: () => history.latest(),
    published: () => history.published(),
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
    stepBefore: (seq) => readStepBefore(db, seq),
    recordedAt: async (seq) => (await readEventAt(db, seq))?.recordedAt ?? null,
    stepsBetween: (after, upTo) => readStepsBetween(db, after, upTo),
    stop: consumer.stop,
  };
};
