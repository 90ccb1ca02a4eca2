import { EMPTY_ROOT, nodeHash, sameHash } from './hash.ts';

/**
 * The Merkle tree of RFC 6962 and 9162. Indices of leaves begin at 0. Sizes go beyond 32 bits, so
 * everything is arithmetic and nothing is a bit operation.
 */

/** A full subtree: `level` 0 is a leaf, level L covers 2^L leaves from `index` × 2^L on. */
export interface Node {
  readonly level: number;
  readonly index: number;
}

export type ReadNode = (level: number, index: number) => Uint8Array;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The greatest power of two that is less than n, for n ≥ 2. */
const splitOf = (n: number): number => {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
};

/** The full subtrees that make up a range, from left to right, the largest first. */
const nodesOf = ({ from, to }: Range): Node[] => {
  const nodes: Node[] = [];
  let at = from;
  while (at < to) {
    let level = 0;
    while (2 ** (level + 1) <= to - at) level += 1;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
};

/** The hash of a range of the tree from those of its full subtrees. */
const foldNodes = (hashes: readonly Uint8Array[]): Uint8Array => {
  const last = hashes.at(-1);
  if (!last) return EMPTY_ROOT;
  return hashes.slice(0, -1).reduceRight<Uint8Array>((right, left) => nodeHash(left, right), last);
};

const hashOf = (range: Range, read: ReadNode): Uint8Array =>
  foldNodes(nodesOf(range).map(({ level, index }) => read(level, index)));

const requireWhole = (n: number, least: number, most: number): void => {
  if (!Number.isSafeInteger(n) || n < least || n > most) throw new RangeError(`${n} is no place`);
};

const inclusionRanges = (index: number, size: number): Range[] => {
  requireWhole(index, 0, size - 1);
  const ranges: Range[] = [];
  let here: Range = { from: 0, to: size };
  while (here.to - here.from > 1) {
    const middle: number = here.from + splitOf(here.to - here.from);
    const left: Range = { from: here.from, to: middle };
    const right: Range = { from: middle, to: here.to };
    ranges.push(index < middle ? right : left);
    here = index < middle ? left : right;
  }
  return ranges.reverse();
};

const consistencyRanges = (first: number, second: number): Range[] => {
  requireWhole(first, 1, second);
  const ranges: Range[] = [];
  let here: Range = { from: 0, to: second };
  while (first < here.to) {
    const middle: number = here.from + splitOf(here.to - here.from);
    const left: Range = { from: here.from, to: middle };
    const right: Range = { from: middle, to: here.to };
    ranges.push(first <= middle ? right : left);
    here = first <= middle ? left : right;
  }
  // The first tree as a whole is known to the asker; a part of it is not.
  if (here.from > 0) ranges.push(here);
  return ranges.reverse();
};

/** Which subtrees a root or a proof is made of, so that a store can fetch them in one query. */
export const nodesOfRoot = (size: number): Node[] => nodesOf({ from: 0, to: size });
export const nodesOfInclusion = (index: number, size: number): Node[] =>
  inclusionRanges(index, size).flatMap(nodesOf);
export const nodesOfConsistency = (first: number, second: number): Node[] =>
  consistencyRanges(first, second).flatMap(nodesOf);

export const rootFrom = (size: number, read: ReadNode): Uint8Array =>
  hashOf({ from: 0, to: size }, read);

export const inclusionProof = (index: number, size: number, read: ReadNode): Uint8Array[] =>
  inclusionRanges(index, size).map((range) => hashOf(range, read));

/** Between a tree of `first` leaves (at least 1) and one of `second`. */
export const consistencyProof = (first: number, second: number, read: ReadNode): Uint8Array[] =>
  consistencyRanges(first, second).map((range) => hashOf(range, read));

/** The root of a list of leaf hashes. */
export const rootOf = (leaves: readonly Uint8Array[]): Uint8Array => {
  let row: readonly Uint8Array[] = leaves;
  if (row.length === 0) return EMPTY_ROOT;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const left = row[i] as Uint8Array;
      const right = row[i + 1];
      above.push(right ? nodeHash(left, right) : left);
    }
    row = above;
  }
  return row[0] as Uint8Array;
};

const isWhole = (n: number, least: number): boolean => Number.isSafeInteger(n) && n >= least;
const half = (n: number): number => Math.floor(n / 2);

interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** RFC 9162, 2.1.3.2. */
export const verifyInclusion = ({ index, size, leaf, path, root }: Inclusion): boolean => {
  if (!isWhole(index, 0) || !isWhole(size, 1) || index >= size) return false;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const step of path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(step, hash);
      while (place % 2 === 0 && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, step);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && sameHash(hash, root);
};

interface Consistency {
  readonly first: number;
  readonly second: number;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** RFC 9162, 2.1.4.2. Of one size: the roots are equal and the path is empty. */
export const verifyConsistency = (claim: Consistency): boolean => {
  const { first, second, firstRoot, secondRoot, path } = claim;
  if (!isWhole(first, 1) || !isWhole(second, first)) return false;
  if (first === second) return path.length === 0 && sameHash(firstRoot, secondRoot);
  let place = first - 1;
  let last = second - 1;
  while (place % 2 === 1) {
    place = half(place);
    last = half(last);
  }
  // A first tree that is one full subtree is not in the path: its root stands for it.
  const steps = place === 0 ? [firstRoot, ...path] : path;
  let [older] = steps;
  if (!older) return false;
  let newer = older;
  for (const step of steps.slice(1)) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      older = nodeHash(step, older);
      newer = nodeHash(step, newer);
      while (place % 2 === 0 && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      newer = nodeHash(newer, step);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && sameHash(older, firstRoot) && sameHash(newer, secondRoot);
};
