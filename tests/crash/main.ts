import { parseArgs } from 'node:util';
import { runCrash } from './run.ts';

const HELP = `pnpm -s crash [--seed 1] [--minutes 2]
在自己的 PostgreSQL 上写入、消费、kill -9、暂停、写满磁盘,然后核对全部账本;最后一行是 JSON。
Writers and consumers on a PostgreSQL of their own, killed, stopped and out of disk; then the whole
log is held against what was acknowledged. The last line is JSON.
`;

const say = (line: string): void => console.error(line);

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '2' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error('--minutes needs a number above 0');
  const startedMs = performance.now();
  const { ok, seed, ...counts } = await runCrash({
    seed: Number(values.seed),
    faultsMs: minutes * 60_000,
    fullMs: 3_000,
    tell: (text) => say(`[${((performance.now() - startedMs) / 1_000).toFixed(1)} s] ${text}`),
  });
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  console.log(JSON.stringify({ ok, seed, minutes, seconds, ...counts }));
  if (!ok) process.exitCode = 1;
};

main().catch((error: unknown) => {
  say(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
