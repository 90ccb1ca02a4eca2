import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { freePort } from '@jishi/standalone/free-ports';
import type { Installation } from './kills.ts';
import { serviceProcess } from './processes.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** A second subsidy process on the same database, with the environment of the first. */
export const startSecondSubsidy = async (installation: Installation) => {
  const first = await serviceProcess(installation.child.pid ?? 0, 'subsidy');
  if (!first) throw new Error('no subsidy service runs');
  const text = await readFile(`/proc/${first.pid}/environ`, 'utf8');
  const pairs = text.split('\0').filter(Boolean);
  const environment = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'services/subsidy/src/main.ts')],
    {
      cwd: ROOT,
      env: { ...environment, PORT: String(port), NODE_CHANNEL_FD: undefined },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  await new Promise<void>((done, fail) => {
    child.once('message', () => done());
    child.once('exit', (code) => fail(new Error(`second subsidy process ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGTERM') };
};
