import { commitmentOf, leafOf } from '../../../kit/hashing.ts';
import type { Checkpoint } from '../proof/note.ts';
import { createFrontier } from '../proof/tree.ts';

interface Line {
  readonly seq: number;
  readonly envelope: string;
  readonly leaf: string;
  readonly salt: string | null;
  readonly private: string | null;
}

export interface FileFits {
  readonly state: 'ok';
  readonly count: number;
  readonly from: number;
  readonly to: number;
  /** How many signed heads the file meets, and the size of the last; 0 when it meets none. */
  readonly heads: number;
  readonly upTo: number;
}

export type FileOutcome =
  | FileFits
  | {
      readonly state: 'bad';
      readonly seq: number;
      readonly what: 'leaf' | 'commit' | 'gap' | 'form';
    }
  /** The root of a signed head is another; up to `after` all was as signed. */
  | { readonly state: 'bad'; readonly seq: number; readonly what: 'root'; readonly after: number }
  | { readonly state: 'empty' };

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const SALT = /^[0-9a-f]{64}$/;

const lineOf = (text: string): Line | null => {
  try {
    const { seq, envelope, leaf, salt = null, private: body = null } = JSON.parse(text);
    if (!Number.isInteger(seq) || !isText(envelope) || !isText(leaf)) return null;
    if (!isTextOrNull(salt) || !isTextOrNull(body)) return null;
    return { seq, envelope, leaf, salt, private: body };
  } catch {
    return null;
  }
};

const wrongOf = async (line: Line): Promise<'leaf' | 'commit' | 'form' | null> => {
  if ((await leafOf(line.envelope)) !== line.leaf) return 'leaf';
  const envelope = JSON.parse(line.envelope);
  if (envelope.seq !== line.seq) return 'form';
  // An erased private part leaves its commitment; then there is nothing to compare.
  if (line.private === null) return line.salt === null ? null : 'commit';
  if (line.salt === null || !SALT.test(line.salt)) return 'commit';
  return (await commitmentOf(line.salt, line.private)) === envelope.commit ? null : 'commit';
};

/** Grows the tree beside the file and meets each signed head on the way; from event 1 only. */
const meetHeads = (heads: readonly Checkpoint[]) => {
  const roots = new Map(heads.map((head) => [head.size, head.root]));
  const frontier = createFrontier();
  let met = 0;
  let upTo = 0;
  /** False when the root there is not the one that was signed. */
  const grow = async ({ seq, leaf }: Line): Promise<boolean> => {
    await frontier.append(leaf);
    const signed = roots.get(seq);
    if (signed === undefined) return true;
    if ((await frontier.root()) !== signed) return false;
    met += 1;
    upTo = seq;
    return true;
  };
  return { grow, met: () => met, upTo: () => upTo };
};

/**
 * An exported log, line by line and in memory that does not grow with it: the first thing that
 * does not fit, or all of it fits. `heads`: signed heads whose signatures were checked before.
 */
export const checkFile = async (
  lines: AsyncIterable<string> | Iterable<string>,
  heads: readonly Checkpoint[] = [],
  onCount: (count: number) => void = () => undefined,
): Promise<FileOutcome> => {
  const tree = meetHeads(heads);
  let from = 0;
  let count = 0;
  for await (const written of lines) {
    if (written.trim() === '') continue;
    const expected = count === 0 ? null : from + count;
    const line = lineOf(written);
    if (!line) return { state: 'bad', seq: expected ?? 1, what: 'form' };
    if (expected !== null && line.seq !== expected) {
      return { state: 'bad', seq: expected, what: 'gap' };
    }
    if (expected === null) from = line.seq;
    const what = await wrongOf(line);
    if (what) return { state: 'bad', seq: line.seq, what };
    if (from === 1 && !(await tree.grow(line))) {
      return { state: 'bad', seq: line.seq, what: 'root', after: tree.upTo() };
    }
    count += 1;
    onCount(count);
  }
  if (count === 0) return { state: 'empty' };
  const fits = { state: 'ok', count, from, to: from + count - 1 } as const;
  return { ...fits, heads: tree.met(), upTo: tree.upTo() };
};
