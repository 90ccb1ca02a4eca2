import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefused } from '@jishi/runtime/config';
import { buildConsole } from './console-build.ts';
import { openDataFolder } from './data-folder.ts';
import {
  givenDatabases,
  holdsData,
  holdsTables,
  provisionDatabases,
  SERVICES,
  type ServiceDatabases,
  type ServiceId,
} from './databases.ts';
import { loadDemoAccounts } from './demo-accounts.ts';
import { createEnding, endOnSignals } from './ending.ts';
import { freePorts } from './free-ports.ts';
import { createFrontDoorApp } from './front-door/app.ts';
import { loadConsole, PLACEHOLDER } from './front-door/console-files.ts';
import { overallHealth } from './front-door/health.ts';
import { openFrontDoor } from './front-door/listen.ts';
import { renderProblemPages } from './front-door/problem-pages.ts';
import { existingIn, headsFileOf } from './heads-file.ts';
import { type Keys, loadKeys } from './installation-keys.ts';
import { openLogFile } from './log-file.ts';
import { findAccount } from './postgres/account.ts';
import { hasServerData, startProductServer } from './postgres/product.ts';
import { holdUntilSeeded, seedBehind } from './seed-behind.ts';
import { type Command, serviceEnvironment, sourceCommand } from './service-processes.ts';
import type { Settings } from './settings.ts';
import type { Start } from './start-state.ts';
import { ServiceRefused, supervise } from './supervise.ts';
import { type Terminal, welcome } from './terminal.ts';

const openDoor = (start: Start) => {
  const { checkout, services, settings } = start;
  const portOf = (name: ServiceId): number | null => services.get(name)?.port() ?? null;
  const isService = (name: string): name is ServiceId => SERVICES.some((s) => s === name);
  return openFrontDoor({
    host: settings.host,
    port: settings.port,
    publicUrl: settings.publicUrl,
    proxies: settings.proxies,
    portOf: (name) => (isService(name) ? portOf(name) : undefined),
    isHeld: () => start.isHeld,
    app: (publicUrl) =>
      createFrontDoorApp({
        publicUrl,
        console: () => start.console,
        health: () => overallHealth({ log: settings.log, portOf, notes: () => start.notes }),
        problemPages: () => renderProblemPages(join(checkout, 'docs/problems.md')),
      }),
  });
};

const dataExists = (start: Start): Promise<boolean> => {
  const { database } = start.settings;
  switch (database.kind) {
    case 'embedded':
      return hasServerData(start.dataFolder);
    case 'server':
      return holdsData(database.url);
    case 'given':
      return holdsTables(database.urls.ledger);
  }
};

const openDatabases = async (start: Start, keys: Keys): Promise<ServiceDatabases> => {
  const { account, dataFolder, ending, settings, terminal } = start;
  const { database } = settings;
  if (database.kind === 'given') return givenDatabases(database.urls);
  if (database.kind === 'server') return provisionDatabases(database.url, keys.databaseRoles);
  if (!account) throw new Error('the embedded database needs an account');
  const server = await startProductServer({
    account,
    dataFolder,
    password: keys.postgresPassword,
    tell: terminal.step,
  });
  await ending.add('database', server.stop);
  if (server.reused) terminal.step('沿用仍在运行的数据库', 'found the database still running');
  return provisionDatabases(server.url, keys.databaseRoles);
};

const startServices = async (
  start: Start,
  about: { databases: ServiceDatabases; keys: Keys; publicUrl: string; demoFile?: string },
): Promise<void> => {
  const { checkout, commandOf, ending, services, terminal } = start;
  // Chosen once: the services find each other again after a restart.
  const [market = 0, ledger = 0, subsidy = 0] = await freePorts(SERVICES.length);
  const options = {
    settings: start.settings,
    publicUrl: about.publicUrl,
    databases: about.databases,
    keys: about.keys,
    ports: { market, ledger, subsidy },
    demoAccountsFile: about.demoFile,
    headsFile: headsFileOf(start.dataFolder),
  };
  for (const name of SERVICES) {
    const log = openLogFile(join(start.dataFolder, 'logs', `${name}.log`));
    const service = supervise({
      name,
      command: commandOf(name),
      folder: checkout,
      env: serviceEnvironment(name, options),
      log,
      tell: terminal.step,
    });
    services.set(name, service);
  }
  await ending.add('services', async () => {
    await Promise.all([...services.values()].map((service) => service.stop()));
  });
  await Promise.all([...services.values()].map((service) => service.listening));
};

const buildPage = async (start: Start): Promise<void> => {
  const { checkout, dataFolder, terminal } = start;
  const folder = await buildConsole(checkout, dataFolder, () =>
    terminal.step('构建网页（仅在改动后）', 'building the console, as its sources changed'),
  );
  if (folder) start.console = await loadConsole(folder);
};

/** Programs of this checkout find the running market by its data folder, whatever its port. */
const sayAddress = async ({ dataFolder, ending }: Start, baseUrl: string): Promise<void> => {
  const file = join(dataFolder, 'address');
  await writeFile(file, `${baseUrl}\n`);
  await ending.add('address', () => rm(file, { force: true }));
};

const run = async (start: Start): Promise<void> => {
  const { ending, settings, terminal } = start;
  await holdUntilSeeded(start);
  const door = await openDoor(start);
  await ending.add('front door', door.close);
  await sayAddress(start, `http://127.0.0.1:${door.port}`);
  const held = await existingIn(start.dataFolder, await dataExists(start));
  const keys = await loadKeys(join(start.dataFolder, 'keys'), held);
  const page = buildPage(start);
  page.catch(() => {});
  terminal.step('准备数据库', 'preparing the database');
  const databases = await openDatabases(start, keys);
  const demoFile = settings.demo ? join(start.dataFolder, 'demo-accounts.json') : undefined;
  const accounts = demoFile ? await loadDemoAccounts(demoFile) : [];
  terminal.step('启动三个服务', 'starting the three services');
  await startServices(start, {
    databases,
    keys,
    publicUrl: door.publicUrl,
    ...(demoFile ? { demoFile } : {}),
  });
  await page;
  terminal.step('就绪', 'ready');
  welcome(terminal, {
    publicUrl: door.publicUrl,
    dataFolder: start.dataFolder,
    isFolderNamed: settings.dataDir !== undefined,
    log: settings.log,
    accounts,
    accountsFile: demoFile ?? '',
  });
  const baseUrl = `http://127.0.0.1:${door.port}`;
  if (settings.seed && demoFile) await seedBehind(start, { databases, baseUrl, demoFile });
};

/** Starts the whole market and returns when it serves; a refusal ends what had begun. */
export const launch = async (
  checkout: string,
  settings: Settings,
  terminal: Terminal,
  commandOf: (service: ServiceId) => Command = sourceCommand(checkout),
): Promise<void> => {
  const account = settings.database.kind === 'embedded' ? await findAccount() : undefined;
  const data = await openDataFolder(settings.dataDir, checkout, account);
  if (data.instead) terminal.step(`数据目录 ${data.path}`, `data folder, because ${data.instead}`);
  const ending = createEnding((name, error) => terminal.line(`${name}: ${String(error)}`));
  endOnSignals(ending, terminal.step);
  await ending.add('data folder', data.release);
  const start: Start = {
    checkout,
    settings,
    terminal,
    ending,
    dataFolder: data.path,
    account,
    services: new Map(),
    commandOf,
    ...{ console: PLACEHOLDER, notes: [], isHeld: false },
  };
  try {
    await mkdir(join(data.path, 'logs'), { recursive: true });
    await chmod(join(data.path, 'logs'), 0o700);
    await run(start);
  } catch (error) {
    // Ctrl-C in mid-start makes steps fail; that ending is under way and tells its own end.
    if (ending.begun()) return;
    await ending.run();
    throw error instanceof ServiceRefused ? new StartRefused(error.message) : error;
  }
};
