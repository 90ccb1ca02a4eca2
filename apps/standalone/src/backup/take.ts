import { mkdir, open, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemClock } from '@jishi/contracts/time';
import { StartRefused } from '@jishi/runtime/config';
import { locateDataFolder, openDataFolder } from '../data-folder.ts';
import { connect, databaseUrl, SERVICES, type ServiceId } from '../databases.ts';
import { existingIn } from '../heads-file.ts';
import { loadKeys } from '../installation-keys.ts';
import { findAccount } from '../postgres/account.ts';
import { isPostmasterAlive, readPostmaster } from '../postgres/postmaster.ts';
import { borrowProductServer, folderOf, hasServerData } from '../postgres/product.ts';
import type { Settings } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { copyDatabase } from './copy-out.ts';
import { readLogHead } from './log-head.ts';
import { type DatabaseBackup, type Manifest, sealed, writeManifest } from './manifest.ts';
import { requireBackupRights } from './rights.ts';

/**
 * Consumers before what they consume: subsidy and market are as of a moment before the ledger, so
 * that no cursor is ahead of the log, and what market's outbox sends again is known there already.
 */
const ORDER = ['subsidy', 'market', 'ledger'] as const;
const PERCENT = 100;

interface Source {
  readonly keyFolder: string;
  readonly secret: string;
  readonly urls: Readonly<Record<ServiceId, string>>;
  readonly close: () => Promise<void>;
}

const urlsOn = (adminUrl: string): Record<ServiceId, string> => ({
  market: databaseUrl(adminUrl, 'market'),
  ledger: databaseUrl(adminUrl, 'ledger'),
  subsidy: databaseUrl(adminUrl, 'subsidy'),
});

/** A market that runs goes on; one that does not is kept from starting meanwhile. */
const openEmbedded = async (checkout: string, dataDir: string | undefined): Promise<Source> => {
  const account = await findAccount();
  const { path } = await locateDataFolder(dataDir, checkout, account);
  if (!(await hasServerData(path))) {
    throw new StartRefused(`没有可备份的数据：${path} · nothing to back up in ${path}`);
  }
  const postmaster = await readPostmaster(folderOf(path));
  const runs = postmaster && (await isPostmasterAlive(postmaster.pid, folderOf(path)));
  const held = runs ? null : await openDataFolder(dataDir, checkout, account);
  const release = async (): Promise<void> => held?.release();
  try {
    const keyFolder = join(path, 'keys');
    const keys = await loadKeys(keyFolder, await existingIn(path));
    const password = keys.postgresPassword;
    const server = await borrowProductServer({
      account,
      dataFolder: path,
      password,
      mustExist: true,
    });
    const close = async (): Promise<void> => {
      await server.stop();
      await release();
    };
    return { keyFolder, secret: keys.databaseRoles, urls: urlsOn(server.url), close };
  } catch (error) {
    await release();
    throw error;
  }
};

const openSource = async (checkout: string, settings: Settings): Promise<Source> => {
  const { database, dataDir } = settings;
  if (database.kind === 'embedded') return openEmbedded(checkout, dataDir);
  const { path } = await locateDataFolder(dataDir, checkout, undefined);
  const keyFolder = join(path, 'keys');
  const keys = await loadKeys(keyFolder, await existingIn(path));
  const urls = database.kind === 'given' ? database.urls : urlsOn(database.url);
  return { keyFolder, secret: keys.databaseRoles, urls, close: async () => {} };
};

/** Made, or empty already, and nobody else's to read. */
const openTarget = async (folder: string): Promise<string> => {
  const path = resolve(folder);
  await mkdir(path, { recursive: true, mode: 0o700 });
  if ((await readdir(path)).length > 0) {
    throw new StartRefused(
      `目标文件夹不是空的：${path} · the folder is not empty: ${path}; a backup needs one of its own`,
    );
  }
  return path;
};

const serverVersion = async (url: string): Promise<string> => {
  const client = await connect(url);
  try {
    await requireBackupRights(client);
    const { rows } = await client.query<{ version: string }>('show server_version');
    return String(Object.values(rows[0] ?? {})[0]);
  } finally {
    await client.end();
  }
};

const copyAll = async (source: Source, folder: string, terminal: Terminal) => {
  const madeAt = systemClock();
  const version = await serverVersion(source.urls.ledger);
  let log: Manifest['log'] | undefined;
  const copied: Partial<Record<ServiceId, DatabaseBackup>> = {};
  for (const [i, service] of ORDER.entries()) {
    copied[service] = await copyDatabase({
      ...{ service, folder, url: source.urls[service] },
      onTable: (name, done, of) =>
        terminal.progress(
          Math.floor(((i + done / of) / ORDER.length) * PERCENT),
          `${service} ${name}`,
        ),
      ...(service === 'ledger'
        ? {
            alsoRead: async (client) => {
              log = await readLogHead(client);
            },
          }
        : {}),
    });
  }
  const { subsidy, market, ledger } = copied;
  if (!log || !subsidy || !market || !ledger) throw new Error('a database was left out');
  const databases = { subsidy, market, ledger };
  return sealed({ madeAt, serverVersion: version, log, databases }, source.secret);
};

/** Of a folder too: a file is not there for good before its name is. */
const syncFolders = async (folder: string): Promise<void> => {
  for (const path of [...SERVICES.map((service) => join(folder, service)), folder]) {
    const handle = await open(path, 'r');
    await handle.sync();
    await handle.close();
  }
};

const megabytes = (manifest: Manifest): string => {
  const files = Object.values(manifest.databases).flatMap((database) => database.tables);
  return (files.reduce((sum, file) => sum + file.bytes, 0) / 1e6).toFixed(1);
};

/** Writes a backup of all three databases; its manifest comes last and makes it one. */
export const takeBackup = async (
  checkout: string,
  settings: Settings,
  to: string,
  terminal: Terminal,
): Promise<void> => {
  const folder = await openTarget(to);
  const source = await openSource(checkout, settings);
  try {
    const manifest = await copyAll(source, folder, terminal);
    await writeManifest(folder, manifest);
    await syncFolders(folder);
    const { size, root } = manifest.log;
    terminal.progress(PERCENT, '');
    terminal.step(`备份完成 ${folder}`, `backup done, ${megabytes(manifest)} MB`);
    terminal.line(`  账本 log    ${size} 条 events, root ${root}`);
    terminal.line(`  密钥不在备份内，须另行保存 · the keys are not in it, keep them apart:`);
    terminal.line(`  ${source.keyFolder}`);
  } finally {
    await source.close();
  }
};
