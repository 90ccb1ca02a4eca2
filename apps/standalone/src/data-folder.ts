import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, constants, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartRefused } from '@jishi/runtime/config';
import type { ServerAccount } from './postgres/account.ts';

export interface DataFolder {
  readonly path: string;
  /** Set when the usual place could not be used: the reason, to be told in one line. */
  readonly instead: string | undefined;
  /** Lets the next start in. */
  readonly release: () => Promise<void>;
}

/** Whether the account may enter a folder; asked of the system, which knows all its rules. */
const canEnter = (folder: string, account: ServerAccount): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    ...account.as,
    cwd: '/',
    stdio: 'ignore',
  }).status === 0;

const existingParent = async (path: string): Promise<string> => {
  for (let folder = path; ; folder = dirname(folder)) {
    const exists = await access(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'EACCES',
    );
    if (exists || folder === dirname(folder)) return folder;
  }
};

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );

const refuseUnwritable = (path: string, reason: string | undefined): StartRefused =>
  new StartRefused(
    `DATA_DIR 不可写：${path}（${reason}） · DATA_DIR is not writable: ${path} (${reason})`,
  );

/** Not mkdir's own recursion, which never ends on a file system that takes no folders. */
const makeFolders = async (path: string): Promise<void> => {
  const made = await mkdir(path, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => error);
  if (!made || made.code === 'EEXIST') return;
  if (made.code !== 'ENOENT' || (await existingParent(path)) === dirname(path)) throw made;
  await makeFolders(dirname(path));
  await mkdir(path, { mode: 0o755 });
};

/** The parent of what is made is 0755: a 0700 one made by root would lock the database out. */
const make = async (path: string): Promise<void> => {
  try {
    await makeFolders(path);
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refuseUnwritable(path, (error as NodeJS.ErrnoException).code);
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The process that holds the lock is known by number and start: numbers come again. */
const startOf = async (pid: number): Promise<string> => {
  if (process.platform !== 'linux') return 'unknown';
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? 'gone';
};

/** One launcher a data folder. A lock left by a killed one is taken over. */
const lock = async (folder: string): Promise<() => Promise<void>> => {
  const file = join(folder, 'launcher.lock');
  const mine = `${process.pid} ${await startOf(process.pid)}\n`;
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      await writeFile(file, mine, { flag: 'wx', mode: 0o644 });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid, start] = (await readFile(file, 'utf8').catch(() => '')).trim().split(' ');
    if (isAlive(Number(pid)) && (await startOf(Number(pid))) === start) {
      throw new StartRefused(
        `数据目录正被另一个进程使用：${folder}（PID ${pid}） · ` +
          `this data folder is in use by another start: ${folder} (PID ${pid})`,
      );
    }
    await rm(file, { force: true });
  }
  throw new StartRefused(`无法锁定数据目录 · cannot lock the data folder: ${folder}`);
};

const refuseUnreachable = (path: string, account: ServerAccount): StartRefused =>
  new StartRefused(
    `数据库账户 ${account.name} 无法进入 DATA_DIR：${path}，请另设 DATA_DIR · ` +
      `the account ${account.name}, which runs the database, cannot enter DATA_DIR ${path}: ` +
      'set DATA_DIR to a folder outside',
  );

/**
 * Unless DATA_DIR names one it is `.data` in the checkout; when the database's account cannot get
 * there (a checkout below a private home), it is a folder of this checkout's own under /var.
 */
export const locateDataFolder = async (
  given: string | undefined,
  checkout: string,
  account: ServerAccount | undefined,
): Promise<Pick<DataFolder, 'path' | 'instead'>> => {
  const usual = given ? resolve(given) : join(checkout, '.data');
  const there = await existingParent(usual);
  if (await isFile(there)) throw refuseUnwritable(usual, 'ENOTDIR');
  if (!account || canEnter(there, account)) return { path: usual, instead: undefined };
  if (given) throw refuseUnreachable(usual, account);
  const name = `jishi-${createHash('sha256').update(checkout).digest('hex').slice(0, 12)}`;
  return {
    path: join('/var/lib', name),
    instead: `${account.name} 无法进入 ${checkout} · cannot enter it`,
  };
};

/** The data folder, made and locked. */
export const openDataFolder = async (
  given: string | undefined,
  checkout: string,
  account: ServerAccount | undefined,
): Promise<DataFolder> => {
  const { path, instead } = await locateDataFolder(given, checkout, account);
  await make(path);
  if (account && !canEnter(path, account)) throw refuseUnreachable(path, account);
  return { path, instead, release: await lock(path) };
};
