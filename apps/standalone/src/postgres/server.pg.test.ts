import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { isPostmasterAlive, readPostmaster } from './postmaster.ts';
import { startProductServer } from './product.ts';
import { type RunningServer, startServer } from './server.ts';
import { startThrowAwayServer } from './throw-away.ts';

let parent: string;
let folder: string;
let stops: (() => Promise<void>)[];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'jishi-server-'));
  folder = join(parent, 'postgres');
  await chmod(parent, 0o755);
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await rm(parent, { recursive: true, force: true });
});

const start = async (password = 'secret'): Promise<RunningServer> => {
  const account = await findAccount();
  const binaries = await findBinaries(account);
  const settings = { fsync: 'off' };
  const server = await startServer({ account, binaries, folder, password, settings });
  stops.push(server.stop);
  return server;
};

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

describe('the embedded server', () => {
  it('has ICU order, UTF-8, checksums, passwords, loopback alone and a private folder', async () => {
    const server = await start();
    const rows = await query(
      server.url,
      `select datlocale, datlocprovider, pg_encoding_to_char(encoding) as encoding,
        current_setting('data_checksums') as checksums,
        current_setting('listen_addresses') as addresses,
        current_setting('unix_socket_directories') as sockets,
        (select bool_and(auth_method = 'scram-sha-256') from pg_hba_file_rules) as scram
        from pg_database where datname = current_database()`,
    );
    const locale = { datlocale: 'und', datlocprovider: 'i', encoding: 'UTF8', checksums: 'on' };
    expect(rows).toStrictEqual([{ ...locale, addresses: '127.0.0.1', sockets: '', scram: true }]);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await expect(query(server.url.replace('secret', 'guess'), 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('still running is used again; another password does not open it', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ pid: first.pid, url: first.url, reused: true });
    await expect(start('another')).rejects.toThrow('postgres-password');
  });

  it('killed with -9, zombie or not, recovers what was committed', async () => {
    const first = await start();
    await query(first.url, 'create table kept (id int); insert into kept values (7)');
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(second.reused).toBe(false);
    expect(await query(second.url, 'select id from kept')).toStrictEqual([{ id: 7 }]);
  });

  it('stopped leaves no process and no pid file', async () => {
    const server = await start();
    await server.stop();
    expect(await isPostmasterAlive(server.pid, folder)).toBe(false);
    expect(await readPostmaster(folder)).toBeNull();
  });

  it('does not take a stranger with the old number for its server', async () => {
    const first = await start();
    await first.stop();
    const file = join(folder, 'postmaster.pid');
    await writeFile(file, `${process.pid}\n${folder}\n0\n${first.port}\n\n127.0.0.1\n\nready\n`);
    const second = await start();
    expect(second.pid).not.toBe(process.pid);
  });

  it('makes a folder again whose first making was cut', async () => {
    const first = await start();
    await first.stop();
    await writeFile(`${folder}.initialising`, '');
    await rm(join(folder, 'global'), { recursive: true });
    expect(await query((await start()).url, 'select 1 as one')).toStrictEqual([{ one: 1 }]);
  });
});

it('the product’s server keeps fsync, and comes back on its port when it dies', async () => {
  const told: string[] = [];
  const server = await startProductServer({
    account: await findAccount(),
    dataFolder: parent,
    password: randomBytes(8).toString('hex'),
    tell: (_, en) => told.push(en),
  });
  stops.push(server.stop);
  const durable =
    "select current_setting('fsync') as fsync, current_setting('full_page_writes') as p";
  expect(await query(server.url, durable)).toStrictEqual([{ fsync: 'on', p: 'on' }]);
  const before = await readPostmaster(folder);
  process.kill(before?.pid ?? 0, 'SIGKILL');
  await expect.poll(() => told, { timeout: 20_000 }).toContain('the database is back');
  expect(await query(server.url, 'select 1 as one')).toStrictEqual([{ one: 1 }]);
});

it('a database whose files are gone is never replaced by an empty one', async () => {
  const told: string[] = [];
  const server = await startProductServer({
    account: await findAccount(),
    dataFolder: parent,
    password: 'secret',
    tell: (_, en) => told.push(en),
  });
  stops.push(server.stop);
  const before = await readPostmaster(folder);
  const away = `${folder}.away`;
  await rename(folder, away);
  process.kill(before?.pid ?? 0, 'SIGKILL');
  const missing = expect.stringContaining('the files of the database are missing');
  await expect.poll(() => told, { timeout: 20_000 }).toContainEqual(missing);
  await rename(away, folder);
  await expect.poll(() => told, { timeout: 20_000 }).toContain('the database is back');
});

it('a folder that lost its version file is refused, not emptied', async () => {
  await (await start()).stop();
  await rm(join(folder, 'PG_VERSION'));
  await expect(start()).rejects.toThrow('the files of the database are missing');
  expect((await stat(join(folder, 'base'))).isDirectory()).toBe(true);
});

it('a throw-away server and its folder are gone once they are removed', async () => {
  const server = await startThrowAwayServer();
  const found = await readPostmaster(join(server.folder, 'data'));
  expect(await query(server.url, 'show fsync')).toStrictEqual([{ fsync: 'off' }]);
  await server.remove();
  await expect(readFile(join(server.folder, 'data', 'PG_VERSION'))).rejects.toThrow('ENOENT');
  expect(await isPostmasterAlive(found?.pid ?? 0, join(server.folder, 'data'))).toBe(false);
});
