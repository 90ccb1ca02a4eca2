import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ServiceId } from '../databases.ts';
import type { DatabaseBackup, TableBackup } from './manifest.ts';
import { columnsOf, type TableColumns } from './schema.ts';

/** Passes bytes on and keeps their hash and number. */
export const measured = () => {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, bytes: () => bytes, sha256: () => hash.digest('hex') };
};

const quoted = (columns: readonly string[]): string => columns.map((c) => `"${c}"`).join(', ');

const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

const copyTable = async (
  client: pg.Client,
  service: ServiceId,
  { name, columns }: TableColumns,
  folder: string,
): Promise<TableBackup> => {
  const file = `${service}/${name}.copy.gz`;
  const source = client.query(copyTo(`copy "${name}" (${quoted(columns)}) to stdout`));
  const { stream, bytes, sha256 } = measured();
  const path = join(folder, file);
  const target = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  await pipeline(source, createGzip({ level: 4 }), stream, target);
  await syncFile(path);
  return {
    name,
    columns: [...columns],
    rows: source.rowCount,
    file,
    bytes: bytes(),
    sha256: sha256(),
  };
};

export interface CopyOut {
  readonly service: ServiceId;
  readonly url: string;
  readonly folder: string;
  readonly onTable: (name: string, done: number, of: number) => void;
  /** Reads more within the same snapshot. */
  readonly alsoRead?: (client: pg.Client) => Promise<void>;
}

/** One database as of one moment: every reader and writer goes on meanwhile. */
export const copyDatabase = async (options: CopyOut): Promise<DatabaseBackup> => {
  const { service, url, folder, onTable } = options;
  const client = new pg.Client({ connectionString: url, application_name: 'jishi-backup' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    // A policy that hid rows would make a backup with holes: an error instead.
    await client.query('set local row_security = off');
    const migrations = await client.query<{ name: string }>(
      'select name from kysely_migration order by name',
    );
    const found = await columnsOf(client);
    await mkdir(join(folder, service), { mode: 0o700 });
    const tables: TableBackup[] = [];
    for (const table of found) {
      onTable(table.name, tables.length, found.length);
      tables.push(await copyTable(client, service, table, folder));
    }
    await options.alsoRead?.(client);
    const sequences = await client.query<{ name: string; last: string | null }>(
      `select sequencename as name, last_value::text as last from pg_sequences
       where schemaname = 'public' order by sequencename`,
    );
    await client.query('commit');
    return {
      migrations: migrations.rows.map((row) => row.name),
      tables,
      sequences: sequences.rows,
    };
  } finally {
    await client.end();
  }
};
