import { createHmac } from 'node:crypto';
import { StartRefused } from '@jishi/runtime/config';
import pg from 'pg';

export const SERVICES = ['market', 'ledger', 'subsidy'] as const;
export type ServiceId = (typeof SERVICES)[number];

/** A service's two ways into its database: the owner migrates, the app role serves. */
export interface ServiceDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
}
export type ServiceDatabases = Readonly<Record<ServiceId, ServiceDatabase>>;

const CONNECT_TIMEOUT_MS = 5_000;
const ICU_FROM_VERSION = 150_000;

export const databaseName = (service: ServiceId): string => `jishi_${service}`;

export const connect = async (url: string): Promise<pg.Client> => {
  let client: pg.Client;
  try {
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'jishi-launcher',
    });
    client.on('error', () => {});
    await client.connect();
    return client;
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    throw new StartRefused(
      `无法连接 DATABASE_URL（${code ?? message}） · cannot connect to DATABASE_URL ` +
        `(${placeOf(url)}): ${message || code}`,
    );
  }
};

/** Host, port and database of a URL; the password is never told. */
const placeOf = (url: string): string => {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port || 5432}${pathname}`;
  } catch {
    return 'not a URL';
  }
};

interface Rights {
  readonly name: string;
  readonly superuser: boolean;
}

const requireRights = async (client: pg.Client): Promise<Rights> => {
  const { rows } = await client.query<{
    name: string;
    superuser: boolean;
    databases: boolean;
    roles: boolean;
  }>(`select rolname as name, rolsuper as superuser, rolsuper or rolcreatedb as databases,
      rolsuper or rolcreaterole as roles from pg_roles where rolname = current_user`);
  const role = rows[0];
  if (role?.databases && role.roles) return role;
  const missing = [role?.databases ? '' : 'CREATEDB', role?.roles ? '' : 'CREATEROLE'];
  const names = missing.filter(Boolean).join(', ');
  throw new StartRefused(
    `DATABASE_URL 的角色 ${role?.name} 缺少权限 ${names}；或改设三个单独的数据库地址 · ` +
      `the role ${role?.name} of DATABASE_URL lacks ${names}: grant it, or set ` +
      'MARKET_DATABASE_URL, LEDGER_DATABASE_URL and SUBSIDY_DATABASE_URL instead',
  );
};

/** Both passwords of a database derive from one kept secret: nothing else to store or lose. */
const passwordOf = (role: string, secret: string): string =>
  createHmac('sha256', secret).update(role).digest('hex');

const provisionRole = async (
  client: pg.Client,
  role: string,
  password: string,
  rights: Rights,
): Promise<void> => {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  // Names and passwords here are our own letters and hexadecimal digits: nothing to escape.
  const verb = found.rowCount === 0 ? 'create' : 'alter';
  await client.query(`${verb} role ${role} login noinherit password '${password}'`);
  if (!rights.superuser) await client.query(`grant ${role} to current_user`);
};

const provisionDatabase = async (client: pg.Client, name: string): Promise<void> => {
  const found = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (found.rowCount === 0) {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    const icu = (rows[0]?.version ?? 0) >= ICU_FROM_VERSION;
    const order = icu ? "locale_provider icu icu_locale 'und'" : '';
    await client.query(`create database ${name} owner ${name}_owner template template0
      encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' ${order}`);
  }
  await client.query(`revoke all on database ${name} from public`);
  await client.query(`grant connect on database ${name} to ${name}_app`);
};

const urlFor = (adminUrl: string, name: string, role: string, password: string): string => {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = `/${name}`;
  return url.toString();
};

/** What the owner gives the serving role; rights on tables come with the service's migrations. */
const openSchema = async (ownerUrl: string, name: string): Promise<void> => {
  const client = await connect(ownerUrl);
  try {
    await client.query(`grant usage on schema public to ${name}_app`);
  } finally {
    await client.end();
  }
};

/** Whether this server already holds data of ours: then no key may be made anew. */
export const holdsData = async (adminUrl: string): Promise<boolean> => {
  const client = await connect(adminUrl);
  try {
    const names = SERVICES.map(databaseName);
    const found = await client.query('select 1 from pg_database where datname = any($1)', [names]);
    return (found.rowCount ?? 0) > 0;
  } finally {
    await client.end();
  }
};

/** The same of a database that somebody else made: whether it has any table. */
export const holdsTables = async (url: string): Promise<boolean> => {
  const client = await connect(url);
  try {
    const found = await client.query(
      "select 1 from information_schema.tables where table_schema = 'public' limit 1",
    );
    return (found.rowCount ?? 0) > 0;
  } finally {
    await client.end();
  }
};

/** Makes the three databases and their roles where they are missing; safe to repeat. */
export const provisionDatabases = async (
  adminUrl: string,
  secret: string,
): Promise<ServiceDatabases> => {
  const client = await connect(adminUrl);
  const provision = async (service: ServiceId): Promise<ServiceDatabase> => {
    const name = databaseName(service);
    const [owner, app] = [`${name}_owner`, `${name}_app`];
    const [ownerPassword, appPassword] = [passwordOf(owner, secret), passwordOf(app, secret)];
    await provisionRole(client, owner, ownerPassword, rights);
    await provisionRole(client, app, appPassword, rights);
    await provisionDatabase(client, name);
    const ownerUrl = urlFor(adminUrl, name, owner, ownerPassword);
    await openSchema(ownerUrl, name);
    return { ownerUrl, appUrl: urlFor(adminUrl, name, app, appPassword) };
  };
  const rights = await requireRights(client);
  try {
    return {
      market: await provision('market'),
      ledger: await provision('ledger'),
      subsidy: await provision('subsidy'),
    };
  } finally {
    await client.end();
  }
};

/** One of them as another role of the same server sees it. */
export const databaseUrl = (adminUrl: string, service: ServiceId): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${databaseName(service)}`;
  return url.toString();
};

/** Takes back what was made on a server that held nothing of ours. */
export const dropDatabases = async (adminUrl: string): Promise<void> => {
  const client = await connect(adminUrl);
  try {
    for (const name of SERVICES.map(databaseName)) {
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query(`drop role if exists ${name}_app, ${name}_owner`);
    }
  } finally {
    await client.end();
  }
};

/** Three databases that somebody else made: one role each migrates and serves. */
export const givenDatabases = (urls: Readonly<Record<ServiceId, string>>): ServiceDatabases => ({
  market: { ownerUrl: urls.market, appUrl: urls.market },
  ledger: { ownerUrl: urls.ledger, appUrl: urls.ledger },
  subsidy: { ownerUrl: urls.subsidy, appUrl: urls.subsidy },
});
