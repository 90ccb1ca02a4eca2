import { createFrontier as frontierOfMarket } from '@jishi/proof/frontier';
import { leavesOf, readerOf } from '@jishi/proof/testing';
import { consistencyProof, inclusionProof, rootOf } from '@jishi/proof/tree';
import { expect, test } from 'vitest';
import { hexOf } from '../../../kit/hashing.ts';
import { createFrontier, isConsistent, isIncluded } from './tree.ts';

/** Two levels of full subtrees and every ragged edge between them. */
const SIZE_MAX = 17;
const LEAVES = leavesOf(SIZE_MAX);
const READ = readerOf(LEAVES);
const SIZES = Array.from({ length: SIZE_MAX }, (_, i) => i + 1);
const ROOTS = SIZES.map((size) => hexOf(rootOf(LEAVES.slice(0, size))));
const rootAt = (size: number): string => ROOTS[size - 1] ?? '';
const leafAt = (index: number): string => hexOf(LEAVES[index] as Uint8Array);

/** The same hash with its last bit turned. */
const flipped = (hex: string): string => {
  const digit = Number.parseInt(hex.slice(-1), 16) ^ 1;
  return hex.slice(0, -1) + digit.toString(16);
};
const bentAt = (path: readonly string[], at: number): string[] =>
  path.map((step, i) => (i === at ? flipped(step) : step));

test.each(SIZES)('in a log of %i events each is found, and nothing altered is', async (size) => {
  for (let index = 0; index < size; index += 1) {
    const path = inclusionProof(index, size, READ).map(hexOf);
    const claim = { index, size, leaf: leafAt(index), path, root: rootAt(size) };
    expect(await isIncluded(claim)).toBe(true);
    expect(await isIncluded({ ...claim, leaf: flipped(claim.leaf) })).toBe(false);
    expect(await isIncluded({ ...claim, root: flipped(claim.root) })).toBe(false);
    expect(await isIncluded({ ...claim, path: [...path, claim.leaf] })).toBe(false);
    expect(await isIncluded({ ...claim, index: size })).toBe(false);
    if (size > 1) expect(await isIncluded({ ...claim, index: (index + 1) % size })).toBe(false);
    for (const at of path.keys()) {
      expect(await isIncluded({ ...claim, path: bentAt(path, at) })).toBe(false);
    }
  }
});

test.each(SIZES)('every older head is the beginning of that of %i events', async (second) => {
  for (let first = 1; first <= second; first += 1) {
    const path = consistencyProof(first, second, READ).map(hexOf);
    const claim = { first, second, firstRoot: rootAt(first), secondRoot: rootAt(second), path };
    expect(await isConsistent(claim)).toBe(true);
    expect(await isConsistent({ ...claim, firstRoot: flipped(claim.firstRoot) })).toBe(false);
    expect(await isConsistent({ ...claim, secondRoot: flipped(claim.secondRoot) })).toBe(false);
    expect(await isConsistent({ ...claim, path: [...path, claim.firstRoot] })).toBe(false);
    for (const at of path.keys()) {
      expect(await isConsistent({ ...claim, path: bentAt(path, at) })).toBe(false);
    }
    if (first === second) continue;
    // An older head that is larger than the newer one is no beginning of it.
    expect(await isConsistent({ ...claim, first: second, second: first })).toBe(false);
  }
});

test('leaf by leaf the root is the one of the market, at every size', async () => {
  const ours = createFrontier();
  const theirs = frontierOfMarket();
  for (const leaf of LEAVES) {
    await ours.append(hexOf(leaf));
    theirs.append(leaf);
    expect(await ours.root()).toBe(hexOf(theirs.root()));
  }
});
