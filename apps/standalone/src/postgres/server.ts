import { type SpawnOptions, spawn } from 'node:child_process';
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartRefused } from '@jishi/runtime/config';
import pg from 'pg';
import { freePort } from '../free-ports.ts';
import type { ServerAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { isPostmasterAlive, readPostmaster } from './postmaster.ts';

export interface ServerOptions {
  readonly binaries: Binaries;
  readonly account: ServerAccount;
  /** PostgreSQL's data folder; its parent must exist and be reachable by the account. */
  readonly folder: string;
  /** Of the role `postgres`; set when the folder is made. */
  readonly password: string;
  /** Server settings on top of ours, as in postgresql.conf. */
  readonly settings: Readonly<Record<string, string>>;
  /** To come back under the address that others already know; otherwise any free one. */
  readonly port?: number;
  /** The folder was made before: without it the start is refused. */
  readonly mustExist?: boolean;
}

export interface RunningServer {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** It was already running: a launcher before us was killed. */
  readonly reused: boolean;
  readonly stop: () => Promise<void>;
}

const LOG_FILE = 'server.log';
const START_TRIES_MAX = 5;
const START_PAUSE_MS = 400;
const ANSWER_TRIES_MAX = 150;
const ANSWER_PAUSE_MS = 200;

/** Runs a program as the server's account; the answer is its exit code and what it printed. */
const runAs = (
  account: ServerAccount,
  program: string,
  args: readonly string[],
  stdio: SpawnOptions['stdio'] = ['ignore', 'pipe', 'pipe'],
): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve, reject) => {
    const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
    const child = spawn(program, args, { ...account.as, cwd: '/', env, stdio });
    let output = '';
    const keep = (part: Buffer): void => {
      output += part.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

const give = async (path: string, account: ServerAccount): Promise<void> => {
  if (account.as.uid !== undefined && account.as.gid !== undefined) {
    await chown(path, account.as.uid, account.as.gid);
  }
};

/** Whether it is there; a disk that cannot say so is not an answer of no. */
const isThere = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
};

/**
 * Makes the data folder. A folder half made by a killed first start is made again; one that lost
 * its contents in another way is left alone, and a server that was there is never made anew: an
 * empty database in its place would look like a market that has lost everything.
 */
const initialise = async (options: ServerOptions): Promise<void> => {
  const { account, binaries, folder } = options;
  const pending = `${folder}.initialising`;
  const isMade = await isThere(join(folder, 'PG_VERSION'));
  const isPending = await isThere(pending);
  if (isMade && !isPending) return;
  if (options.mustExist || (!isPending && (await isThere(folder)))) {
    throw new StartRefused(
      `数据库文件缺失：${folder}，请检查磁盘或从备份恢复 · ` +
        `the files of the database are missing: ${folder}; check the disk or restore a backup`,
    );
  }
  await rm(folder, { recursive: true, force: true });
  await writeFile(pending, `${options.password}\n`, { mode: 0o600 });
  await give(pending, account);
  await mkdir(folder, { mode: 0o700 });
  await chmod(folder, 0o700);
  await give(folder, account);
  const { code, output } = await runAs(account, binaries.initdb, [
    `--pgdata=${folder}`,
    `--pwfile=${pending}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--data-checksums',
  ]);
  if (code !== 0) {
    throw new StartRefused(
      `数据库初始化失败 · the database could not be initialised in ${dirname(folder)} ` +
        `as ${account.name}: ${lastLine(output)}`,
    );
  }
  await rm(pending, { force: true });
};

const configure = async (options: ServerOptions, port: number): Promise<void> => {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
  };
  const text = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  const file = join(options.folder, 'postgresql.auto.conf');
  await writeFile(file, text.join(''), { mode: 0o600 });
  await give(file, options.account);
};

const urlOf = (port: number, password: string): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

type Answer = 'ready' | 'silent' | 'wrong-password';

const ask = async (url: string): Promise<Answer> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'wrong-password' : 'silent';
  } finally {
    await client.end().catch(() => {});
  }
};

/** A server of this folder that already runs and answers; a dead one's pid file is dropped. */
const findRunning = async (
  options: ServerOptions,
): Promise<{ pid: number; port: number; url: string } | null> => {
  for (let tries = 0; tries < ANSWER_TRIES_MAX; tries += 1) {
    const found = await readPostmaster(options.folder);
    if (!found) return null;
    if (!(await isPostmasterAlive(found.pid, options.folder))) {
      await rm(join(options.folder, 'postmaster.pid'), { force: true });
      return null;
    }
    const url = urlOf(found.port, options.password);
    const answer = found.port > 0 ? await ask(url) : 'silent';
    if (answer === 'ready') return { pid: found.pid, port: found.port, url };
    if (answer === 'wrong-password') {
      throw new StartRefused(
        'keys/postgres-password 与现有数据库不符 · ' +
          'keys/postgres-password does not open the existing database',
      );
    }
    await pause(ANSWER_PAUSE_MS);
  }
  throw new StartRefused(
    `数据库进程不应答 · a database server on ${options.folder} runs but does not answer`,
  );
};

const stop = async (options: ServerOptions): Promise<void> => {
  const args = ['stop', '-w', '-s', '-t', '30', '-m', 'fast', '-D', options.folder];
  await runAs(options.account, options.binaries.pgCtl, args, 'ignore');
};

/** Starts the server of a folder, making the folder first if need be; reuses a running one. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const { account, binaries, folder } = options;
  const running = await findRunning(options);
  if (running) return { ...running, reused: true, stop: () => stop(options) };
  await initialise(options);
  const log = join(folder, LOG_FILE);
  // Orphaned backends of a killed server may hold its memory for a moment: hence the tries.
  for (let tries = 0; tries < START_TRIES_MAX; tries += 1) {
    await configure(options, options.port ?? (await freePort()));
    const args = ['start', '-w', '-s', '-t', '60', '-D', folder, '-l', log];
    const { code } = await runAs(account, binaries.pgCtl, args, 'ignore');
    const started = code === 0 ? await findRunning(options) : null;
    if (started) return { ...started, reused: false, stop: () => stop(options) };
    await pause(START_PAUSE_MS);
  }
  const reason = lastLine(await readFile(log, 'utf8').catch(() => ''));
  throw new StartRefused(`数据库无法启动 · the database did not start: ${reason} (${log})`);
};
