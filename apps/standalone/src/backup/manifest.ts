import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LogKind } from '@jishi/contracts/ledger/envelope';
import { Instant } from '@jishi/contracts/time';
import { parseCheckpoint } from '@jishi/proof/checkpoint';
import { openNote, signerOf, textOfNote } from '@jishi/proof/note';
import { StartRefused } from '@jishi/runtime/config';
import { z } from 'zod';

/** What a backup holds. Bytes and hashes are those of the compressed files as they lie there. */
const BACKUP_FORMAT = 'jishi-backup/1';
const FILE = 'manifest.json';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Name = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const Column = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);
const Count = z.int().nonnegative();

const TableBackup = z.strictObject({
  name: Name,
  columns: z.array(Column).min(1),
  rows: Count,
  file: z.string().regex(/^(market|ledger|subsidy)\/[a-z_][a-z0-9_]*\.copy\.gz$/),
  bytes: Count,
  sha256: Hash,
});
export type TableBackup = z.infer<typeof TableBackup>;

const DatabaseBackup = z.strictObject({
  migrations: z.array(z.string()).min(1),
  tables: z.array(TableBackup),
  /** Of identity columns, where they stood; null when never used. */
  sequences: z.array(z.strictObject({ name: Name, last: z.string().regex(/^\d+$/).nullable() })),
});
export type DatabaseBackup = z.infer<typeof DatabaseBackup>;

const Unsealed = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  madeAt: Instant,
  serverVersion: z.string(),
  log: z.strictObject({
    kind: LogKind,
    /** How many events, and the root of the tree over them (RFC 9162). */
    size: z.int().positive(),
    root: Hash,
    recordedAt: Instant,
    /** The latest signed head in the backup; null when heads were not signed. */
    note: z.string().nullable(),
  }),
  databases: z.strictObject({
    subsidy: DatabaseBackup,
    market: DatabaseBackup,
    ledger: DatabaseBackup,
  }),
});
type Unsealed = z.infer<typeof Unsealed>;

const Manifest = Unsealed.extend({
  /** HMAC over all of it, with a key of the installation: neither altered nor another's. */
  seal: Hash,
});
export type Manifest = z.infer<typeof Manifest>;

/** Over the parsed content, so that the order of keys is the schema's on both sides. */
const sealOf = (manifest: Unsealed, secret: string): string => {
  // The kept secret makes the passwords of database roles; its use here has a name of its own.
  const key = createHmac('sha256', secret).update(BACKUP_FORMAT).digest();
  const text = JSON.stringify(Unsealed.parse(manifest));
  return createHmac('sha256', key).update(text).digest('hex');
};

export const sealed = (content: Omit<Unsealed, 'format'>, secret: string): Manifest => {
  const manifest = { format: BACKUP_FORMAT, ...content } as const;
  return { ...manifest, seal: sealOf(manifest, secret) };
};

export const writeManifest = async (folder: string, manifest: Manifest): Promise<void> => {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  await writeFile(join(folder, FILE), text, { mode: 0o600, flag: 'wx', flush: true });
};

const refuse = (zh: string, en: string): never => {
  throw new StartRefused(`备份未恢复：${zh} · not restored: ${en}`);
};

/** A backup whose writing did not end has no manifest. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() =>
    refuse(`${folder} 中没有完整的备份`, `${folder} holds no finished backup (no ${FILE})`),
  );
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    return refuse('manifest.json 无法读取', `${FILE} is not one of ${BACKUP_FORMAT}, or damaged`);
  }
};

export const requireSeal = ({ seal, ...manifest }: Manifest, secret: string): void => {
  if (timingSafeEqual(Buffer.from(seal, 'hex'), Buffer.from(sealOf(manifest, secret), 'hex')))
    return;
  refuse(
    'manifest.json 被改动过，或密钥不属于这份备份',
    `${FILE} was altered, or these keys are not those of the backed-up installation`,
  );
};

/** Another key would be refused at the start: by the heads that the backup brings. */
export const requireHeadKey = ({ log }: Manifest, key: string): void => {
  if (log.note === null) return;
  try {
    const { origin } = parseCheckpoint(textOfNote(log.note));
    openNote(log.note, [signerOf(origin, key).verifier]);
  } catch {
    refuse(
      '密钥 log-heads 不是签署这份备份账本头的密钥',
      'keys/log-heads is not the key that signed the heads of this backup',
    );
  }
};
