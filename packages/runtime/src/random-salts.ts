import { randomFillSync } from 'node:crypto';

const SALT_BYTES = 32;
const POOL_SALTS = 256;

/**
 * 32 random bytes at a call, for commitments. Drawn from the system for many calls at once: one by
 * one they cost more than the hash they go into. What was given out is wiped here.
 */
export const createSalts = (): (() => Buffer) => {
  const pool = Buffer.alloc(SALT_BYTES * POOL_SALTS);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const salt = Buffer.from(pool.subarray(used, used + SALT_BYTES));
    pool.fill(0, used, used + SALT_BYTES);
    used += SALT_BYTES;
    return salt;
  };
};
