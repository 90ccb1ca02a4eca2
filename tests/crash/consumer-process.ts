import { startLogConsumer } from '@jishi/ledger/process/follow-log';
import { createLogFollower } from '@jishi/ledger/store/log/follow';
import type { LogTables } from '@jishi/ledger/store/log/tables';
import { leafHash } from '@jishi/proof/hash';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { CONSUMER, type ConsumerTask, onFinish, sayAtWork, taskOf } from './tasks.ts';

interface Tables extends LogTables {
  crash_seen: { seq: bigint; leaf: Buffer; consumer: number };
}

const task = taskOf<ConsumerTask>();
const pool = openPool({ url: task.url, poolSize: 3, applicationName: 'crash-consumer' });
const db = openDatabase<Tables>(pool);
const follower = createLogFollower(pool);
let loads = 0;

/** What it saw, beside the cursor and in its transaction; written out again it gives the leaf. */
const consumer = startLogConsumer<Tables>({
  ...{ name: CONSUMER, db, follower },
  log: { info: () => {}, warn: () => {}, error: (line) => console.error(line) },
  load: async () => {
    if (loads === 0) sayAtWork();
    loads += 1;
  },
  apply: async (trx, items) => {
    const rows = items.map(({ seq, envelope }) => ({
      seq: BigInt(seq),
      leaf: leafHash(JSON.stringify(envelope)),
      consumer: task.consumer,
    }));
    await trx.insertInto('crash_seen').values(rows).execute();
    return undefined;
  },
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
