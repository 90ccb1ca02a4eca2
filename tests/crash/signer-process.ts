import { startHeadSigner } from '@jishi/ledger/process/sign-heads';
import { openPool } from '@jishi/runtime/database';
import { onFinish, type SignerTask, sayAtWork, taskOf } from './tasks.ts';

/** Far faster than a service signs, so that faults fall into signing. */
const PACE_MS = 100;
const START_AGAIN_MS = 100;

const task = taskOf<SignerTask>();
const pool = openPool({ url: task.url, poolSize: 2, applicationName: 'crash-signer' });
const log = { info: () => {}, warn: () => {}, error: (line: object) => console.error(line) };
let finishing = false;

/** A server that is away at the start is waited for, as a service's launcher would. */
const start = async (): ReturnType<typeof startHeadSigner> => {
  for (;;) {
    try {
      const { key, file } = task;
      return await startHeadSigner(pool, { key, file, paceMs: PACE_MS }, log);
    } catch (error) {
      if (finishing) throw error;
      await new Promise((resolve) => setTimeout(resolve, START_AGAIN_MS));
    }
  }
};

const signing = start();

onFinish(() => {
  finishing = true;
  void (async () => {
    const signer = await signing;
    const { rows } = await pool.query<{ seq: number }>('select seq::float8 as seq from log_head');
    // The last of the log is signed, too: a signer that has stopped for good cannot.
    const head = await signer.headCovering(rows[0]?.seq ?? 0);
    await signer.stop();
    await pool.end();
    process.exitCode = head ? 0 : 4;
    process.disconnect?.();
  })();
});

await signing;
sayAtWork();
