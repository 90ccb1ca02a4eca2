import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefused } from './config.ts';
import { parsePrivateKey } from './tokens.ts';

const OTHERS = 0o077;

const ownUid = (): number | undefined => process.getuid?.();

/** Refuses a folder or file of keys that somebody else owns, or may read. */
const requirePrivate = async (path: string, kind: 'folder' | 'file'): Promise<void> => {
  const found = await lstat(path);
  const right = kind === 'folder' ? found.isDirectory() : found.isFile();
  const uid = ownUid();
  if (right && (found.mode & OTHERS) === 0 && (uid === undefined || found.uid === uid)) return;
  const mode = kind === 'folder' ? '0700' : '0600';
  throw new StartRefused(
    `密钥须归启动者所有且权限为 ${mode}：${path} · ` +
      `keys must be owned by whoever starts, with mode ${mode}: ${path}`,
  );
};

export interface KeyFolder {
  readonly path: string;
  /** Reads a key; the first time it is made, unless `mayMake` says that data already exists. */
  readonly key: (name: string, make: () => string, mayMake: boolean) => Promise<string>;
}

const read = async (path: string): Promise<string | null> => {
  try {
    await requirePrivate(path, 'file');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return (await readFile(path, 'utf8')).trim();
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/**
 * Whole or not at all, and only once: the file is written beside, synced, and linked to its name.
 * A link never replaces, so of two processes starting at once both end up with the first one's key.
 */
const writeOnce = async (folder: string, path: string, text: string): Promise<void> => {
  const beside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(beside, path);
    await rm(beside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') await rm(beside);
    // Some mounted folders know no links; there the last of two wins.
    else await rename(beside, path);
  }
  await syncFolder(folder);
};

/** Opens (or makes) a folder of keys: 0700, files 0600, never in the database or its backups. */
export const openKeyFolder = async (path: string): Promise<KeyFolder> => {
  await mkdir(path, { mode: 0o700, recursive: true });
  await requirePrivate(path, 'folder');
  return {
    path,
    key: async (name, make, mayMake) => {
      const file = join(path, name);
      const found = await read(file);
      if (found) return found;
      if (!mayMake) {
        throw new StartRefused(
          `已有数据，但缺少密钥 ${file}，请从备份恢复 · ` +
            `data exists but its key ${file} is missing: restore it from your backup of the keys`,
        );
      }
      await writeOnce(path, file, make());
      const made = await read(file);
      if (!made) throw new StartRefused(`密钥文件为空 · the key file is empty: ${file}`);
      return made;
    },
  };
};

/** 256 random bits as text. */
export const makeSecret = (): string => randomBytes(32).toString('base64url');

/** A new private Ed25519 key, PKCS 8 in base64. */
export const makeSigningKey = (): string =>
  generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'der' })
    .toString('base64');

/** The public half, SPKI in base64, as TRUSTED_KEYS names it. */
export const publicKeyOf = (privateKey: string): string =>
  createPublicKey(parsePrivateKey(privateKey))
    .export({ type: 'spki', format: 'der' })
    .toString('base64');
