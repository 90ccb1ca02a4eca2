import type { HeadSigner } from '../process/sign-heads.ts';
import { LogDamaged, type Queryable } from '../store/heads/entries.ts';
import { readRoot } from '../store/heads/tree-nodes.ts';

const rootIn = async (pool: Queryable, seq: number): Promise<string | null> => {
  try {
    return Buffer.from(await readRoot(pool, seq)).toString('hex');
  } catch (error) {
    // Full blocks are stored as heads are signed: the last ones may not be there yet.
    if (error instanceof LogDamaged) return null;
    throw error;
  }
};

/** Root of the Merkle tree over the first so many events; null where no head can be signed. */
export const logRoots =
  (pool: Queryable, signer: HeadSigner) =>
  async (seq: number): Promise<string | null> => {
    const stored = await rootIn(pool, seq);
    if (stored !== null || !(await signer.headCovering(seq))) return stored;
    return rootIn(pool, seq);
  };
