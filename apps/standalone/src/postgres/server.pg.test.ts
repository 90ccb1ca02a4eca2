import { createTestDatabase } from '@jishi/runtime/testing/database';
import pg from 'pg';
import { expect, it } from 'vitest';

it('the embedded server has ICU order, UTF-8 and data checksums, on loopback alone', async () => {
  const database = await createTestDatabase('launcher');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(`select datlocale, datlocprovider,
    pg_encoding_to_char(encoding) as encoding, current_setting('data_checksums') as checksums,
    current_setting('listen_addresses') as addresses
    from pg_database where datname = current_database()`);
  await client.end();
  await database.drop();
  expect(rows).toStrictEqual([
    {
      datlocale: 'und',
      datlocprovider: 'i',
      encoding: 'UTF8',
      checksums: 'on',
      addresses: '127.0.0.1',
    },
  ]);
});
