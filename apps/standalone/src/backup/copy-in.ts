import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { StartRefused } from '@jishi/runtime/config';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DatabaseBackup, TableBackup } from './manifest.ts';
import { columnsOf } from './schema.ts';

const refuse = (zh: string, en: string): never => {
  throw new StartRefused(`备份未恢复：${zh} · not restored: ${en}`);
};

/** Every file is there, as long as it was, with the bytes it had. Nothing is loaded before. */
export const requireFiles = async (
  folder: string,
  tables: readonly TableBackup[],
  onFile: (name: string, done: number, of: number) => void,
): Promise<void> => {
  for (const [i, { file, bytes, sha256 }] of tables.entries()) {
    onFile(file, i, tables.length);
    const path = join(folder, file);
    const size = await stat(path).then(
      (found) => found.size,
      () => refuse(`缺少文件 ${file}`, `the file ${file} is missing`),
    );
    if (size !== bytes) refuse(`${file} 不完整`, `${file} has ${size} bytes, not ${bytes}`);
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    if (hash.digest('hex') !== sha256) refuse(`${file} 被改动过`, `${file} was altered`);
  }
};

const requireSameTables = async (client: pg.Client, backup: DatabaseBackup): Promise<void> => {
  const told = (tables: readonly { name: string; columns: readonly string[] }[]): string =>
    tables.map(({ name, columns }) => `${name}(${[...columns].sort().join()})`).join();
  const sorted = [...backup.tables].sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = [...(await columnsOf(client))].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (told(found) === told(sorted)) return;
  refuse('表结构与备份不符', 'the tables that the migrations made are not those of the backup');
};

const loadTable = async (client: pg.Client, folder: string, table: TableBackup): Promise<void> => {
  const columns = table.columns.map((c) => `"${c}"`).join(', ');
  const target = client.query(copyFrom(`copy "${table.name}" (${columns}) from stdin`));
  await pipeline(createReadStream(join(folder, table.file)), createGunzip(), target);
  if (target.rowCount === table.rows) return;
  refuse(`${table.name} 行数不符`, `${table.name}: ${target.rowCount} rows, not ${table.rows}`);
};

export interface CopyIn {
  readonly url: string;
  readonly folder: string;
  readonly backup: DatabaseBackup;
  readonly onTable: (name: string, done: number, of: number) => void;
}

/**
 * Fills one migrated, still unused database, all or nothing. As a replica: triggers and foreign
 * keys looked at these rows when they were first written.
 */
export const loadDatabase = async ({ url, folder, backup, onTable }: CopyIn): Promise<void> => {
  const client = new pg.Client({ connectionString: url, application_name: 'jishi-restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    await requireSameTables(client, backup);
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query('set local row_security = off');
    const names = backup.tables.map(({ name }) => `"${name}"`).join(', ');
    // What migrations put there is in the backup, too.
    await client.query(`truncate ${names}`);
    for (const [i, table] of backup.tables.entries()) {
      onTable(table.name, i, backup.tables.length);
      await loadTable(client, folder, table);
    }
    for (const { name, last } of backup.sequences) {
      if (last !== null)
        await client.query('select setval($1::regclass, $2::bigint)', [name, last]);
    }
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
};
