import type { KeyObject } from 'node:crypto';
import { type Client, client, ProblemAnswer } from '@jishi/contracts/client';
import { recordListingEvent, submitContract } from '@jishi/contracts/ledger/endpoints';
import type { Person } from '@jishi/contracts/principal';
import type { Clock } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import { waitMs } from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import { signServiceToken } from '@jishi/runtime/tokens';
import type { Pool } from 'pg';
import {
  type ClaimedRow,
  claimOutboxRow,
  markDelivered,
  markFailed,
} from '../store/trade/outbox.ts';
import type { TradeDb, TradeTables } from '../store/trade/tables.ts';

export interface DeliveryDeps {
  readonly pool: Pool;
  readonly log: Log;
  readonly clock: Clock;
  readonly ledgerUrl: string;
  /** Signs this service's tokens, which carry the person who acted. */
  readonly serviceKey: KeyObject;
  readonly limits?: Partial<DeliveryLimits>;
}

export interface DeliveryLimits {
  /** Rows on their way at the same time; each holds one connection of the pool. */
  readonly atOnceMax: number;
  readonly pauseMs: number;
  readonly backOffFirstMs: number;
  readonly backOffLastMs: number;
  readonly callTimeoutMs: number;
}

const LIMITS: DeliveryLimits = {
  atOnceMax: 3,
  pauseMs: 200,
  backOffFirstMs: 250,
  backOffLastMs: 5_000,
  callTimeoutMs: 5_000,
};

/** Statuses that say «not now» or «not with this token»; every other 4xx is a decision. */
const PASSING = new Set([401, 408, 425, 429]);

const isRefusal = (error: unknown): error is ProblemAnswer =>
  error instanceof ProblemAnswer &&
  error.problem.status >= 400 &&
  error.problem.status < 500 &&
  !PASSING.has(error.problem.status);

const send = async (row: ClaimedRow, call: Client): Promise<void> => {
  const payload: unknown = JSON.parse(row.payload);
  switch (row.kind) {
    case 'listing-event':
      await call(recordListingEvent, { body: recordListingEvent.body.parse(payload) });
      return;
    case 'contract':
      await call(submitContract, { body: submitContract.body.parse(payload) });
  }
};

const reasonOf = (error: unknown): string =>
  error instanceof ProblemAnswer ? error.type : error instanceof Error ? error.name : 'unknown';

/**
 * Delivers one row and says what came of it. The row stays locked until its fate is written: dying
 * in between means that it is sent again, and the ledger knows the command id.
 */
export const deliverNext = (
  db: TradeDb,
  clock: Clock,
  limits: DeliveryLimits,
  callAs: (actor: Person | null) => Client,
): Promise<'nothing' | 'delivered' | 'again' | 'parked'> =>
  db.transaction().execute(async (trx) => {
    const row = await claimOutboxRow(trx, clock());
    if (!row) return 'nothing';
    try {
      await send(row, callAs(row.actor));
    } catch (error) {
      const parked = isRefusal(error);
      const pauseMs = Math.min(limits.backOffFirstMs * 2 ** row.attempts, limits.backOffLastMs);
      const nextAttemptAt = new Date(Date.parse(clock()) + pauseMs).toISOString();
      await markFailed(trx, row.id, { parked, reason: reasonOf(error), nextAttemptAt });
      return parked ? 'parked' : 'again';
    }
    await markDelivered(trx, row.id, clock());
    return 'delivered';
  });

export interface Delivery {
  /** Ends the loops and waits until the rows in hand are through. */
  readonly stop: () => Promise<void>;
}

/** Follows the outbox until stopped. Several processes may: each row has one of them at a time. */
export const startDelivery = (deps: DeliveryDeps): Delivery => {
  const { clock, log, ledgerUrl, serviceKey } = deps;
  const limits = { ...LIMITS, ...deps.limits };
  const db = openDatabase<TradeTables>(deps.pool);
  const ending = new AbortController();
  const callAs = (actor: Person | null): Client =>
    client({
      baseUrl: ledgerUrl,
      timeoutMs: limits.callTimeoutMs,
      token: () => signServiceToken('market', 'ledger', actor, serviceKey),
    });
  const pause = () => waitMs(limits.pauseMs)(ending.signal);
  let wasDown = false;
  const step = async (): Promise<void> => {
    try {
      const outcome = await deliverNext(db, clock, limits, callAs);
      wasDown = false;
      if (outcome === 'parked') log.warn({ outbox: 'parked' });
      if (outcome === 'nothing') await pause();
    } catch (error) {
      // Only the database can fail here; the ledger's failures are written to the row.
      if (!wasDown) log.error({ outbox: error instanceof Error ? error.message : 'unknown' });
      wasDown = true;
      await pause();
    }
  };
  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) await step();
  };
  const loops = Promise.all(Array.from({ length: limits.atOnceMax }, loop));
  return {
    stop: async () => {
      ending.abort();
      await loops;
    },
  };
};
