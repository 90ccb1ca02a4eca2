import type { SignedHead } from '@jishi/contracts/ledger/proofs';
import {
  type Checkpoint,
  checkpointText,
  originOf,
  parseCheckpoint,
} from '@jishi/proof/checkpoint';
import { sameHash } from '@jishi/proof/hash';
import { openNote, ProofRefused, type Signer, signerOf, signNote } from '@jishi/proof/note';
import { StartRefused } from '@jishi/runtime/config';
import type pg from 'pg';
import {
  LogDamaged,
  type Queryable,
  readFirstEntry,
  readHeadSeq,
  readRecordedAt,
} from '../store/heads/entries.ts';
import { type KeptNotes, openKeptNotes } from '../store/heads/kept-notes.ts';
import { insertHead, readHeads, readNewestRow } from '../store/heads/signed-heads.ts';
import { readRoot } from '../store/heads/tree-nodes.ts';
import type { GrowingTree } from './grow-tree.ts';

/** How the log's heads are signed: the key, the pace, and the file that keeps them elsewhere. */
export interface HeadSigning {
  /** Private Ed25519 key, PKCS 8 in base64. */
  readonly key: string;
  readonly paceMs?: number;
  /** What lies at least between two signatures that callers ask for. */
  readonly askedPaceMs?: number;
  /** Append-only file of notes outside the database. */
  readonly file?: string;
}

/** The signers of one database take turns; the number has no meaning but this. */
const SIGNERS_LOCK = 7_302_601;

/** The log and a head that was signed contradict each other: nothing is signed any more. */
export class SigningStopped extends Error {
  readonly note: { zh: string; en: string };
  constructor(zh: string, en: string) {
    super(en);
    this.name = 'SigningStopped';
    this.note = { zh: `签名已停止:${zh}`, en: `Signing has stopped: ${en}` };
  }
}

export const stoppedBy = (error: unknown): SigningStopped | null => {
  if (error instanceof SigningStopped) return error;
  if (error instanceof LogDamaged) {
    const { seq, message } = error;
    return new SigningStopped(`第 ${seq} 条事件与其哈希不符`, `event ${seq}: ${message}`);
  }
  if (error instanceof ProofRefused) {
    return new SigningStopped(
      '库外保存的账本头不是本密钥所签',
      'the head kept outside the database was not signed by this key',
    );
  }
  return null;
};

export interface Signing {
  readonly pool: pg.Pool;
  readonly signer: Signer;
  readonly kind: Checkpoint['kind'];
  readonly kept: KeptNotes | null;
  readonly tree: GrowingTree;
  /** The database has a signed head, and the file outside it has none. */
  readonly onHeadsLost: () => void;
}

/** Refuses to go on from a head that the stored log does not give. */
const requireGiven = async (
  { pool, tree }: Signing,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
  headSeq: number,
): Promise<void> => {
  if (size > headSeq) {
    throw new SigningStopped(
      `账本只有 ${headSeq} 条,而已签名的账本头有 ${size} 条`,
      `the log has ${headSeq} events, but a head of ${size} was signed`,
    );
  }
  await tree.growTo(size);
  const given = size === tree.size() ? tree.root() : await readRoot(pool, size);
  if (sameHash(given, root)) return;
  throw new SigningStopped(
    `账本与已签名的第 ${size} 号账本头不一致`,
    `the log does not give the root of the signed head of ${size} events`,
  );
};

const keptHead = async ({ kept, signer }: Signing): Promise<Checkpoint | null> => {
  const note = await kept?.last();
  return note ? parseCheckpoint(openNote(note, [signer.verifier]).text) : null;
};

/** The head of the tree as it stands: the same bytes whoever makes it. */
const headOf = async ({ pool, signer, kind, tree }: Signing): Promise<SignedHead> => {
  const { verifier } = signer;
  const size = tree.size();
  const recordedAt = tree.recordedAt() ?? (await readRecordedAt(pool, size));
  const root = tree.root();
  const text = checkpointText({ origin: verifier.name, size, root, kind, recordedAt });
  return {
    ...{ note: signNote(text, signer), size, recordedAt, kind },
    root: Buffer.from(root).toString('hex'),
    ...{ keyName: verifier.name, verifierKey: verifier.text },
  };
};

const requireOne = (size: number, made: boolean): void => {
  if (made) return;
  throw new SigningStopped(
    `第 ${size} 号账本头已有另一个`,
    `another head of ${size} events was signed already`,
  );
};

/** Kept outside first, then published: no head is ever known that the file could not tell of. */
const publish = async (signing: Signing, db: Queryable): Promise<void> => {
  const latest = await readHeads(db, signing.signer.verifier).latest();
  const kept = await keptHead(signing);
  const size = signing.tree.size();
  // Another process was faster; the next round looks at what it signed.
  if ((latest && latest.size > size) || (kept && kept.size > size)) return;
  const head = await headOf(signing);
  requireOne(size, latest?.size !== size || latest.note === head.note);
  requireOne(size, kept?.size !== size || sameHash(kept.root, signing.tree.root()));
  if (kept?.size !== size) await signing.kept?.append(head.note);
  if (latest?.size !== size) await insertHead(db, head);
};

/** Whoever may serve may insert a head; only the key can sign one. */
const requireOurs = async ({ pool, signer }: Signing): Promise<void> => {
  const newest = await readNewestRow(pool, signer.verifier);
  if (!newest || newest.isOurs) return;
  throw new SigningStopped(
    '数据库中有一个不是本密钥所签的账本头',
    'the database holds a head that this key did not sign',
  );
};

/** One round: what was signed still holds, the log up to now is read back, and its head signed. */
export const signOnce = async (signing: Signing): Promise<void> => {
  const { pool, tree, signer } = signing;
  const headSeq = await readHeadSeq(pool);
  await requireOurs(signing);
  const latest = await readHeads(pool, signer.verifier).latest();
  const kept = await keptHead(signing);
  const known = [kept, latest && { size: latest.size, root: Buffer.from(latest.root, 'hex') }];
  // A head is kept outside before it is published, so the file was emptied or lost.
  if (signing.kept && latest && !kept) signing.onHeadsLost();
  for (const head of known.filter((one) => one !== null).sort((a, b) => a.size - b.size)) {
    await requireGiven(signing, head, headSeq);
  }
  await tree.growTo(headSeq);
  if (latest?.size === tree.size() && (!signing.kept || kept?.size === tree.size())) return;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SIGNERS_LOCK]);
    await publish(signing, client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
};

interface FirstEvent {
  readonly data: { readonly kind: Checkpoint['kind']; readonly city: string };
}

const readSigner = (name: string, key: string): Signer => {
  try {
    return signerOf(name, key);
  } catch {
    throw new StartRefused(
      'LOG_HEAD_KEY 不是 Ed25519 私钥(PKCS 8,base64) · ' +
        'LOG_HEAD_KEY is not a private Ed25519 key (PKCS 8 in base64)',
    );
  }
};

export const openSigning = async (
  pool: pg.Pool,
  options: HeadSigning,
): Promise<Omit<Signing, 'tree' | 'onHeadsLost'>> => {
  const first = await readFirstEntry(pool);
  if (!first) throw new Error('the log is not open yet');
  const { kind, city } = (JSON.parse(first.envelope) as FirstEvent).data;
  const signer = readSigner(originOf(city, kind, first.leaf), options.key);
  const latest = await readHeads(pool, signer.verifier).latest();
  const newest = latest ? null : await readNewestRow(pool, signer.verifier);
  if (newest && newest.verifierKey !== signer.verifier.text) {
    throw new StartRefused(
      `LOG_HEAD_KEY 不是签署最新账本头的密钥(${newest.verifierKey}) · ` +
        `LOG_HEAD_KEY is not the key that signed the latest head (${newest.verifierKey})`,
    );
  }
  return { pool, signer, kind, kept: options.file ? await openKeptNotes(options.file) : null };
};
