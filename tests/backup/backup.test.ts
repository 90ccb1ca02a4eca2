import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import { makeSigningKey } from '@jishi/runtime/keys';
import { sealed } from '@jishi/standalone/backup/manifest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { registerOne, worldOf } from '../drill/registrations.ts';
import {
  booksOf,
  casesOf,
  decideOne,
  headOfBackup,
  indexAsOf,
  lastOfFeed,
  openFolder,
  openMarket,
  placeKeptApart,
  type Running,
  restoreHere,
  rootOfFeed,
  runCommand,
} from './installation.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 });

const CONTRACTS_BEFORE = 2;
const REFUSED = 1;

const folders: string[] = [];
const folderFor = async (name: string): Promise<string> => {
  const folder = await openFolder(name);
  folders.push(folder);
  return folder;
};

let first: Running;
let backup: string;
let told: string;
/** Numbers are for names: no two contracts of a run have one text. */
let made = 0;

beforeAll(async () => {
  first = await openMarket(await folderFor('backup-from'));
  const world = await worldOf(first, first.offices);
  while (made < CONTRACTS_BEFORE) await registerOne(world, made++);
  await vi.waitUntil(async () => (await casesOf(first)) >= CONTRACTS_BEFORE, 60_000);
  await decideOne(first);
  backup = join(await folderFor('backup-to'), 'backup');
  let writing = true;
  const writer = (async () => {
    while (writing) await registerOne(world, made++);
  })();
  const { code, output } = await runCommand('backup', '--to', backup, '--data-dir', first.dataDir);
  writing = false;
  await writer;
  told = output;
  if (code !== 0) throw new Error(output);
});

afterAll(async () => {
  await first.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('a backup taken while the market is written', () => {
  it('is readable by nobody else, holds no key, and says which folder to keep apart', async () => {
    const files = await readdir(backup, { recursive: true, withFileTypes: true });
    for (const file of files) {
      const { mode } = await stat(join(file.parentPath, file.name));
      expect(mode & 0o077, file.name).toBe(0);
    }
    expect(told).toContain(join(first.dataDir, 'keys'));
    const secret = (await readFile(join(first.dataDir, 'keys/database-roles'), 'utf8')).trim();
    for (const file of files.filter((one) => one.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name));
      const text = file.name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      expect(text.includes(secret), file.name).toBe(false);
    }
  });

  it('needs a folder of its own', async () => {
    const again = await runCommand('backup', '--to', backup, '--data-dir', first.dataDir);
    expect(again.code).toBe(REFUSED);
    expect(again.output).toContain('is not empty');
  });

  it('goes on elsewhere: the same root, index and balances, and the next contract', async () => {
    const head = await headOfBackup(backup);
    const place = await folderFor('restored');
    await placeKeptApart(first.dataDir, place);
    const { code, output } = await runCommand('restore', '--from', backup, '--data-dir', place);
    expect(code, output).toBe(0);
    expect(output).toContain(`DATA_DIR=${place}`);
    const second = await openMarket(place);
    try {
      expect(await rootOfFeed(second, head.size)).toBe(head.root);
      expect(await rootOfFeed(first, head.size)).toBe(head.root);
      expect(await indexAsOf(second, head.size)).toBe(await indexAsOf(first, head.size));
      const [event] = await lastOfFeed(second, head.size);
      expect(Envelope.parse(JSON.parse(event?.envelope ?? '{}'))).toMatchObject({
        type: 'LogRecovered',
        data: { restoredThrough: head.size, root: head.root },
      });
      const books = await booksOf(second);
      expect(books).toMatchObject({ isBalanced: true, accounts: (await booksOf(first)).accounts });
      const cases = await casesOf(second);
      expect(cases).toBeGreaterThanOrEqual(CONTRACTS_BEFORE);
      await registerOne(await worldOf(second, second.offices), 0);
      await vi.waitUntil(async () => (await casesOf(second)) > cases, 60_000);
    } finally {
      await second.stop();
    }
  });
});

describe('a restore is refused, and leaves nothing behind,', () => {
  const copyOfBackup = async (): Promise<string> => {
    const copy = join(await folderFor('damaged'), 'backup');
    await cp(backup, copy, { recursive: true });
    return copy;
  };
  const refuses = async (from: string, why: string, withKeys = true): Promise<void> => {
    const place = await folderFor('refused');
    if (withKeys) await placeKeptApart(first.dataDir, place);
    const before = await readdir(place);
    await expect(restoreHere(from, place)).rejects.toThrow(why);
    expect(await readdir(place)).toStrictEqual(before);
  };
  const LOG = 'ledger/log.copy.gz';

  it('from a backup with a file missing', async () => {
    const copy = await copyOfBackup();
    await rm(join(copy, LOG));
    await refuses(copy, `${LOG} is missing`);
  });

  it('from a backup with a file cut short', async () => {
    const copy = await copyOfBackup();
    await truncate(join(copy, LOG), (await stat(join(copy, LOG))).size - 1);
    await refuses(copy, LOG);
  });

  it('from a backup with one byte altered', async () => {
    const copy = await copyOfBackup();
    const bytes = await readFile(join(copy, LOG));
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(join(copy, LOG), bytes);
    await refuses(copy, `${LOG} was altered`);
  });

  it('from a backup whose manifest was altered', async () => {
    const copy = await copyOfBackup();
    const file = join(copy, 'manifest.json');
    const text = await readFile(file, 'utf8');
    const { root } = await headOfBackup(copy);
    await writeFile(
      file,
      text.replace(
        root,
        root.replace(/^./, (c) => (c === '0' ? '1' : '0')),
      ),
    );
    await refuses(copy, 'manifest.json was altered');
  });

  it('from a backup that was not finished', async () => {
    const copy = await copyOfBackup();
    await rm(join(copy, 'manifest.json'));
    await refuses(copy, 'no finished backup');
  });

  it('when a word of the log was altered by somebody who has the keys', async () => {
    const copy = await copyOfBackup();
    const text = gunzipSync(await readFile(join(copy, LOG))).toString('utf8');
    const bytes = gzipSync(text.replace('"openedBy":"ledger"', '"openedBy":"lodger"'));
    await writeFile(join(copy, LOG), bytes);
    const file = join(copy, 'manifest.json');
    const { seal, format, ...manifest } = JSON.parse(await readFile(file, 'utf8'));
    const entry = manifest.databases.ledger.tables.find((t: { file: string }) => t.file === LOG);
    entry.bytes = bytes.length;
    entry.sha256 = createHash('sha256').update(bytes).digest('hex');
    const secret = (await readFile(join(first.dataDir, 'keys/database-roles'), 'utf8')).trim();
    await writeFile(file, JSON.stringify(sealed(manifest, secret)));
    await refuses(copy, '1 leaves do not fit');
  });

  it('into a place that is not empty', async () => {
    await expect(restoreHere(backup, first.dataDir)).rejects.toThrow('needs an empty data folder');
  });

  it.each(['another', 'no'])('with %s key of the signed heads', async (which) => {
    const manifest = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8'));
    expect(manifest.log.note).not.toBeNull();
    const place = await folderFor('refused');
    await placeKeptApart(first.dataDir, place);
    const key = join(place, 'keys/log-heads');
    if (which === 'no') await rm(key);
    else await writeFile(key, `${makeSigningKey()}\n`);
    await expect(restoreHere(backup, place)).rejects.toThrow('log-heads');
    expect((await readdir(join(place, 'keys'))).includes('log-heads')).toBe(which === 'another');
  });

  it('without the keys of the installation', () => refuses(backup, 'put the keys', false));
});
