/** A single byte that, put back, makes the bytes fit again. */
export interface Repair {
  readonly byte: number;
  readonly is: string;
  readonly was: string;
  readonly repaired: Buffer;
}

/** `hashed`: how many bytes one try hashes. */
export type RepairByte = (
  bytes: Uint8Array,
  hashed: number,
  fits: (candidate: Buffer) => boolean,
) => Repair | null;

export const REPAIR_BYTES_MAX = 2_048;
/** A hash costs as much, whatever its length, as about a thousand bytes more of it. */
const HASH_COST = 1_024;
const VALUES = 256;
const COST_MAX = 4 * 2 ** 30;

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');

const tryAll = (bytes: Uint8Array, fits: (candidate: Buffer) => boolean): Repair | null => {
  const candidate = Buffer.from(bytes);
  for (let at = 0; at < candidate.length; at += 1) {
    const is = candidate[at] as number;
    for (let was = 0; was < VALUES; was += 1) {
      if (was === is) continue;
      candidate[at] = was;
      if (fits(candidate)) return { byte: at, is: hexOf(is), was: hexOf(was), repaired: candidate };
    }
    candidate[at] = is;
  }
  return null;
};

/**
 * Tries every other value of every byte: 255 × length hashes of that length, so the work grows with
 * the square of it. What is long is not tried, and what one file may cost is bounded.
 */
export const createRepair = (): RepairByte => {
  let left = COST_MAX;
  return (bytes, hashed, fits) => {
    const cost = VALUES * bytes.length * (hashed + HASH_COST);
    if (bytes.length > REPAIR_BYTES_MAX || cost > left) return null;
    left -= cost;
    return tryAll(bytes, fits);
  };
};
