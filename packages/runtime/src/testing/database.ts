import { randomUUID } from 'node:crypto';
import pg from 'pg';

/**
 * A fresh database on the test server for one test file. Fails, never skips, without a server:
 * the test command starts one (tests/support/postgres.ts) and names it in TEST_DATABASE_URL.
 */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

export const createTestDatabase = async (label: string): Promise<TestDatabase> => {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the tests by `pnpm test`');
  const name = `t_${label}_${randomUUID().slice(0, 8)}`;
  const admin = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await admin(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => admin(`drop database if exists ${name} with (force)`),
  };
};
