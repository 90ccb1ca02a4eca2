import { leafHash } from '@jishi/proof/hash';
import type pg from 'pg';

/** Whatever can ask one question: a pool or one connection of it. */
export type Queryable = Pick<pg.Pool, 'query'>;

/** A stored event whose bytes and leaf no longer fit, or that is not there. */
export class LogDamaged extends Error {
  readonly seq: number;
  constructor(seq: number, message: string) {
    super(message);
    this.name = 'LogDamaged';
    this.seq = seq;
  }
}

const READ_ENTRIES = `
  select seq::float8 as seq, envelope, encode(leaf, 'hex') as leaf from log
  where seq > $1 and seq <= $2 order by seq`;

export interface Entries {
  readonly leaves: readonly Buffer[];
  readonly lastEnvelope: string;
}

/**
 * Reads events back and hashes their stored text again: what is signed is what is stored, not what
 * was once meant to be. Refuses a leaf that does not fit, and a gap.
 */
export const readEntries = async (db: Queryable, after: number, upTo: number): Promise<Entries> => {
  const { rows } = await db.query<[number, string, string]>({
    ...{ name: 'read-entries', text: READ_ENTRIES, values: [after, upTo], rowMode: 'array' },
  });
  let lastEnvelope = '';
  const leaves = rows.map(([seq, envelope, stored], i) => {
    if (seq !== after + 1 + i) throw new LogDamaged(after + 1 + i, 'the event is missing');
    const leaf = leafHash(envelope);
    if (leaf.toString('hex') !== stored) {
      throw new LogDamaged(seq, 'the stored event does not give its leaf');
    }
    lastEnvelope = envelope;
    return leaf;
  });
  if (leaves.length !== upTo - after) {
    throw new LogDamaged(after + 1 + leaves.length, 'the event is missing');
  }
  return { leaves, lastEnvelope };
};

export const readHeadSeq = async (db: Queryable): Promise<number> => {
  const { rows } = await db.query<{ seq: number }>('select seq::float8 as seq from log_head');
  return rows[0]?.seq ?? 0;
};

/** The first event, from which the log's name is made; null while the log is empty. */
export const readFirstEntry = async (
  db: Queryable,
): Promise<{ envelope: string; leaf: Buffer } | null> => {
  const { rows } = await db.query<{ envelope: string; leaf: Buffer }>(
    'select envelope, leaf from log where seq = 1',
  );
  return rows[0] ?? null;
};

/** When the event at a sequence was recorded, as its own text says. */
export const readRecordedAt = async (db: Queryable, seq: number): Promise<string> => {
  const { rows } = await db.query<{ envelope: string }>('select envelope from log where seq = $1', [
    seq,
  ]);
  if (!rows[0]) throw new LogDamaged(seq, 'the event is missing');
  return recordedAtOf(rows[0].envelope);
};

export const recordedAtOf = (envelope: string): string =>
  (JSON.parse(envelope) as { recordedAt: string }).recordedAt;
