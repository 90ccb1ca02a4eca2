import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { isPostmasterAlive } from './postmaster.ts';
import { type RunningServer, startServer } from './server.ts';

/** Durable by PostgreSQL's own defaults (fsync, full_page_writes, synchronous_commit are on). */
const SETTINGS = { max_connections: '200', log_min_duration_statement: '2000' };
const WATCH_MS = 500;

export interface ProductServerOptions {
  readonly account: ServerAccount;
  readonly dataFolder: string;
  readonly password: string;
  /** The server died and is back, or could not be brought back. */
  readonly tell: (zh: string, en: string) => void;
}

export interface ProductServer {
  readonly url: string;
  readonly reused: boolean;
  readonly stop: () => Promise<void>;
}

export const folderOf = (dataFolder: string): string => join(dataFolder, 'postgres');

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Whether a finished server folder is there; one half made by a killed first start is not. */
export const hasServerData = async (dataFolder: string): Promise<boolean> =>
  (await exists(join(folderOf(dataFolder), 'PG_VERSION'))) &&
  !(await exists(`${folderOf(dataFolder)}.initialising`));

/**
 * The installation's server for a while: the one that runs, or one started now and stopped by us.
 * `mustExist` refuses to make it.
 */
export const borrowProductServer = async (
  options: Omit<ProductServerOptions, 'tell'> & { readonly mustExist: boolean },
): Promise<ProductServer> => {
  const { account, dataFolder, mustExist, password } = options;
  const server = await startServer({
    ...{ account, password, mustExist, settings: SETTINGS },
    binaries: await findBinaries(account),
    folder: folderOf(dataFolder),
  });
  return { ...server, stop: server.reused ? async () => {} : server.stop };
};

/** Starts the installation's own server and brings it back, on the same port, when it dies. */
export const startProductServer = async (options: ProductServerOptions): Promise<ProductServer> => {
  const binaries = await findBinaries(options.account);
  const folder = folderOf(options.dataFolder);
  const start = (port?: number): Promise<RunningServer> =>
    startServer({
      binaries,
      account: options.account,
      folder,
      password: options.password,
      settings: SETTINGS,
      ...(port === undefined ? {} : { port, mustExist: true }),
    });
  const first = await start();
  let server = first;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let watching: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    if (await isPostmasterAlive(server.pid, folder)) return;
    if (stopping) return;
    options.tell('数据库进程退出，正在恢复', 'the database ended, recovering it');
    try {
      server = await start(first.port);
      options.tell('数据库已恢复', 'the database is back');
    } catch (error) {
      options.tell('数据库未能恢复，稍后再试', `the database is not back yet: ${String(error)}`);
    }
  };
  const watch = (): void => {
    timer = setTimeout(() => {
      watching = look().finally(() => {
        if (!stopping) watch();
      });
    }, WATCH_MS);
  };
  watch();

  return {
    url: first.url,
    reused: first.reused,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await watching;
      await server.stop();
    },
  };
};
