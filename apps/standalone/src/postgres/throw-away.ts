import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
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
pid=$(cat "$1/data/postmaster.pid" "$1/disk/data/postmaster.pid" 2>/dev/null | head -n 1)
if [ -n "$pid" ]; then
  kill -QUIT "$pid" 2>/dev/null
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
    grep -qs '^State:[[:space:]]*Z' "/proc/$pid/status" && break
    sleep 0.05
    tries=$((tries+1))
  done
fi
umount "$1/disk" 2>/dev/null
rm -rf "$1"`;

export interface ThrowAwayServer {
  readonly url: string;
  readonly folder: string;
  /** Where PostgreSQL keeps its data. */
  readonly dataFolder: string;
  /** Starts it again, under the same address, after it was killed. */
  readonly restart: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export interface ThrowAwayOptions {
  /** Instead of those of tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Puts the data on a disk of its own, mounted at the given place. */
  readonly mountDisk?: (place: string) => Promise<void>;
}

/** A server for tests in a folder of its own; it is gone when the process that asked is gone. */
export const startThrowAwayServer = async ({
  settings = SETTINGS,
  mountDisk,
}: ThrowAwayOptions = {}): Promise<ThrowAwayServer> => {
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
      cleaner.ref();
      cleaner.once('exit', () => resolve());
      cleaner.stdin.end();
    });
  try {
    const disk = join(folder, 'disk');
    if (mountDisk) {
      await mkdir(disk, { mode: 0o755 });
      await mountDisk(disk);
    }
    const dataFolder = join(mountDisk ? disk : folder, 'data');
    const password = randomBytes(16).toString('hex');
    const options = { account, binaries, folder: dataFolder, password, settings };
    const server = await startServer(options);
    const restart = async (): Promise<void> => {
      await startServer({ ...options, port: server.port, mustExist: true });
    };
    return { url: server.url, folder, dataFolder, restart, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};
