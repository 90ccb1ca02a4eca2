import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { newId } from '@jishi/contracts/ids';
import { MIGRATIONS as LEDGER } from '@jishi/ledger/store/all-migrations';
import { encodeEvent } from '@jishi/ledger/store/encode-event';
import { appendBatch } from '@jishi/ledger/store/log/append';
import { MIGRATIONS as MARKET } from '@jishi/market/store/migrations/all';
import { StartRefused } from '@jishi/runtime/config';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { MIGRATIONS as SUBSIDY } from '@jishi/subsidy/store/migrations/all';
import { SERVICES } from '../databases.ts';
import type { Settings } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { loadDatabase, requireFiles } from './copy-in.ts';
import { notesUpTo } from './log-head.ts';
import { type Manifest, readManifest, requireHeadKey, requireSeal } from './manifest.ts';
import { type OpenTarget, openTarget, prepareTarget, type Target } from './target.ts';
import { connected, verifyRestored } from './verify.ts';

export const MIGRATIONS = { market: MARKET, ledger: LEDGER, subsidy: SUBSIDY } as const;
const PERCENT = 100;
const SALT_BYTES = 32;

/** A later program's backup needs that program. */
const requireKnownMigrations = ({ databases }: Manifest): void => {
  for (const service of SERVICES) {
    const unknown = databases[service].migrations.find((name) => !(name in MIGRATIONS[service]));
    if (!unknown) continue;
    throw new StartRefused(
      `备份来自更新的版本（${service} ${unknown}），请用该版本恢复 · ` +
        `the backup was made by a later version (${service} ${unknown}): restore it with that one`,
    );
  }
};

/** First the schema as it was when the backup was made; once its rows are in, the newest. */
const migrate = async (target: OpenTarget, then: Manifest | null): Promise<void> => {
  for (const service of SERVICES) {
    const names = then?.databases[service].migrations;
    const all = Object.entries(MIGRATIONS[service]);
    const wanted = all.filter(([name]) => names?.includes(name) ?? true);
    const pool = openPool({ url: target.databases[service].ownerUrl, poolSize: 1 });
    try {
      await migrateToLatest(openDatabase<unknown>(pool), Object.fromEntries(wanted));
    } finally {
      await pool.end();
    }
  }
};

/** So that whoever reads the log knows: what was later than the backup is not in it. */
const tellTheLog = async (url: string, { log, madeAt }: Manifest): Promise<void> => {
  const pool = openPool({ url, poolSize: 1, applicationName: 'jishi-restore' });
  const restored = { restoredThrough: log.size, backupMadeAt: madeAt, root: log.root };
  const event = encodeEvent(
    {
      type: 'LogRecovered',
      data: { public: restored, private: null },
      metadata: { actor: { kind: 'service', service: 'ledger' } },
    },
    { newId, newSalt: () => randomBytes(SALT_BYTES), now: () => null },
  );
  try {
    const [result] = await appendBatch(pool, [
      {
        ...{ org: 'service:ledger', id: newId(), stream: 'log', expected: 'exists', claims: [] },
        hash: createHash('sha256').update(JSON.stringify(restored)).digest(),
        events: [event],
      },
    ]);
    if (result?.outcome !== 'ok') throw new Error(`the log did not take it: ${result?.outcome}`);
  } finally {
    await pool.end();
  }
};

/** The signed heads that the backup knew, where the signer looks for them: outside the database. */
const placeNotes = async (url: string, path: string, size: number): Promise<void> => {
  const notes = await connected(url, (client) => notesUpTo(client, size));
  if (notes.length === 0) return;
  await mkdir(join(path, 'heads'), { mode: 0o700, recursive: true });
  const text = notes.map((note) => `${note}\n`).join('');
  await writeFile(join(path, 'heads', 'ledger.notes'), text, { mode: 0o600, flush: true });
};

const fill = async (
  target: OpenTarget,
  place: Target,
  from: string,
  manifest: Manifest,
  terminal: Terminal,
): Promise<void> => {
  await migrate(target, manifest);
  for (const [i, service] of SERVICES.entries()) {
    await loadDatabase({
      ...{ folder: from, url: target.urls[service], backup: manifest.databases[service] },
      onTable: (name, done, of) =>
        terminal.progress(
          Math.floor(((i + done / of) / SERVICES.length) * PERCENT),
          `${service} ${name}`,
        ),
    });
  }
  terminal.progress(PERCENT, '');
  terminal.step('核对账本与账目', 'verifying the log and the books');
  await verifyRestored(target.urls, manifest);
  await placeNotes(target.urls.ledger, place.path, manifest.log.size);
  // The log of an older program takes no event the way that this one appends.
  await migrate(target, null);
  await tellTheLog(target.urls.ledger, manifest);
  // A restored synthetic log is not filled with stories a second time.
  await writeFile(join(place.path, 'seeded'), '');
};

/** The place and its keys as they were before, whatever went wrong. */
const undo = async (
  target: OpenTarget | undefined,
  path: string,
  keyFolder: string | undefined,
): Promise<void> => {
  for (const made of ['heads', 'seeded']) {
    await rm(join(path, made), { recursive: true, force: true });
  }
  await target?.undo();
  if (keyFolder) await rm(keyFolder, { recursive: true, force: true });
};

export interface RestoreOptions {
  readonly from: string;
  readonly keysFrom: string | undefined;
}

/** Restores into an empty place, verifies, and leaves nothing behind when it cannot. */
export const restoreBackup = async (
  checkout: string,
  settings: Settings,
  options: RestoreOptions,
  terminal: Terminal,
): Promise<void> => {
  const from = resolve(options.from);
  const manifest = await readManifest(from);
  requireKnownMigrations(manifest);
  const place = await prepareTarget(checkout, settings, {
    keysFrom: options.keysFrom,
    holdsHeads: manifest.log.note !== null,
  });
  const copiedKeys = options.keysFrom ? join(place.path, 'keys') : undefined;
  let target: OpenTarget | undefined;
  try {
    requireSeal(manifest, place.keys.databaseRoles);
    requireHeadKey(manifest, place.keys.logHeads);
    terminal.step('核对备份文件', 'checking the files of the backup');
    const tables = SERVICES.flatMap((service) => manifest.databases[service].tables);
    await requireFiles(from, tables, (name, done, of) =>
      terminal.progress(Math.floor((done / of) * PERCENT), name),
    );
    target = await openTarget(checkout, settings, place);
    terminal.step('载入数据', 'loading');
    await fill(target, place, from, manifest, terminal);
  } catch (error) {
    await undo(target, place.path, copiedKeys);
    throw error;
  }
  await target.close();
  const { size, root } = manifest.log;
  terminal.step('恢复完成', `restored, as of ${manifest.madeAt}`);
  terminal.line(`  账本 log    ${size} 条 events, root ${root}`);
  terminal.line('  接着运行 · now run:');
  const given = settings.dataDir ? `DATA_DIR=${place.path} ` : '';
  terminal.line(`  ${given}npx -y pnpm@10 start`);
};
