import { bytesOf, damagedBytesOf, hashOf, textOf } from './text.ts';

/** One line of an export, byte for byte. */
export interface Line {
  readonly seq: number;
  readonly envelope: Buffer;
  readonly leaf: string;
  /** Empty for a salt that is not 32 bytes of hex: it fits nothing. */
  readonly salt: Buffer | null;
  readonly private: Buffer | null;
  /** The line was no UTF-8 or no JSON, and was read by its outline: a finding in any case. */
  readonly broken: boolean;
}

const OUTLINE = /^\{"seq":(\d+),"envelope":"(.*)","leaf":"([0-9a-f]{64})","salt":/s;
const ESCAPES: Record<string, string> = {
  ...{ '"': '"', '\\': '\\', '/': '/' },
  ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
};

/** An altered byte may have broken the line: event and leaf can still be told apart. */
const readOutline = (text: string): Line | null => {
  const [, digits, envelope, leaf] = OUTLINE.exec(text) ?? [];
  if (digits === undefined || envelope === undefined || leaf === undefined) return null;
  const seq = Number(digits);
  if (!Number.isSafeInteger(seq)) return null;
  const plain = envelope.replace(/\\(["\\/bfnrt])/g, (_, sign: string) => ESCAPES[sign] ?? sign);
  return { seq, envelope: damagedBytesOf(plain), leaf, salt: null, private: null, broken: true };
};

const NOTHING = Buffer.alloc(0);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNone = (value: unknown): boolean => value === null || value === undefined;

const readWhole = (text: string): Line | null => {
  const { seq, envelope, leaf, salt, private: body } = JSON.parse(text) as Record<string, unknown>;
  if (!Number.isSafeInteger(seq) || !isText(envelope) || !isText(leaf)) return null;
  if (!isNone(body) && !isText(body)) return null;
  const bytes = bytesOf(envelope);
  const hidden = isText(body) ? bytesOf(body) : null;
  if (!bytes || (isText(body) && !hidden)) return null;
  return {
    ...{ seq: seq as number, envelope: bytes, leaf, private: hidden, broken: false },
    salt: isNone(salt) ? null : (hashOf(salt) ?? NOTHING),
  };
};

/** Null for what is no line of an export. */
export const readLine = (line: Buffer): Line | null => {
  const text = textOf(line);
  try {
    const whole = text === null ? null : readWhole(text);
    if (whole) return whole;
  } catch {
    // Not JSON: what is left of it is read below.
  }
  return readOutline(line.toString('latin1'));
};

/** What an envelope says of itself, without parsing all of it: its ends are fixed. */
export const seqIn = (envelope: Buffer): number | null => {
  const [, digits] = /^\{"seq":(\d{1,15}),/.exec(envelope.toString('latin1', 0, 32)) ?? [];
  return digits === undefined ? null : Number(digits);
};

const COMMIT_END = 80;

/** The commitment in hex, null for none, undefined where the envelope has no such end. */
export const commitIn = (envelope: Buffer): string | null | undefined => {
  const end = envelope.toString('latin1', Math.max(0, envelope.length - COMMIT_END));
  const [, commit] = /,"commit":(null|"[0-9a-f]{64}")\}$/.exec(end) ?? [];
  if (commit === undefined) return undefined;
  return commit === 'null' ? null : commit.slice(1, -1);
};

const ERASURE = '"type":"PrivatePartErased"';

/** The earlier events whose private parts this event says are erased; null for any other event. */
export const erasedBy = (envelope: Buffer): readonly number[] | null => {
  if (!envelope.includes(ERASURE)) return null;
  try {
    const { type, data } = JSON.parse(envelope.toString('utf8')) as {
      type: string;
      data: { sequences: readonly number[] };
    };
    return type === 'PrivatePartErased' && Array.isArray(data.sequences) ? data.sequences : null;
  } catch {
    return null;
  }
};
