import { z } from '@hono/zod-openapi';
import { v7 } from 'uuid';

/**
 * Ids are UUIDv7 made by the client; the time inside is for index locality only and never read.
 * The same id with the same content is answered again, with other content it is refused.
 */
export const Id = z.uuid().openapi('Id', { example: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e5f' });
export type Id = string;

/** Asking the system for randomness costs more than all the rest of an id: many are drawn at once. */
const POOL = new Uint8Array(4_096);
const RANDOM_BYTES = 16;
let used = POOL.length;
const rng = (): Uint8Array => {
  if (used === POOL.length) {
    crypto.getRandomValues(POOL);
    used = 0;
  }
  used += RANDOM_BYTES;
  return POOL.subarray(used - RANDOM_BYTES, used);
};

export const newId = (): Id => v7({ rng });
