import { randomInt } from 'node:crypto';
import { rootOf } from '@jishi/proof/tree';
import { LogDamaged, type Queryable, readEntries } from '../store/heads/entries.ts';
import { BLOCK_EVENTS, countBlocks, readBlockRoots } from '../store/heads/tree-nodes.ts';

/** Blocks read again in one round: a million events are gone through in under three hours. */
const BLOCKS_A_ROUND = 4;

export interface Patrol {
  /** Reads the next blocks again; throws LogDamaged where they are not what they were. */
  readonly next: () => Promise<void>;
}

/**
 * Goes round and round the old log, a few blocks at a time: stored events must still give their
 * leaves, and a block its root. What was altered in place after it was signed is found and located
 * here, though nobody asks for it. It begins anywhere: after a start it need not begin anew.
 */
export const createPatrol = (db: Queryable): Patrol => {
  let place: number | null = null;
  return {
    next: async () => {
      place ??= randomInt(Math.max(1, await countBlocks(db)));
      let roots = await readBlockRoots(db, place, BLOCKS_A_ROUND);
      if (roots.length === 0 && place > 0) {
        place = 0;
        roots = await readBlockRoots(db, place, BLOCKS_A_ROUND);
      }
      for (const root of roots) {
        const first = place * BLOCK_EVENTS;
        const { leaves } = await readEntries(db, first, first + BLOCK_EVENTS);
        if (Buffer.compare(rootOf(leaves), root) !== 0) {
          throw new LogDamaged(
            first + 1,
            `events ${first + 1} to ${first + BLOCK_EVENTS} no longer give the root of their block`,
          );
        }
        place += 1;
      }
    },
  };
};
