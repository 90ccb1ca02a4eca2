import { bytesOf, leafOf, sha256 } from '../../../kit/hashing.ts';

interface Line {
  readonly seq: number;
  readonly envelope: string;
  readonly leaf: string;
  readonly salt: string | null;
  readonly private: string | null;
}

export type FileOutcome =
  | { readonly state: 'ok'; readonly count: number; readonly from: number; readonly to: number }
  | {
      readonly state: 'bad';
      readonly seq: number;
      readonly what: 'leaf' | 'commit' | 'gap' | 'form';
    }
  | { readonly state: 'empty' };

const isText = (value: unknown): value is string => typeof value === 'string';

const lineOf = (text: string): Line | null => {
  try {
    const { seq, envelope, leaf, salt, private: body } = JSON.parse(text);
    if (!Number.isInteger(seq) || !isText(envelope) || !isText(leaf)) return null;
    return { seq, envelope, leaf, salt: salt ?? null, private: body ?? null };
  } catch {
    return null;
  }
};

const unhex = (hex: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array((hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));

const commitOf = (salt: string, body: string): Promise<string> => {
  const a = unhex(salt);
  const b = bytesOf(body);
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return sha256(joined);
};

const wrongOf = async (line: Line): Promise<'leaf' | 'commit' | 'form' | null> => {
  if ((await leafOf(line.envelope)) !== line.leaf) return 'leaf';
  const envelope = JSON.parse(line.envelope);
  if (envelope.seq !== line.seq) return 'form';
  // An erased private part leaves its commitment; then there is nothing to compare.
  if (line.private === null || line.salt === null) return null;
  return (await commitOf(line.salt, line.private)) === envelope.commit ? null : 'commit';
};

/** An exported log, line by line: the first thing that does not fit, or all of it fits. */
export const checkFile = async (text: string): Promise<FileOutcome> => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  let expected: number | null = null;
  let from = 0;
  for (const written of lines) {
    const line = lineOf(written);
    if (!line) return { state: 'bad', seq: expected ?? 1, what: 'form' };
    if (expected !== null && line.seq !== expected) {
      return { state: 'bad', seq: expected, what: 'gap' };
    }
    if (expected === null) from = line.seq;
    const what = await wrongOf(line);
    if (what) return { state: 'bad', seq: line.seq, what };
    expected = line.seq + 1;
  }
  if (expected === null) return { state: 'empty' };
  return { state: 'ok', count: lines.length, from, to: expected - 1 };
};
