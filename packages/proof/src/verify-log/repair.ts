/** A single byte that, put back, makes the bytes fit again. */
export interface Repair {
  readonly byte: number;
  readonly is: string;
  readonly was: string;
  readonly repaired: Buffer;
}

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Tries every other value of every byte: 255 × length hashes, well under a second for an event. */
export const repairByte = (
  bytes: Uint8Array,
  fits: (candidate: Buffer) => boolean,
): Repair | null => {
  const candidate = Buffer.from(bytes);
  for (let at = 0; at < candidate.length; at += 1) {
    const is = candidate[at] as number;
    for (let was = 0; was < 256; was += 1) {
      if (was === is) continue;
      candidate[at] = was;
      if (fits(candidate)) return { byte: at, is: hexOf(is), was: hexOf(was), repaired: candidate };
    }
    candidate[at] = is;
  }
  return null;
};
