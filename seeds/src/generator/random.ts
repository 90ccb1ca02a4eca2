import { createHash } from 'node:crypto';

/** A weighted choice; weights need not sum to one. */
export type Weighted<T> = readonly (readonly [T, number])[];

export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  readonly chance: (probability: number) => boolean;
  /** Whole number in [from, to], both included. */
  readonly whole: (from: number, to: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly weighted: <T>(choices: Weighted<T>) => T;
  /** Standard normal. Uses Math.log and Math.cos: the same on one engine, close on another. */
  readonly normal: () => number;
  readonly bytes: (length: number) => Buffer;
  /** A UUIDv7 of a moment. */
  readonly id: (atMs: number) => string;
}

const UINT32 = 2 ** 32;

/** sfc32: small, fast, and good enough for a synthetic history. Seeded by the hash of a name. */
const generator = (seed: string): (() => number) => {
  const hash = createHash('sha256').update(seed).digest();
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => hash.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  return () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
};

const hex = (value: number, digits: number): string =>
  value.toString(16).padStart(digits, '0').slice(-digits);

const uuidOf = (atMs: number, uint32: () => number): string => {
  const time = hex(atMs, 12);
  const [a, b, c] = [uint32(), uint32(), uint32()];
  const tail = `${hex((a & 0x3fff) | 0x8000, 4)}-${hex(b, 8)}${hex(c, 4)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a >>> 16, 3)}-${tail}`;
};

/** Everything random in a synthetic history comes from here: the same name, the same history. */
export const createRandom = (seed: string): Random => {
  const uint32 = generator(seed);
  const next = (): number => uint32() / UINT32;
  const at = <T>(choices: readonly T[], index: number): T => {
    const found = choices[index];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (choices) => at(choices, Math.floor(next() * choices.length)),
    weighted: (choices) => {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [choice, weight] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return at(choices, choices.length - 1)[0];
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    bytes: (length) => {
      const bytes = Buffer.alloc(length);
      for (let i = 0; i < length; i += 4) bytes.writeUInt32LE(uint32(), i);
      return bytes;
    },
    id: (atMs) => uuidOf(atMs, uint32),
  };
};
