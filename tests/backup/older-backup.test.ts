import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { MIGRATIONS } from '@jishi/standalone/backup/restore';
import { takeBackup } from '@jishi/standalone/backup/take';
import { openTarget, prepareTarget } from '@jishi/standalone/backup/target';
import { loadKeys } from '@jishi/standalone/installation-keys';
import { readSettings } from '@jishi/standalone/settings';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openFolder, restoreHere } from './installation.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ROOT = resolve(import.meta.dirname, '../..');
const LAST_THEN = '2026-11-23-13';
const TERMINAL = { step: () => {}, line: () => {}, progress: () => {} };
const RECORDED_AT = '2026-11-23T08:00:00.000Z';

/** The first event as the older program wrote it. */
const FIRST_EVENT = `
  with event as (select ledger_envelope(1, $1, 'log', 1, 'LogOpened', 1,
    '0193a000-0000-7000-8000-000000000001', '{"kind":"service","service":"ledger"}',
    '{"kind":"synthetic","city":"suzhou","openedBy":"ledger"}', null) as envelope)
  insert into log (seq, stream, version, command_org, command_id, command_part, command_hash, type,
    envelope, leaf, recorded_at)
  select 1, 'log', 1, 'service:ledger', '0193a000-0000-7000-8000-000000000002', 1, sha256('x'),
    'LogOpened', envelope, ledger_leaf(envelope), $1 from event`;

const folders: string[] = [];
const folderFor = async (name: string): Promise<string> => {
  const folder = await openFolder(name);
  folders.push(folder);
  return folder;
};
let older: string;
let backup: string;

beforeAll(async () => {
  older = await folderFor('older');
  await mkdir(join(older, 'keys'), { mode: 0o700 });
  await loadKeys(join(older, 'keys'), { data: false, heads: false });
  const settings = readSettings({ DATA_DIR: older });
  const place = await prepareTarget(ROOT, settings, { keysFrom: undefined, holdsHeads: false });
  const target = await openTarget(ROOT, settings, place);
  for (const service of ['market', 'ledger', 'subsidy'] as const) {
    const pool = openPool({ url: target.databases[service].ownerUrl, poolSize: 1 });
    const then = Object.entries(MIGRATIONS[service]).filter(
      ([name]) => service !== 'ledger' || name.slice(0, LAST_THEN.length) <= LAST_THEN,
    );
    await migrateToLatest(openDatabase<unknown>(pool), Object.fromEntries(then));
    if (service === 'ledger') {
      await pool.query(FIRST_EVENT, [RECORDED_AT]);
      await pool.query('update log_head set seq = 1, recorded_at = $1', [RECORDED_AT]);
    }
    await pool.end();
  }
  await target.close();
  backup = join(await folderFor('older-backup'), 'backup');
  await takeBackup(ROOT, settings, backup, TERMINAL);
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

it('a backup with an older schema of the ledger is restored, and the log told', async () => {
  const place = await folderFor('older-restored');
  await cp(join(older, 'keys'), join(place, 'keys'), { recursive: true });
  await restoreHere(backup, place);
  expect(await readdir(place)).toContain('seeded');
});
