import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { openLog } from '@jishi/ledger/process/open-log';
import { MIGRATIONS } from '@jishi/ledger/store/all-migrations';
import { createAppendQueue } from '@jishi/ledger/store/log/append-queue';
import type { LogTables } from '@jishi/ledger/store/log/tables';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { startThrowAwayServer } from '@jishi/standalone/postgres/throw-away';
import pg from 'pg';
import { v7 } from 'uuid';
import { familyOf, kill, type Process, postmasterBelow } from '../drill/processes.ts';
import type { Random } from '../drill/random.ts';
import { SEEN_TABLE } from './tasks.ts';

const DATABASE = 'crash';
const ROLE = `${DATABASE}_app`;
const START_TRIES_MAX = 20;

/** As durable as the product's own: fsync, full_page_writes and synchronous_commit stay on. */
const SETTINGS = { max_connections: '100', restart_after_crash: 'on' };
/** Small files, for a small disk. */
const SMALL = { ...SETTINGS, min_wal_size: '32MB', max_wal_size: '64MB', shared_buffers: '32MB' };

export interface CrashServer {
  /** Of the serving role, which writes through the functions alone. */
  readonly url: string;
  /** Of the superuser, for the audit. */
  readonly adminUrl: string;
  readonly dataFolder: string;
  readonly folder: string;
  /** One backend of the writers or consumers, if any is at work. */
  readonly backend: (random: Random) => Promise<Process | undefined>;
  /** Kill -9 of the postmaster and all its children, then a start. */
  readonly crash: () => Promise<void>;
  /** Starts it if it is not there. */
  readonly ensure: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

const urlOf = (adminUrl: string, database: string, role?: string, password?: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (role && password) {
    url.username = role;
    url.password = password;
  }
  return url.toString();
};

/** A migrated ledger with an opened log, its serving role, and the consumers' effect table. */
const prepare = async (serverUrl: string): Promise<{ url: string; adminUrl: string }> => {
  const password = randomBytes(16).toString('hex');
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(`create role ${ROLE} login password '${password}'`);
    await admin.query(`create database ${DATABASE}`);
  } finally {
    await admin.end();
  }
  const adminUrl = urlOf(serverUrl, DATABASE);
  const pool = openPool({ url: adminUrl, poolSize: 1 });
  try {
    await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
    const queue = createAppendQueue(pool);
    const sources = { newId: v7, newSalt: () => randomBytes(32), now: () => null };
    await openLog({ db: openDatabase<LogTables>(pool), queue, sources }, 'synthetic');
    await queue.close();
    // No unique key on purpose: what is seen twice must be able to show.
    await pool.query(`create table ${SEEN_TABLE} (
      place bigint generated always as identity, seq bigint, leaf bytea, consumer integer)`);
    await pool.query(`grant select, insert on ${SEEN_TABLE} to ${ROLE}`);
  } finally {
    await pool.end();
  }
  return { url: urlOf(serverUrl, DATABASE, ROLE, password), adminUrl };
};

const run = promisify(execFile);

/** A disk of memory, if this account may mount one; what it says when it may not. */
const mountMemory =
  (megabytes: number) =>
  async (place: string): Promise<void> => {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', place]);
  };

export const startCrashServer = async ({
  diskMegabytes,
}: {
  diskMegabytes?: number;
} = {}): Promise<CrashServer> => {
  const server = await startThrowAwayServer(
    diskMegabytes
      ? { settings: SMALL, mountDisk: mountMemory(diskMegabytes) }
      : { settings: SETTINGS },
  );
  const postmaster = (): Promise<number | undefined> => postmasterBelow(server.folder);
  const ensure = async (): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await server.restart();
      } catch (error) {
        if (tries >= START_TRIES_MAX) throw error;
      }
    }
  };
  return {
    ...(await prepare(server.url)),
    dataFolder: server.dataFolder,
    folder: server.folder,
    backend: async (random) => {
      const root = await postmaster();
      const family = root ? await familyOf(root) : [];
      const backends = family.filter((p) => p.command.includes(`postgres: ${ROLE}`));
      return backends.length > 0 ? random.pick(backends) : undefined;
    },
    crash: async () => {
      const root = await postmaster();
      for (const { pid } of root ? await familyOf(root) : []) kill(pid);
      await ensure();
    },
    ensure,
    remove: server.remove,
  };
};
