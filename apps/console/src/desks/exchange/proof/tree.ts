import { nodeOf } from '../../../kit/hashing.ts';

/**
 * The reader's side of the Merkle tree (RFC 9162), written anew here on the browser's own hash.
 * Hashes are hex; sizes go beyond 32 bits, so nothing is a bit operation.
 */

const isWhole = (n: number, least: number): boolean => Number.isSafeInteger(n) && n >= least;
const half = (n: number): number => Math.floor(n / 2);

/** Where a walk from a place to the root has come: both numbers halve on the way up. */
interface Rung {
  place: number;
  last: number;
}

/** Whether the next hash of the path stands left of ours. */
const isLeft = ({ place, last }: Rung): boolean => place % 2 === 1 || place === last;

const climb = (rung: Rung, left: boolean): void => {
  while (left && rung.place % 2 === 0 && rung.place !== 0) {
    rung.place = half(rung.place);
    rung.last = half(rung.last);
  }
  rung.place = half(rung.place);
  rung.last = half(rung.last);
};

export interface Inclusion {
  /** From 0: the sequence less one. */
  readonly index: number;
  readonly size: number;
  readonly leaf: string;
  readonly path: readonly string[];
  readonly root: string;
}

/** RFC 9162, 2.1.3.2. */
export const isIncluded = async (claim: Inclusion): Promise<boolean> => {
  const { index, size, leaf, path, root } = claim;
  if (!isWhole(index, 0) || !isWhole(size, 1) || index >= size) return false;
  const rung = { place: index, last: size - 1 };
  let hash = leaf;
  for (const step of path) {
    if (rung.last === 0) return false;
    const left = isLeft(rung);
    hash = left ? await nodeOf(step, hash) : await nodeOf(hash, step);
    climb(rung, left);
  }
  return rung.last === 0 && hash === root;
};

export interface Consistency {
  readonly first: number;
  readonly second: number;
  readonly firstRoot: string;
  readonly secondRoot: string;
  readonly path: readonly string[];
}

/** RFC 9162, 2.1.4.2. Of one size: the roots are equal and the path is empty. */
export const isConsistent = async (claim: Consistency): Promise<boolean> => {
  const { first, second, firstRoot, secondRoot, path } = claim;
  if (!isWhole(first, 1) || !isWhole(second, first)) return false;
  if (first === second) return path.length === 0 && firstRoot === secondRoot;
  const rung = { place: first - 1, last: second - 1 };
  while (rung.place % 2 === 1) climb(rung, false);
  // A first tree that is one full subtree is not in the path: its root stands for it.
  const steps = rung.place === 0 ? [firstRoot, ...path] : path;
  let [older] = steps;
  if (older === undefined) return false;
  let newer = older;
  for (const step of steps.slice(1)) {
    if (rung.last === 0) return false;
    const left = isLeft(rung);
    if (left) older = await nodeOf(step, older);
    newer = left ? await nodeOf(step, newer) : await nodeOf(newer, step);
    climb(rung, left);
  }
  return rung.last === 0 && older === firstRoot && newer === secondRoot;
};

/** Grows the tree leaf by leaf; its memory depends on the height alone, not on the file. */
export const createFrontier = () => {
  let size = 0;
  const subtrees: string[] = [];
  const append = async (leaf: string): Promise<void> => {
    let hash = leaf;
    for (let place = size; place % 2 === 1; place = half(place)) {
      hash = await nodeOf(subtrees.pop() ?? '', hash);
    }
    subtrees.push(hash);
    size += 1;
  };
  /** Of at least one leaf. */
  const root = async (): Promise<string> => {
    let [hash = '', ...others] = [...subtrees].reverse();
    for (const left of others) hash = await nodeOf(left, hash);
    return hash;
  };
  return { append, root };
};
