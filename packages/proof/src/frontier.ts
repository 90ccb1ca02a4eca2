import { EMPTY_ROOT, nodeHash } from './hash.ts';

/** Grows a tree leaf by leaf in memory that depends on its height alone. */
export interface Frontier {
  readonly append: (leaf: Uint8Array) => void;
  readonly size: () => number;
  readonly root: () => Uint8Array;
  /** The full subtrees of the tree so far, left to right: enough to go on from. */
  readonly hashes: () => readonly Uint8Array[];
}

/** Told of every full subtree above the leaves, as it is completed. */
export type OnNode = (level: number, index: number, hash: Uint8Array) => void;

/** `from`: the size, and the hashes of the full subtrees (`nodesOfRoot`), where to go on. */
export const createFrontier = (
  from: { readonly size: number; readonly hashes: readonly Uint8Array[] } = { size: 0, hashes: [] },
  onNode?: OnNode,
): Frontier => {
  let size = from.size;
  const stack: Uint8Array[] = [...from.hashes];

  const append = (leaf: Uint8Array): void => {
    let hash = leaf;
    let place = size;
    for (let level = 1; place % 2 === 1; level += 1) {
      const left = stack.pop();
      if (!left) throw new Error('the frontier does not fit its size');
      hash = nodeHash(left, hash);
      place = Math.floor(place / 2);
      onNode?.(level, place, hash);
    }
    stack.push(hash);
    size += 1;
  };

  const root = (): Uint8Array => {
    const last = stack.at(-1);
    if (!last) return EMPTY_ROOT;
    return stack.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  };
  return { append, root, size: () => size, hashes: () => [...stack] };
};
