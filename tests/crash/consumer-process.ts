import {
  createLogFollower,
  loadCursor,
  moveCursor,
  type RawLogItem,
  readRawLog,
} from '@jishi/ledger/store/log/follow';
import type { LogTables } from '@jishi/ledger/store/log/tables';
import { leafHash } from '@jishi/proof/hash';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { startFeedConsumer } from '@jishi/runtime/feed-consumer';
import { CONSUMER, type ConsumerTask, onFinish, sayAtWork, taskOf } from './tasks.ts';

const BATCH_EVENTS = 500;

interface Tables extends LogTables {
  crash_seen: { seq: bigint; leaf: Buffer; consumer: number };
}

const task = taskOf<ConsumerTask>();
const pool = openPool({ url: task.url, poolSize: 3, applicationName: 'crash-consumer' });
const db = openDatabase<Tables>(pool);
let toldAtWork = false;
const follower = createLogFollower(pool);

const consumer = startFeedConsumer<RawLogItem>({
  name: CONSUMER,
  log: { info: () => {}, warn: () => {}, error: (line) => console.error(line) },
  loadCursor: () => loadCursor(db, CONSUMER),
  readAfter: async (after) => {
    const items = await readRawLog(db, after, BATCH_EVENTS, false);
    if (!toldAtWork && items.length > 0) sayAtWork();
    toldAtWork ||= items.length > 0;
    return items;
  },
  apply: async (items, from) => {
    await db.transaction().execute(async (trx) => {
      await moveCursor(trx, CONSUMER, from, from + items.length);
      const rows = items.map(({ seq, envelope }) => ({
        seq: BigInt(seq),
        leaf: leafHash(envelope),
        consumer: task.consumer,
      }));
      await trx.insertInto('crash_seen').values(rows).execute();
    });
  },
  waitForMore: follower.waitForMore,
});

onFinish(() => {
  void (async () => {
    const { status } = consumer.state();
    await consumer.stop();
    await follower.stop();
    await db.destroy();
    process.exitCode = status === 'broken' ? 3 : 0;
    process.disconnect?.();
  })();
});
