import { openDatabase, openPool } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { startLogConsumer } from '../process/follow-log.ts';
import { createLogFollower } from '../store/log/follow.ts';
import type { LogTables } from '../store/log/tables.ts';

/**
 * A consumer in a process of its own, for tests that kill and stop it: it writes a row per event
 * into `effect`. At the sequence PAUSE_AT, inside its transaction, it says so and waits for a word.
 */
interface EffectTables extends LogTables {
  effect: { seq: bigint; made_by: string };
}

const { DATABASE_URL: url = '', CONSUMER: madeBy = '', PAUSE_AT, IDLE_MS } = process.env;
const pool = openPool({ url, applicationName: madeBy });
const follower = createLogFollower(pool);
const tell = (word: object): void => void process.send?.(word);
let isPaused = false;

const consumer = startLogConsumer<EffectTables>({
  name: 'effects',
  db: openDatabase<EffectTables>(pool),
  ...{ follower, log: silentLog },
  limits: { idleMs: Number(IDLE_MS), lastMs: 600_000 },
  apply: async (trx, items) => {
    const rows = items.map(({ seq }) => ({ seq: BigInt(seq), made_by: madeBy }));
    await trx.insertInto('effect').values(rows).execute();
    if (!isPaused && items.some(({ seq }) => seq === Number(PAUSE_AT))) {
      isPaused = true;
      tell({ pausedAt: Number(PAUSE_AT) });
      await new Promise((resolve) => process.once('message', resolve));
    }
    return undefined;
  },
});

process.on('message', (word) => {
  if (word === 'state') tell({ state: consumer.state() });
});
tell({ isRunning: true });
