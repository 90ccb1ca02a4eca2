import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type { DemoAccount } from './cast.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STARTS_WITHIN_MS = 180_000;
const POLL_MS = 300;
const STOPS_WITHIN_MS = 20_000;

export interface MarketServer {
  readonly baseUrl: string;
  readonly dataDir: string;
  /** Ends the server if this program started it. */
  readonly stop: () => Promise<void>;
}

const SERVICES = ['market', 'ledger', 'subsidy'] as const;

export const isUp = async (baseUrl: string): Promise<boolean> => {
  try {
    const answers = await Promise.all(
      SERVICES.map((name) => fetch(`${baseUrl}/api/${name}/health`)),
    );
    return answers.every((answer) => answer.ok);
  } catch {
    return false;
  }
};

export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

export const waitUntilUp = async (baseUrl: string, child?: ChildProcess): Promise<void> => {
  const untilMs = Date.now() + STARTS_WITHIN_MS;
  while (!(await isUp(baseUrl))) {
    if (child?.exitCode != null) throw new Error(`the market ended with ${child.exitCode}`);
    if (Date.now() > untilMs) throw new Error(`no market answers at ${baseUrl}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
};

/** Starts the market exactly as the README's command does. */
export const startMarket = async (
  dataDir: string,
  port: number,
  environment: Record<string, string> = {},
): Promise<MarketServer & { readonly child: ChildProcess }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'apps/standalone/src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGINT');
    const late = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
    await ended;
    clearTimeout(late);
  };
  try {
    await waitUntilUp(baseUrl, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { baseUrl, dataDir, stop, child };
};

/** The running market at an address, or one started for this run in the usual folder. */
export const findOrStartMarket = async (url: string | undefined): Promise<MarketServer> => {
  const dataDir = resolve(process.env.DATA_DIR ?? join(ROOT, '.data'));
  const baseUrl = url ?? `http://127.0.0.1:${process.env.PORT ?? '4000'}`;
  if (await isUp(baseUrl)) return { baseUrl, dataDir, stop: async () => {} };
  if (url) throw new Error(`no market answers at ${url}`);
  return startMarket(dataDir, await freePort());
};

export const readDemoAccounts = async (dataDir: string): Promise<DemoAccount[]> => {
  const file = process.env.DEMO_ACCOUNTS_FILE ?? join(dataDir, 'demo-accounts.json');
  return JSON.parse(await readFile(file, 'utf8')) as DemoAccount[];
};
