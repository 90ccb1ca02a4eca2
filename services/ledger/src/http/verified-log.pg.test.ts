import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAppendQueue } from '../store/log/append-queue.ts';
import { testCommand, testEvent } from '../store/log/testing.ts';
import { openTestDesk } from './registration-testing.ts';
import { openTestApp, type TestApp } from './testing.ts';

/** A stranger's way: files from the API, and the verifier as a program of its own. */

const PROGRAM = fileURLToPath(import.meta.resolve('@jishi/proof/verify-log/main'));

let ledger: TestApp;
let desk: ReturnType<typeof openTestDesk>;
let contractId: string;
let folder: string;
let key: string;
let size: number;

interface Report {
  readonly ok: boolean;
  readonly events: number;
  readonly head: number | null;
  readonly findings: readonly Record<string, unknown>[];
}

const verify = async (...args: string[]): Promise<Report & { code: number }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number];
  return { ...(JSON.parse(output.trim().split('\n').at(-1) ?? '') as Report), code };
};

const save = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
const fetched = async (path: string, who = desk.people.auditor): Promise<string> => {
  const token = await ledger.people.tokenFor(who, 'ledger');
  return (await ledger.call('GET', path, token)).text();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jishi-verify-'));
  ledger = await openTestApp('verified');
  desk = openTestDesk(ledger);
  contractId = await desk.register();
  const early = JSON.parse(await fetched(`/log/signed-head?atLeast=${desk.lastSeq()}`));
  await save('early.json', JSON.stringify(early));
  const queue = createAppendQueue(ledger.pool);
  await queue.append(testCommand({ events: Array.from({ length: 300 }, () => testEvent()) }));
  await queue.close();
  const head = JSON.parse(await fetched('/log/signed-head?atLeast=300')) as {
    verifierKey: string;
    size: number;
  };
  ({ size, verifierKey: key } = head);
  await save('head.json', JSON.stringify(head));
  await save('heads.json', await fetched('/log/signed-heads'));
  await save('key', `${key}\n`);
  await save('export.ndjson', await fetched('/log/export'));
});

afterAll(async () => {
  await ledger.end();
  await rm(folder, { recursive: true });
});

const file = (name: string): string => join(folder, name);

test('a real export is sound under its signed heads', async () => {
  const heads = ['--heads', file('heads.json')];
  expect(
    await verify('--export', file('export.ndjson'), ...heads, '--key', file('key')),
  ).toMatchObject({ code: 0, ok: true, events: size, head: size, findings: [] });
});

test('a disclosed contract is sound as one file, and one altered byte of it is located', async () => {
  await desk.read(desk.people.seller, `/registrations/${contractId}/history`);
  const path = `/registrations/${contractId}/disclosure`;
  const text = await fetched(path, desk.people.seller);
  const sound = await verify('--disclosure', await save('contract.json', text), '--key', key);
  expect(sound).toMatchObject({ code: 0, ok: true, events: 3, head: size });

  const bent = text.replace('ContractAccepted', 'ContractAccepteb');
  const found = await verify('--disclosure', await save('bent.json', bent), '--key', key);
  expect(found).toMatchObject({
    ...{ code: 1, ok: false },
    findings: [{ kind: 'byte-altered', part: 'envelope', is: '62', was: '64' }],
  });

  const fewer = JSON.parse(text) as { events: unknown[] };
  fewer.events.splice(1, 1);
  const missed = await verify(
    ...['--disclosure', await save('fewer.json', JSON.stringify(fewer)), '--key', key],
  );
  expect(missed).toMatchObject({ code: 1, findings: [{ kind: 'event-missing' }] });
});

test('two heads are consistent by the proof between them, and not by another', async () => {
  const early = JSON.parse(await readFile(file('early.json'), 'utf8')) as { size: number };
  const from = early.size;
  const path = `/log/proof/consistency?from=${from}&to=${size}`;
  const proof = await save('proof.json', await fetched(path));
  const heads = ['--heads', file('early.json'), file('head.json'), '--key', key];
  expect(await verify(...heads, '--consistency', proof)).toMatchObject({ code: 0, ok: true });
  const other = await save('other.json', await fetched(`/log/proof/consistency?from=2&to=${size}`));
  expect(await verify(...heads, '--consistency', other)).toMatchObject({
    code: 1,
    findings: [{ kind: 'heads-contradict' }],
  });
});

test('without a key or a file the program says how it is used', async () => {
  expect(await verify('--export', file('export.ndjson'))).toMatchObject({ code: 2, ok: false });
  expect(
    await verify('--export', file('nothing'), '--heads', file('heads.json'), '--key', key),
  ).toMatchObject({ code: 2 });
  const missing = await verify('--disclosure', file('nothing'), '--key', key);
  expect(missing).toMatchObject({ code: 2, ok: false, findings: [] });
});

test('one byte altered in the database is located in the next export', async () => {
  const { rows } = await ledger.pool.query<{ before: string }>(
    `select envelope as before from log where seq = 257`,
  );
  const byte = Buffer.from(rows[0]?.before ?? '').indexOf('"a":1') + 4;
  await ledger.pool.query(
    `update log set envelope = replace(envelope, '"a":1', '"a":2') where seq = 257`,
  );
  const bent = await save('altered.ndjson', await fetched('/log/export'));
  expect(await verify('--export', bent, '--heads', file('heads.json'), '--key', key)).toMatchObject(
    {
      code: 1,
      findings: [{ kind: 'byte-altered', seq: 257, part: 'envelope', byte, is: '32', was: '31' }],
    },
  );
});
