import { z } from '@hono/zod-openapi';
import { v7 } from 'uuid';

/**
 * Ids are UUIDv7 made by the client; the time inside is for index locality only and never read.
 * The same id with the same content is answered again, with other content it is refused.
 */
export const Id = z.uuid().openapi('Id', { example: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e5f' });
export type Id = string;

/** Asking the system for randomness costs more than the rest of an id: many are drawn at once. */
const POOL = new Uint8Array(4_096);
const RANDOM_BYTES = 16;
let used = POOL.length;
const drawRandom = (): Uint8Array => {
  if (used === POOL.length) {
    crypto.getRandomValues(POOL);
    used = 0;
  }
  used += RANDOM_BYTES;
  return POOL.subarray(used - RANDOM_BYTES, used);
};

/** A counter of 32 bits, begun anew in each millisecond in its lower half. */
const counterFrom = (random: Uint8Array): number =>
  new DataView(random.buffer, random.byteOffset).getInt32(6) & 0x7fff_ffff;
let lastMs = -Infinity;
let counter = 0;

/** Ascending within one process, also within a millisecond: lists by id are in order of making. */
export const newId = (): Id => {
  const random = drawRandom();
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = counterFrom(random);
  } else {
    counter = (counter + 1) | 0;
    if (counter === 0) lastMs += 1;
  }
  return v7({ random, msecs: lastMs, seq: counter });
};
