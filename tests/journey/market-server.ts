import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { addressIn, dataFoldersOf } from '@jishi/seeds/data-folders';
import { freePort } from '@jishi/standalone/free-ports';
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

export const waitUntilUp = async (baseUrl: string, child?: ChildProcess): Promise<void> => {
  const untilMs = Date.now() + STARTS_WITHIN_MS;
  while (!(await isUp(baseUrl))) {
    if (child?.exitCode != null) throw new Error(`the market ended with ${child.exitCode}`);
    if (Date.now() > untilMs) throw new Error(`no market answers at ${baseUrl}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
};

/** The launcher as the README's command runs it: from its sources. */
const FROM_SOURCES = ['--import', 'tsx', 'apps/standalone/src/main.ts'] as const;

/** Starts a market; without a program named, exactly as the README's command does. */
export const startMarket = async (
  dataDir: string | undefined,
  port: number,
  environment: Record<string, string> = {},
  program: readonly string[] = FROM_SOURCES,
): Promise<MarketServer & { readonly child: ChildProcess }> => {
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      ...(dataDir ? { DATA_DIR: dataDir } : {}),
      ...environment,
    },
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
  return { baseUrl, dataDir: dataDir ?? '', stop, child };
};

/** The market that serves from one of this checkout's data folders. */
const findMarket = async (folders: readonly string[]): Promise<MarketServer | undefined> => {
  for (const dataDir of folders) {
    const baseUrl = await addressIn(dataDir);
    if (baseUrl && (await isUp(baseUrl))) return { baseUrl, dataDir, stop: async () => {} };
  }
  return undefined;
};

/**
 * The running market of this checkout (or at an address), or one started for this run. The demo
 * accounts are in its data folder: DATA_DIR, or where the launcher itself would put it.
 */
export const findOrStartMarket = async (url: string | undefined): Promise<MarketServer> => {
  const folders = dataFoldersOf(process.env.DATA_DIR, ROOT);
  const found = await findMarket(folders);
  if (url) {
    if (!(await isUp(url))) throw new Error(`没有应答 no market answers at ${url}`);
    const dataDir = found?.dataDir ?? folders[0] ?? ROOT;
    return { baseUrl: url, dataDir, stop: async () => {} };
  }
  if (found) return found;
  const started = await startMarket(process.env.DATA_DIR, await freePort());
  const own = await findMarket(folders);
  return { ...started, dataDir: own?.dataDir ?? started.dataDir };
};

export const readDemoAccounts = async (dataDir: string): Promise<DemoAccount[]> => {
  const file = process.env.DEMO_ACCOUNTS_FILE ?? join(dataDir, 'demo-accounts.json');
  return JSON.parse(await readFile(file, 'utf8')) as DemoAccount[];
};
