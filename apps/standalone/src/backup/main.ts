import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartRefused } from '@jishi/runtime/config';
import { endUnlessRefused } from '@jishi/runtime/run';
import { readSettings } from '../settings.ts';
import { openTerminal } from '../terminal.ts';
import { restoreBackup } from './restore.ts';
import { takeBackup } from './take.ts';

const HELP = `pnpm backup --to FOLDER [--data-dir DIR]
备份三个数据库（市场可照常运行）；密钥不在其中。
Backs up all three databases, while the market runs or not; the keys are not in it.

pnpm restore --from FOLDER [--data-dir DIR] [--keys DIR]
恢复到空的数据目录；需要该安装的密钥。
Restores into an empty data folder; needs the keys of that installation.
`;

const OPTIONS = {
  to: { type: 'string' },
  from: { type: 'string' },
  keys: { type: 'string' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const readArguments = () => {
  const args = process.argv.slice(2);
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new StartRefused(`参数有误 · arguments not valid: ${(error as Error).message}`);
  }
};

const run = async (): Promise<void> => {
  const { values, positionals } = readArguments();
  const { to, from, keys } = values;
  const act = positionals[0] === 'backup' && to ? 'backup' : positionals[0] === 'restore' && from;
  if (values.help || !act) {
    process.stdout.write(HELP);
    if (!values.help) process.exitCode = 1;
    return;
  }
  const checkout = resolve(join(import.meta.dirname, '..', '..', '..', '..'));
  const read = readSettings(process.env);
  const settings = { ...read, dataDir: values['data-dir'] ?? read.dataDir };
  const terminal = openTerminal(process.stdout);
  if (act === 'backup') await takeBackup(checkout, settings, to ?? '', terminal);
  else await restoreBackup(checkout, settings, { from: from ?? '', keysFrom: keys }, terminal);
};

await run().catch(endUnlessRefused);
