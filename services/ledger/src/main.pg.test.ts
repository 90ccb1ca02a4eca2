import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@jishi/runtime/testing/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The real process, with an owner that migrates and an application role that serves. */

let database: TestDatabase;
let name: string;
let app: string;
const children: ChildProcess[] = [];

const query = async (url: string, text: string): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  database = await createTestDatabase('ledger_main');
  const url = new URL(database.url);
  name = url.pathname.slice(1);
  await query(database.url, `create role ${name}_app login password 'x'`);
  url.username = `${name}_app`;
  url.password = 'x';
  app = url.toString();
});

afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  const server = new URL(database.url);
  server.pathname = '/postgres';
  await database.drop();
  await query(server.toString(), `drop role ${name}_app`);
});

const spki = (): string =>
  generateKeyPairSync('ed25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64');

const newHeadKey = (): string =>
  generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64');
const HEAD_KEY = newHeadKey();

const start = (log: 'real' | 'synthetic', headKey: string = HEAD_KEY): ChildProcess => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      ...{ PORT: '0', DATABASE_URL: app, OWNER_DATABASE_URL: database.url, JISHI_LOG: log },
      ...{ SERVICE_KEY: 'unused', TRUSTED_KEYS: JSON.stringify({ 'jishi-people': spki() }) },
      LOG_LEVEL: 'silent',
      ...(headKey === '' ? {} : { LOG_HEAD_KEY: headKey }),
    },
  });
  children.push(child);
  return child;
};

const listening = async (child: ChildProcess): Promise<string> => {
  const [message] = (await once(child, 'message')) as [{ listening: number }];
  return `http://127.0.0.1:${message.listening}/api/ledger`;
};

test('it migrates, opens the log, serves as the application role, and ends at SIGTERM', async () => {
  const child = start('synthetic');
  const base = await listening(child);
  const health = (await (await fetch(`${base}/health`)).json()) as Record<string, unknown>;
  expect(health).toMatchObject({
    ...{ service: 'ledger', status: 'ok', notes: [] },
    figures: { log: 'synthetic', head: 1 },
  });
  const head = (await (await fetch(`${base}/log/head`)).json()) as Record<string, unknown>;
  const signed = (await (await fetch(`${base}/log/signed-head`)).json()) as Record<string, unknown>;
  expect(signed).toMatchObject({ size: 1, kind: 'synthetic' });
  expect(head).toMatchObject({ seq: 1, kind: 'synthetic' });
  const document = (await (await fetch(`${base}/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(document.paths)).toContain('/api/ledger/registrations/{contractId}/approve');
  expect((await fetch(`${base}/docs`)).headers.get('content-type')).toContain('text/html');

  // A second process on the same log, then the end of the first.
  const other = await listening(start('synthetic'));
  expect(await (await fetch(`${other}/log/head`)).json()).toStrictEqual(head);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
});

test('a log of the other kind refuses the start, in one line', async () => {
  const child = start('real');
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('the log is synthetic for life, but JISHI_LOG=real');
});

test('without a key heads are not signed, and health says so', async () => {
  const base = await listening(start('synthetic', ''));
  const health = (await (await fetch(`${base}/health`)).json()) as Record<string, unknown>;
  expect(health).toMatchObject({ status: 'degraded', figures: { headSigning: 'off' } });
  expect(JSON.stringify(health.notes)).toContain('LOG_HEAD_KEY');
});

test('another key than that of the latest head refuses the start, in one line', async () => {
  const child = start('synthetic', newHeadKey());
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('LOG_HEAD_KEY');
});

test('the application role can neither write to the log past the functions nor change it', async () => {
  for (const text of [
    `update log set envelope = '{}'`,
    'delete from log',
    `update signed_head set note = ''`,
    'delete from signed_head',
    `update log_subtree set root = sha256('x')`,
    'delete from log_subtree',
    'truncate log',
    `insert into log select seq + 1, stream, version + 1, command_org, command_id,
      command_part + 1, command_hash, type, envelope, leaf, recorded_at from log`,
    'update log_head set seq = 0',
    'delete from private_part',
    'delete from private_remainder',
    `insert into private_remainder values (1, 1, '{}')`,
    'delete from claim',
  ]) {
    await expect(query(app, text)).rejects.toThrow('permission denied');
  }
  expect((await query(app, 'select count(*)::int as n from log')).rows).toStrictEqual([{ n: 1 }]);
});
