import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { startServer } from './server.ts';

/** Nothing on it outlives the run, so it need not reach the disk. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/**
 * Waits for the end of its input, which is our end however we end, then kills the server and
 * removes the folder. A handler inside our process would not survive a kill -9.
 */
const CLEANER = `read -r _
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
  kill -QUIT "$pid" 2>/dev/null
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
    grep -qs '^State:[[:space:]]*Z' "/proc/$pid/status" && break
    sleep 0.05
    tries=$((tries+1))
  done
fi
rm -rf "$1"`;

export interface ThrowAwayServer {
  readonly url: string;
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** A server for tests in a folder of its own; it is gone when the process that asked is gone. */
export const startThrowAwayServer = async (): Promise<ThrowAwayServer> => {
  const account = await findAccount();
  const binaries = await findBinaries(account);
  const folder = await mkdtemp(join(tmpdir(), 'jishi-test-postgres-'));
  await chmod(folder, 0o755);
  const cleaner = spawn('/bin/sh', ['-c', CLEANER, 'sh', folder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  cleaner.unref();
  const remove = (): Promise<void> =>
    new Promise((resolve) => {
      cleaner.once('exit', () => resolve());
      cleaner.stdin.end();
    });
  try {
    const server = await startServer({
      account,
      binaries,
      folder: join(folder, 'data'),
      password: randomBytes(16).toString('hex'),
      settings: SETTINGS,
    });
    return { url: server.url, folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};
