import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { databaseName, holdsTables, provisionDatabases, SERVICES } from './databases.ts';
import { startThrowAwayServer, type ThrowAwayServer } from './postgres/throw-away.ts';

/** Roles and the three names are a whole server's, so each test has a server of its own. */
let server: ThrowAwayServer | undefined;
afterEach(async () => {
  await server?.remove();
  server = undefined;
});

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const asRole = (url: string, user: string, password: string, database: string): string => {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  changed.pathname = `/${database}`;
  return changed.toString();
};

describe('provisioning a server', () => {
  it('gives each service a database, an owner that migrates and a role that only serves', async () => {
    server = await startThrowAwayServer();
    const databases = await provisionDatabases(server.url, 'secret');
    expect(await provisionDatabases(server.url, 'secret')).toStrictEqual(databases);
    for (const service of SERVICES) {
      const { appUrl, ownerUrl } = databases[service];
      expect(await holdsTables(ownerUrl)).toBe(false);
      await query(ownerUrl, 'create table t (id int)');
      expect(await holdsTables(ownerUrl)).toBe(true);
      await expect(query(appUrl, 'create table u (id int)')).rejects.toThrow('permission denied');
      await expect(query(appUrl, 'select * from t')).rejects.toThrow('permission denied');
      const roles = await query(
        appUrl,
        'select rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user',
      );
      expect(roles).toStrictEqual([{ rolsuper: false, rolbypassrls: false, rolcreatedb: false }]);
    }
    for (const [own, other] of [
      ['market', 'ledger'],
      ['ledger', 'subsidy'],
      ['subsidy', 'market'],
    ] as const) {
      for (const url of Object.values(databases[own])) {
        const elsewhere = new URL(url);
        elsewhere.pathname = `/${databaseName(other)}`;
        await expect(query(elsewhere.toString(), 'select 1')).rejects.toThrow('permission denied');
      }
    }
  });

  it('works for a role that may create databases and roles, without being superuser', async () => {
    server = await startThrowAwayServer();
    const password = randomUUID();
    await query(server.url, `create role maker login createdb createrole password '${password}'`);
    const url = asRole(server.url, 'maker', password, 'postgres');
    const databases = await provisionDatabases(url, 'secret');
    expect(await provisionDatabases(url, 'secret')).toStrictEqual(databases);
    await query(databases.ledger.ownerUrl, 'create table t (id int)');
  });

  it.each([
    ['createdb', 'lacks CREATEROLE: '],
    ['createrole', 'lacks CREATEDB: '],
    ['', 'lacks CREATEDB, CREATEROLE: '],
  ])('with the rights %j names what is missing and the way around', async (rights, told) => {
    server = await startThrowAwayServer();
    await query(server.url, `create role weak login ${rights} password 'weak'`);
    const refused = provisionDatabases(asRole(server.url, 'weak', 'weak', 'postgres'), 'secret');
    await expect(refused).rejects.toThrow(told);
    await expect(refused).rejects.toThrow('MARKET_DATABASE_URL, LEDGER_DATABASE_URL');
  });

  it('an unreachable server is named without its password', async () => {
    const refused = provisionDatabases('postgres://me:hidden@127.0.0.1:1/x', 'secret');
    await expect(refused).rejects.toThrow('(127.0.0.1:1/x): connect ECONNREFUSED');
    await expect(refused).rejects.not.toThrow('hidden');
  });
});
