import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isPostmasterAlive, readPostmaster } from './postgres/postmaster.ts';

const program = join(import.meta.dirname, '..', 'start.mjs');
const START_MS = 90_000;
const END = { timeout: 15_000, interval: 100 };

let dataFolder: string;
let started: ChildProcess[];
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'jishi-start-'));
  await chmod(dataFolder, 0o755);
  started = [];
});
afterEach(async () => {
  for (const launcher of started) launcher.kill('SIGKILL');
  const server = await readPostmaster(join(dataFolder, 'postgres'));
  if (server) process.kill(server.pid, 'SIGQUIT');
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 20 });
});

interface Started {
  readonly launcher: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

const start = (environment: Record<string, string>): Started => {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, DATA_DIR: dataFolder, PORT: '0', SEED: 'off', ...environment };
  const launcher = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(launcher);
  let output = '';
  for (const stream of [launcher.stdout, launcher.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  }
  const ended = new Promise<number | null>((resolve) => launcher.once('close', resolve));
  return { launcher, output: () => output, ended };
};

const addressOf = ({ output }: Started): string =>
  /^技市 Jishi {2}(http\S+)$/m.exec(output())?.[1] ?? '';

const whenReady = async (begun: Started): Promise<string> => {
  await expect.poll(() => addressOf(begun), { timeout: START_MS }).not.toBe('');
  return addressOf(begun);
};

const parentOf = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
};

const childrenOf = (parent: number): number[] =>
  existsSync('/proc/self/stat')
    ? readdirSync('/proc')
        .map(Number)
        .filter((pid) => pid > 0 && parentOf(pid) === parent)
    : execFileSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' })
        .split('\n')
        .map(Number);

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return existsSync(`/proc/${pid}/status`)
      ? /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
      : false;
  } catch {
    return true;
  }
};

/** A further start says one line and ends. */
const requireRefusal = async (told: string): Promise<void> => {
  const refused = start({});
  expect(await refused.ended).toBe(1);
  expect(refused.output().trim().split('\n')).toHaveLength(1);
  expect(refused.output()).toContain(told);
};

it('one command serves it all; killed it loses nothing; stopped it leaves nothing', async () => {
  const first = start({});
  const address = await whenReady(first);
  const health = await fetch(`${address}/health`);
  expect(health.status).toBe(200);
  const services = { market: {}, ledger: {}, subsidy: {} };
  expect(await health.json()).toMatchObject({ log: 'synthetic', services });
  const page = await fetch(address);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const accounts = await readFile(join(dataFolder, 'demo-accounts.json'), 'utf8');
  const { email, password } = JSON.parse(accounts)[0];
  const signIn = (at: string): Promise<Response> =>
    fetch(`${at}/api/market/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: at },
      body: JSON.stringify({ email, password }),
    });
  expect((await signIn(address)).status).toBe(200);

  await requireRefusal(`in use by another start: ${dataFolder}`);

  const children = childrenOf(first.launcher.pid ?? 0);
  expect(children.length).toBeGreaterThanOrEqual(3);
  first.launcher.kill('SIGKILL');
  await first.ended;
  await expect.poll(() => children.every(isGone), END).toBe(true);

  const second = start({});
  const again = await whenReady(second);
  expect(second.output()).toContain('found the database still running');
  expect(await readFile(join(dataFolder, 'demo-accounts.json'), 'utf8')).toBe(accounts);
  expect((await signIn(again)).status).toBe(200);
  const server = await readPostmaster(join(dataFolder, 'postgres'));
  const left = childrenOf(second.launcher.pid ?? 0);
  second.launcher.kill('SIGINT');
  // npx and pnpm pass a Ctrl-C on, so it comes again; it must still end in order.
  second.launcher.kill('SIGINT');
  expect(await second.ended).toBe(0);
  await expect.poll(() => left.every(isGone), END).toBe(true);
  expect(await isPostmasterAlive(server?.pid ?? 0, join(dataFolder, 'postgres'))).toBe(false);
  expect(existsSync(join(dataFolder, 'launcher.lock'))).toBe(false);

  const key = join(dataFolder, 'keys', 'people-tokens');
  await rm(key);
  await requireRefusal(`its key ${key} is missing`);
  expect(await readPostmaster(join(dataFolder, 'postgres'))).toBeNull();
}, 240_000);
