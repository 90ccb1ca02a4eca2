import { chmod, cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefused } from '@jishi/runtime/config';
import { locateDataFolder, openDataFolder } from '../data-folder.ts';
import {
  connect,
  databaseUrl,
  dropDatabases,
  givenDatabases,
  holdsData,
  holdsTables,
  provisionDatabases,
  SERVICES,
  type ServiceDatabases,
  type ServiceId,
} from '../databases.ts';
import { type Keys, loadKeys } from '../installation-keys.ts';
import { findAccount, type ServerAccount } from '../postgres/account.ts';
import { borrowProductServer, folderOf } from '../postgres/product.ts';
import type { Settings } from '../settings.ts';
import { requireRestoreRights } from './rights.ts';

/** What may lie in the folder beforehand: what is kept apart from backups. */
const KEPT_APART = ['keys', 'demo-accounts.json', 'launcher.lock'];

export interface Target {
  readonly path: string;
  readonly keys: Keys;
  readonly account: ServerAccount | undefined;
}

/** The place is empty but for the keys of the installation; nothing is made yet. */
export const prepareTarget = async (
  checkout: string,
  { dataDir, database }: Settings,
  { keysFrom, holdsHeads }: { readonly keysFrom: string | undefined; readonly holdsHeads: boolean },
): Promise<Target> => {
  const account = database.kind === 'embedded' ? await findAccount() : undefined;
  const { path } = await locateDataFolder(dataDir, checkout, account);
  const there = await readdir(path).catch(() => [] as string[]);
  const others = there.filter((name) => !KEPT_APART.includes(name));
  if (others.length > 0) {
    throw new StartRefused(
      `只能恢复到空的数据目录：${path} 中已有 ${others[0]} · ` +
        `restore needs an empty data folder: ${path} holds ${others[0]}`,
    );
  }
  const keyFolder = join(path, 'keys');
  if (keysFrom && there.includes('keys')) {
    throw new StartRefused(`已有密钥：${keyFolder} · there are keys already: ${keyFolder}`);
  }
  if (!keysFrom && !there.includes('keys')) {
    throw new StartRefused(
      `先把该安装的密钥放到 ${keyFolder}，或用 --keys 指明 · ` +
        `put the keys of that installation into ${keyFolder} first, or name them with --keys`,
    );
  }
  if (keysFrom) await placeKeys(keysFrom, path);
  try {
    return { path, account, keys: await loadKeys(keyFolder, { data: true, heads: holdsHeads }) };
  } catch (error) {
    if (keysFrom) await rm(keyFolder, { recursive: true, force: true });
    throw error;
  }
};

const placeKeys = async (from: string, path: string): Promise<void> => {
  const folder = join(path, 'keys');
  const names = await readdir(from).catch(() => {
    throw new StartRefused(`没有密钥文件夹 ${from} · there is no folder of keys: ${from}`);
  });
  await mkdir(path, { recursive: true, mode: 0o755 });
  await mkdir(folder, { mode: 0o700 });
  await chmod(folder, 0o700);
  for (const name of names) {
    await cp(join(from, name), join(folder, name));
    await chmod(join(folder, name), 0o600);
  }
};

export interface OpenTarget {
  readonly databases: ServiceDatabases;
  /** Of a role that may load: as a replica, and past row-level security. */
  readonly urls: Readonly<Record<ServiceId, string>>;
  readonly close: () => Promise<void>;
  /** Removes everything that was made. */
  readonly undo: () => Promise<void>;
}

const requireRightsAt = async (url: string): Promise<void> => {
  const client = await connect(url);
  try {
    await requireRestoreRights(client);
  } finally {
    await client.end();
  }
};

const refuseFull = (): never => {
  throw new StartRefused(
    '该数据库服务器上已有技市的数据，只能恢复到空的地方 · ' +
      'that database server already holds data of a market: restore needs an empty place',
  );
};

const urlsOn = (adminUrl: string): Record<ServiceId, string> => ({
  market: databaseUrl(adminUrl, 'market'),
  ledger: databaseUrl(adminUrl, 'ledger'),
  subsidy: databaseUrl(adminUrl, 'subsidy'),
});

const openEmbedded = async (
  checkout: string,
  { path, keys, account }: Target,
): Promise<OpenTarget> => {
  if (!account) throw new Error('the embedded database needs an account');
  const held = await openDataFolder(path, checkout, account);
  const remove = async (): Promise<void> => {
    const folder = folderOf(path);
    for (const made of [folder, `${folder}.initialising`]) {
      await rm(made, { recursive: true, force: true });
    }
  };
  try {
    const password = keys.postgresPassword;
    const server = await borrowProductServer({
      account,
      dataFolder: path,
      password,
      mustExist: false,
    });
    const close = async (): Promise<void> => {
      await server.stop();
      await held.release();
    };
    const databases = await provisionDatabases(server.url, keys.databaseRoles);
    return {
      ...{ databases, close, urls: urlsOn(server.url) },
      undo: async () => {
        await server.stop();
        await remove();
        await held.release();
      },
    };
  } catch (error) {
    await remove();
    await held.release();
    throw error;
  }
};

const openServer = async (url: string, { keys }: Target): Promise<OpenTarget> => {
  await requireRightsAt(url);
  if (await holdsData(url)) refuseFull();
  const databases = await provisionDatabases(url, keys.databaseRoles);
  return { databases, urls: urlsOn(url), close: async () => {}, undo: () => dropDatabases(url) };
};

const openGiven = async (urls: Record<ServiceId, string>): Promise<OpenTarget> => {
  for (const service of SERVICES) {
    await requireRightsAt(urls[service]);
    if (await holdsTables(urls[service])) refuseFull();
  }
  const undo = async (): Promise<void> => {
    throw new StartRefused(
      '恢复未完成：请清空这三个数据库再试 · not restored: empty the three databases and try again',
    );
  };
  return { databases: givenDatabases(urls), urls, close: async () => {}, undo };
};

/** Makes the databases, still without tables. */
export const openTarget = (
  checkout: string,
  { database }: Settings,
  target: Target,
): Promise<OpenTarget> => {
  switch (database.kind) {
    case 'embedded':
      return openEmbedded(checkout, target);
    case 'server':
      return openServer(database.url, target);
    case 'given':
      return openGiven(database.urls);
  }
};
