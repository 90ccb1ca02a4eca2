import { base64Of, ProofRefused } from './note.ts';

/** A signed head's text (C2SP tlog-checkpoint): origin, size, root, and two lines of our own. */
export interface Checkpoint {
  /** Names the log for life: `jishi/<city>/<kind>/<first 16 hex digits of leaf 1>`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly kind: 'real' | 'synthetic';
  /** When the last event in it was recorded, ISO 8601 in UTC. */
  readonly recordedAt: string;
}

const ROOT_BYTES = 32;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3,6}Z$/;
const SIZE = /^[1-9]\d{0,15}$/;
const ORIGIN_LEAF_DIGITS = 16;

/** A city's name in an origin: what a note's line cannot carry is replaced. */
export const originOf = (city: string, kind: string, firstLeaf: Uint8Array): string => {
  const place = city.replace(/[\s+/\p{Cc}]+/gu, '-');
  const leaf = Buffer.from(firstLeaf).toString('hex').slice(0, ORIGIN_LEAF_DIGITS);
  return `jishi/${place}/${kind}/${leaf}`;
};

export const checkpointText = ({ origin, size, root, kind, recordedAt }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\nkind ${kind}\nrecorded ${recordedAt}\n`;

/** Reads the one canonical form: no leading zero, no other base64, no further line. */
export const parseCheckpoint = (text: string): Checkpoint => {
  const [origin = '', size = '', root = '', kind = '', recorded = ''] = text.split('\n');
  const bytes = base64Of(root);
  const named = kind === 'kind real' ? 'real' : 'synthetic';
  const recordedAt = recorded.slice('recorded '.length);
  const ok =
    origin !== '' && SIZE.test(size) && bytes?.length === ROOT_BYTES && INSTANT.test(recordedAt);
  if (!ok || !bytes || !Number.isSafeInteger(Number(size))) {
    throw new ProofRefused('checkpoint-form', 'not a checkpoint of this kind of log');
  }
  const read = { origin, size: Number(size), root: bytes, kind: named, recordedAt } as const;
  if (checkpointText(read) !== text) {
    throw new ProofRefused('checkpoint-form', 'the checkpoint is not in its canonical form');
  }
  return read;
};
