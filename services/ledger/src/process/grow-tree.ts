import { createFrontier } from '@jishi/proof/frontier';
import { type Queryable, readEntries, recordedAtOf } from '../store/heads/entries.ts';
import {
  keepSubtrees,
  readFrontierHashes,
  type Subtree,
  storedLevelOf,
} from '../store/heads/tree-nodes.ts';

/** Events read back at once: a few milliseconds of hashing between two turns of the loop. */
const BATCH_EVENTS = 1_000;

export interface GrowingTree {
  readonly size: () => number;
  readonly root: () => Uint8Array;
  /** When the last event in the tree was recorded; null in a tree that has not grown yet. */
  readonly recordedAt: () => string | null;
  /** Reads the events up to that size back and adds them; on the way stores full subtrees. */
  readonly growTo: (size: number) => Promise<void>;
}

/** The tree of the log from a size whose subtrees are stored on, in memory of its height alone. */
export const openTree = async (db: Queryable, from: number): Promise<GrowingTree> => {
  let full: Subtree[] = [];
  let recordedAt: string | null = null;
  const hashes = from === 0 ? [] : await readFrontierHashes(db, from);
  const frontier = createFrontier({ size: from, hashes }, (level, place, root) => {
    const stored = storedLevelOf(level);
    if (stored !== null) full.push({ level: stored, place, root });
  });

  const growTo = async (size: number): Promise<void> => {
    while (frontier.size() < size) {
      const upTo = Math.min(size, frontier.size() + BATCH_EVENTS);
      const { leaves, lastEnvelope } = await readEntries(db, frontier.size(), upTo);
      full = [];
      for (const leaf of leaves) frontier.append(leaf);
      await keepSubtrees(db, full);
      recordedAt = recordedAtOf(lastEnvelope);
    }
  };
  return { growTo, size: frontier.size, root: frontier.root, recordedAt: () => recordedAt };
};
