import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

const { Pool, types } = pg;

/** Parsers of this pool alone: int8 as bigint; dates and instants as text, never as Date. */
const OID_INT8 = 20;
const OID_DATE = 1082;
const OID_TIMESTAMPTZ = 1184;
const utcText = (value: string): string =>
  new Date(value.replace(' ', 'T').replace(/\+00$/, 'Z')).toISOString();
const poolTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return types.getTypeParser(oid, 'binary');
    if (oid === OID_INT8) return BigInt;
    if (oid === OID_DATE) return (value: string) => value;
    if (oid === OID_TIMESTAMPTZ) return utcText;
    return types.getTypeParser(oid, 'text');
  },
} as unknown as NonNullable<pg.PoolConfig['types']>;

const POOL_SIZE_DEFAULT = 10;
/** Long enough for a machine that is busy with itself; a server that is gone refuses at once. */
const CONNECT_TIMEOUT_MS = 5_000;

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize?: number;
  /** How long a query waits for a connection; 0 for ever. */
  readonly connectTimeoutMs?: number;
  readonly applicationName?: string;
}

export const openPool = (options: DatabaseOptions): pg.Pool => {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize ?? POOL_SIZE_DEFAULT,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    application_name: options.applicationName ?? 'jishi',
    types: poolTypes,
    options: '-c timezone=UTC',
  });
  // An idle connection that the server drops must not end the process; the next query reconnects.
  pool.on('error', () => {});
  // A connection that dies between two statements of a transaction says so as an event without a
  // query to fail; unheard it would end the process. The transaction's next statement fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};

export const openDatabase = <Tables>(pool: pg.Pool): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });

/**
 * Brings a database to the newest of a service's frozen, forward-only migrations. Kysely holds an
 * advisory lock meanwhile, so several starting processes are safe.
 */
export const migrateToLatest = async (
  db: Kysely<unknown>,
  migrations: Record<string, Migration>,
): Promise<void> => {
  const migrator = new Migrator({
    // biome-ignore lint/suspicious/noExplicitAny: the migrator is the same for every schema.
    db: db as Kysely<any>,
    provider: { getMigrations: async () => migrations },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};

/** Whether the server answers at all; for health. */
export const isReachable = async (db: Kysely<unknown>): Promise<boolean> => {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
};
