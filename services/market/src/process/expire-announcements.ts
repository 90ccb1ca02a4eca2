import { businessDay, type Clock } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import type { Log } from '@jishi/runtime/log';
import type { Pool } from 'pg';
import { expire } from '../domain/listing/life-cycle.ts';
import { inJob } from '../store/accounts/tenant.ts';
import { lockDue } from '../store/trade/announcement-lists.ts';
import { saveDecision } from '../store/trade/save-announcement.ts';
import type { TradeDb, TradeTables } from '../store/trade/tables.ts';

const BATCH_MAX = 100;
const PAUSE_MS = 60_000;

/** Ends what is past its last day, with all that follows from it; returns how many there were. */
export const expireDue = (db: TradeDb, clock: Clock): Promise<number> =>
  inJob(db, 'expiry', async (trx) => {
    const now = clock();
    const today = businessDay(now);
    const due = await lockDue(trx, today, BATCH_MAX);
    for (const stored of due) {
      await saveDecision(trx, stored, expire(stored.state, today), { actor: null, now });
    }
    return due.length;
  });

/** Looks once a minute; several processes may, each takes what the others do not hold. */
export const startExpiry = (deps: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
}): { readonly stop: () => Promise<void> } => {
  const db = openDatabase<TradeTables>(deps.pool);
  let running: Promise<unknown> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      while ((await expireDue(db, deps.clock)) === BATCH_MAX);
    } catch (error) {
      // The next minute tries again; what is past its day is already not shown as open.
      deps.log.error({ expiry: error instanceof Error ? error.message : 'unknown' });
    }
  };
  const timer = setInterval(() => {
    running = look();
  }, PAUSE_MS);
  running = look();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
