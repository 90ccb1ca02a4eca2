import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client } from '@jishi/contracts/client';
import { readHead } from '@jishi/contracts/ledger/endpoints';
import { patientFetch } from '@jishi/contracts/session';
import { freePort } from '@jishi/standalone/free-ports';
import { findOrStartMarket, startMarket } from '../../tests/journey/market-server.ts';

/** A market that load may be put on. */
export interface LoadedMarket {
  readonly baseUrl: string;
  readonly dataDir: string;
  /** Of the launcher that we started; null for a market that ran before. */
  readonly launcherPid: number | null;
  /** Ends what was started here, and nothing else. */
  readonly close: () => Promise<void>;
}

const HISTORY_WITHIN_MS = 300_000;
const POLL_MS = 500;

const awaitHistory = async (dataDir: string): Promise<void> => {
  const untilMs = Date.now() + HISTORY_WITHIN_MS;
  const seeded = join(dataDir, 'seeded');
  while (
    !(await access(seeded).then(
      () => true,
      () => false,
    ))
  ) {
    if (Date.now() > untilMs)
      throw new Error(`no history within time: ${dataDir}/logs/seeding.log`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
};

/**
 * A market of this run's own, as `start` makes it: embedded PostgreSQL, loopback, synthetic
 * history, no limit changed. This machine counts as a proxy in front of it, so that k6 may say for
 * whom it asks, as the https proxy of an installation does; otherwise all load would be one caller.
 */
export const startOwnMarket = async (): Promise<LoadedMarket> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jishi-load-'));
  // PostgreSQL may run as another user and must be able to pass through.
  await chmod(dataDir, 0o755);
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    const settings = { PROXY_ADDRESSES: '127.0.0.1', SEED: 'on', JISHI_LOG: 'synthetic' };
    const { child, baseUrl, stop } = await startMarket(dataDir, await freePort(), settings);
    const close = async (): Promise<void> => {
      await stop();
      await remove();
    };
    try {
      await awaitHistory(dataDir);
    } catch (error) {
      await stop();
      throw error;
    }
    return { baseUrl, dataDir, launcherPid: child.pid ?? null, close };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** The market at an address. What load writes stays in its log, so the log must be synthetic. */
export const findMarket = async (url: string): Promise<LoadedMarket> => {
  const { baseUrl, dataDir, stop } = await findOrStartMarket(url);
  const head = await client({ baseUrl, fetch: patientFetch })(readHead);
  if (head.kind === 'real') {
    throw new Error('这是真实账本,不可压测 this log is real: load goes to synthetic logs only');
  }
  return { baseUrl, dataDir, launcherPid: null, close: stop };
};
