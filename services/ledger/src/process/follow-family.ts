import { Refusal } from '@jishi/contracts/problem';
import { openDatabase } from '@jishi/runtime/database';
import { FeedBroken, requireDense, startStepConsumer } from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import { turn } from '@jishi/runtime/turns';
import type pg from 'pg';
import type { FamilyFact } from '../domain/index/family/facts.ts';
import { applyToFamily } from '../domain/index/family/family.ts';
import { emptyFamily, type Family } from '../domain/index/family/family-state.ts';
import type { Method } from '../domain/index/family/method.ts';
import { type FamilyRowText, familyFactOfText } from '../domain/index/family/row-text.ts';
import type { FamilySource } from '../http/family-source.ts';
import { readHead } from '../store/head.ts';
import { currentFamilyMethod } from '../store/index/family-method.ts';
import { FAMILY_PAGE, familyPages } from '../store/index/family-rows.ts';
import type { LogFollower } from '../store/log/follow.ts';
import type { LogTables } from '../store/log/tables.ts';
import { requireKnown } from '../store/upcast.ts';
import { createBell } from './bell.ts';
import { createRefold } from './refold.ts';
import { createTouchLog } from './touch-log.ts';

/** The name in health; nothing is kept in tables, so there is no cursor of that name. */
export const FAMILY_FOLLOWER = 'index-family';

/** Folded between two turns of the event loop. */
const BATCH_EVENTS = 1_000;
/** Read one ahead of the other; then health is told how far the fold has come. */
const PAGES_AT_ONCE = 5;
const WAIT_MS = 2_000;

export interface FamilyFollowerDeps {
  readonly pool: pg.Pool;
  readonly follower: LogFollower;
  readonly log: Log;
  readonly method?: Method;
}

export interface FamilyFollower extends FamilySource {
  readonly stop: () => Promise<void>;
}

const factOf = (row: FamilyRowText): FamilyFact => {
  try {
    return familyFactOfText(row, requireKnown);
  } catch (error) {
    if (error instanceof FeedBroken) throw error;
    throw new FeedBroken('event-unreadable', (error as Error).message);
  }
};

const linksOf = ({ references, frozenYears }: Family): number => references.size + frozenYears.size;

/**
 * Folds the log into the index family, in memory alone: a start reads it from event 1, and so
 * does a look at an earlier head. Every process has its own; there is nothing to fence.
 */
export const startFamilyFollower = (deps: FamilyFollowerDeps): FamilyFollower => {
  const db = openDatabase<LogTables>(deps.pool);
  const method = deps.method ?? currentFamilyMethod();
  let family = emptyFamily(method);
  let refold = createRefold(method);
  let touches = createTouchLog(method.windows.cell);
  const bell = createBell();

  const apply = (fact: FamilyFact): void => {
    try {
      const applied = touches.watch(family.market, fact);
      const links = linksOf(family);
      applyToFamily(family, fact);
      applied();
      if (linksOf(family) !== links) touches.allMoved(fact.seq);
      refold.keep(fact);
    } catch (error) {
      throw new FeedBroken('effect-refused', (error as Error).message);
    }
  };

  const startAnew = (): void => {
    family = emptyFamily(method);
    refold = createRefold(method);
    touches = createTouchLog(method.windows.cell);
  };

  const consumer = startStepConsumer({
    name: FAMILY_FOLLOWER,
    log: deps.log,
    waitForMore: deps.follower.waitForMore,
    batchEvents: FAMILY_PAGE,
    loadCursor: async () => {
      // A log that ends before what was folded is another one: it was restored meanwhile.
      const { seq } = await readHead(db);
      if (seq < family.market.seq) startAnew();
      return family.market.seq;
    },
    take: async (cursor, signal) => {
      let left = PAGES_AT_ONCE;
      try {
        for await (const rows of familyPages(db, cursor, FAMILY_PAGE)) {
          requireDense(rows, family.market.seq);
          for (let at = 0; at < rows.length; at += BATCH_EVENTS) {
            // Who waits is told once the cursor can be, too: of the last batch below.
            if (family.market.seq > cursor) bell.ring();
            if (at > 0) await turn();
            for (const fact of rows.slice(at, at + BATCH_EVENTS).map(factOf)) apply(fact);
          }
          left -= 1;
          if (left === 0 || signal.aborted) break;
        }
      } finally {
        // Also of what was folded before a later page failed.
        if (family.market.seq > cursor) bell.ring();
      }
      return family.market.seq;
    },
  });

  const waitFor = async (seq = 0): Promise<void> => {
    const signal = AbortSignal.timeout(WAIT_MS);
    while (family.market.seq < seq) {
      if (signal.aborted) throw new Refusal('not-caught-up');
      await bell.wait(signal);
    }
  };

  return {
    method,
    latest: () => family,
    recordedAt: () => family.market.recordedAt,
    consumer: consumer.state,
    changed: bell.wait,
    waitFor,
    familyAt: async (seq): Promise<Family> => {
      if (seq > (await readHead(db)).seq) throw new Refusal('as-of-beyond-head');
      await waitFor(seq);
      // Not the live one, even at the head: whoever asked for a head keeps it over his awaits.
      return refold.upTo(seq);
    },
    walkTo: async (seq, read) => {
      await waitFor(seq);
      return refold.walkTo(seq, read);
    },
    facts: () => refold.facts(),
    touchedSince: (seq) => touches.since(seq, family.market.seq),
    stop: consumer.stop,
  };
};
