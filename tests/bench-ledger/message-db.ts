import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { newId } from '@jishi/contracts/ids';
import { DATA_TEXT, HIDDEN_TEXT, openRivalPool, type Rival } from './rival.ts';

/** The package's files in the order of its own install.sh, which needs psql; views are left out. */
const FILES = [
  ...['roles/message-store', 'schema/message-store', 'extensions/pgcrypto', 'tables/messages'],
  'types/message',
  ...[
    ...['message-store-version', 'hash-64', 'acquire-lock', 'category', 'is-category', 'id'],
    ...['cardinal-id', 'stream-version', 'write-message'],
  ].map((name) => `functions/${name}`),
  ...['indexes/messages-id', 'indexes/messages-stream', 'indexes/messages-category'],
];

export const openMessageDb = async (url: string): Promise<Rival> => {
  const manifest = createRequire(import.meta.url).resolve('@eventide/message-db/package.json');
  // Its functions call each other by name alone, so each connection must look in its schema.
  const setup = openRivalPool(url);
  const { rows } = await setup.query('select current_database() as name');
  await setup.query(`alter database ${rows[0].name} set search_path = message_store, public`);
  await setup.end();
  const pool = openRivalPool(url);
  for (const file of FILES) {
    await pool.query(await readFile(join(dirname(manifest), 'database', `${file}.sql`), 'utf8'));
  }
  return {
    append: async () => {
      await pool.query({
        name: 'write',
        text: 'select write_message($1, $2, $3, $4, $5, $6)',
        values: [newId(), `contract-${newId()}`, 'ReceiptRecorded', DATA_TEXT, HIDDEN_TEXT, -1],
      });
    },
    close: () => pool.end(),
  };
};
