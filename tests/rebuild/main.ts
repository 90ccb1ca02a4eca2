import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MODELS, type ModelName, rebuildModel } from '@jishi/ledger/process/rebuild-model';
import { parseEnvironment, StartRefused } from '@jishi/runtime/config';
import { endUnlessRefused } from '@jishi/runtime/run';
import { ledgerUrlOf } from '@jishi/seeds/generator/ledger-url';
import { z } from 'zod';

const HELP = `pnpm -s rebuild registrations|index [--check]
从第 1 个事件起重建账本的读模型,与现用的比较后替换;--check 只比较,不替换。
Builds a read model of a running ledger anew from event 1, compares, and switches; --check only
compares. LEDGER_OWNER_DATABASE_URL 或 DATA_DIR 指明账本 · name the ledger.
`;

const Environment = z.object({
  LEDGER_OWNER_DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().optional(),
});

const PROGRESS_EVERY_MS = 1_000;

const isModel = (name: string | undefined): name is ModelName =>
  name !== undefined && Object.hasOwn(MODELS, name);

const readArguments = () => {
  const options = { check: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new StartRefused(`参数有误 arguments not valid: ${(error as Error).message}`);
  }
};

const showProgress = () => {
  let shownMs = Number.NEGATIVE_INFINITY;
  return (at: number, of: number): void => {
    if (performance.now() - shownMs < PROGRESS_EVERY_MS) return;
    shownMs = performance.now();
    process.stdout.write(`progress ${at} / ${of} 个事件 events\n`);
  };
};

const main = async (): Promise<void> => {
  const { values, positionals } = readArguments();
  const [model, ...more] = positionals;
  if (values.help) return void process.stdout.write(HELP);
  if (!isModel(model) || more.length > 0) throw new StartRefused(HELP.split('\n')[0] ?? '');
  const environment = parseEnvironment(Environment, process.env);
  const url =
    environment.LEDGER_OWNER_DATABASE_URL ??
    (await ledgerUrlOf(environment.DATA_DIR, resolve(import.meta.dirname, '../..')));
  const checkOnly = values.check ?? false;
  const rebuilt = await rebuildModel({ url, model, checkOnly, progress: showProgress() });
  for (const { table, rows, onlyIn } of rebuilt.tables) {
    const difference =
      onlyIn.running + onlyIn.rebuilt === 0
        ? '一致 equal'
        : `仅现用 only in the running one ${onlyIn.running}, ` +
          `仅重建 only in the rebuilt one ${onlyIn.rebuilt}`;
    process.stdout.write(`${table}: ${rows.running} → ${rows.rebuilt}, ${difference}\n`);
  }
  process.stdout.write(`${JSON.stringify(rebuilt)}\n`);
  if (checkOnly && !rebuilt.equal) process.exitCode = 1;
};

await main().catch(endUnlessRefused);
