import { spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newId } from '@jishi/contracts/ids';
import { readFeed, readGauge } from '@jishi/contracts/ledger/endpoints';
import { readIndexSeries } from '@jishi/contracts/ledger/index-endpoints';
import { decideCase, listCases, readBooks } from '@jishi/contracts/subsidy/endpoints';
import { leafHash } from '@jishi/proof/hash';
import { rootOf } from '@jishi/proof/tree';
import { restoreBackup } from '@jishi/standalone/backup/restore';
import { freePort } from '@jishi/standalone/free-ports';
import { readSettings } from '@jishi/standalone/settings';
import { type Offices, officesOf } from '../drill/audit.ts';
import { readDemoAccounts, startMarket } from '../journey/market-server.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** A folder that the account of PostgreSQL may pass through. */
export const openFolder = async (name: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), `jishi-${name}-`));
  await chmod(folder, 0o755);
  return folder;
};

/** Runs the command as an administrator types it; its output is what they read. */
export const runCommand = (
  act: 'backup' | 'restore',
  ...args: readonly string[]
): Promise<{ code: number | null; output: string }> =>
  new Promise((done) => {
    const script = 'apps/standalone/src/backup/main.ts';
    const child = spawn(process.execPath, ['--import', 'tsx', script, act, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (part: Buffer): void => {
      output += part.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('close', (code) => done({ code, output }));
  });

/** The same without a process of its own: what it refuses, it throws. */
export const restoreHere = (from: string, dataDir: string): Promise<void> => {
  const terminal = { step: () => {}, line: () => {}, progress: () => {} };
  const settings = readSettings({ DATA_DIR: dataDir });
  return restoreBackup(ROOT, settings, { from, keysFrom: undefined }, terminal);
};

export interface Running {
  readonly baseUrl: string;
  readonly dataDir: string;
  readonly offices: Offices;
  readonly stop: () => Promise<void>;
}

export const openMarket = async (dataDir: string): Promise<Running> => {
  const { baseUrl, stop } = await startMarket(dataDir, await freePort(), { SEED: 'off' });
  const offices = officesOf(baseUrl, await readDemoAccounts(dataDir));
  return { baseUrl, dataDir, offices, stop };
};

/** What is kept apart from backups, put where a restore looks for it. */
export const placeKeptApart = async (from: string, to: string): Promise<void> => {
  for (const name of ['keys', 'demo-accounts.json']) {
    await cp(join(from, name), join(to, name), { recursive: true });
  }
};

export interface LogHeadOfBackup {
  readonly size: number;
  readonly root: string;
}

export const headOfBackup = async (folder: string): Promise<LogHeadOfBackup> =>
  (JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { log: LogHeadOfBackup })
    .log;

const PAGE = 1_000;

/** The root over the first events, from the envelopes that the feed gives. */
export const rootOfFeed = async ({ offices }: Running, size: number): Promise<string> => {
  const leaves: Buffer[] = [];
  while (leaves.length < size) {
    const query = { after: leaves.length, limit: Math.min(PAGE, size - leaves.length) };
    const { items } = await offices.operator.on('ledger')(readFeed, { query });
    if (items.length === 0) throw new Error(`the feed ends at ${leaves.length}`);
    leaves.push(...items.map((item) => leafHash(item.envelope)));
  }
  return Buffer.from(rootOf(leaves)).toString('hex');
};

/** What the index and the gauge said as of a sequence, as text. */
export const indexAsOf = async ({ offices }: Running, asOf: number): Promise<string> => {
  const ask = offices.operator.on('ledger');
  const series = await ask(readIndexSeries, { query: { asOf, atLeast: asOf } });
  const gauge = await ask(readGauge, { query: { asOf, atLeast: asOf } });
  return JSON.stringify([series, gauge]);
};

export const booksOf = ({ offices }: Running) => offices.auditor.on('subsidy')(readBooks);

export const casesOf = async ({ offices }: Running): Promise<number> => {
  const { items } = await offices.decider.on('subsidy')(listCases, { query: { limit: 200 } });
  return items.length;
};

/** One award is committed: the books are no longer as they were opened. */
export const decideOne = async ({ offices }: Running): Promise<void> => {
  const decider = offices.decider.on('subsidy');
  const [one] = (await decider(listCases, { query: { limit: 1 } })).items;
  if (!one) throw new Error('no case to decide');
  const { caseId, version } = one;
  await decider(decideCase, { params: { caseId }, body: { commandId: newId(), version } });
};

export const lastOfFeed = async ({ offices }: Running, after: number) =>
  (await offices.operator.on('ledger')(readFeed, { query: { after, limit: PAGE } })).items;
