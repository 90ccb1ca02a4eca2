import { TwoLargest } from './two-largest.ts';

/**
 * What one party did in a cell and period. Amounts in fen, of the party as seller. Never changed
 * in place: months and windows share it.
 */
export interface PartyTally {
  /** Units in which it is a side; one where it is both. */
  readonly units: number;
  readonly sold: number;
  readonly bought: number;
  readonly cappedFen: bigint;
  readonly rawFen: bigint;
}

const soldFen = ({ sold, cappedFen, rawFen }: PartyTally, values: 'raw' | 'capped'): bigint =>
  sold === 0 ? 0n : values === 'raw' ? rawFen : cappedFen;

const VALUES = ['raw', 'capped'] as const;

const SMALLEST = 8;
/** Knuth's multiplier: neighbouring numbers end far apart. */
const SPREAD = 0x9e3779b1;
const BITS = 32;

/**
 * The parties of a cell and period by their number in the market: open addressing, at most half
 * full.
 */
export class PartyTable {
  /** Number + 1; 0 where nothing stands. */
  private numbers: Int32Array;
  private tallies: (PartyTally | undefined)[];
  private shift: number;
  private count = 0;
  /** Kept up from the first question on. */
  private readonly leading = new Map<'raw' | 'capped', TwoLargest>();

  /** With room for so many before it has to grow. */
  constructor(room = 0) {
    let size = SMALLEST;
    while (size < 2 * room) size *= 2;
    this.numbers = new Int32Array(size);
    this.tallies = new Array(size).fill(undefined);
    this.shift = BITS - Math.log2(size);
  }

  get size(): number {
    return this.count;
  }

  /** Where a number stands, or would stand. */
  private placeOf(number: number): number {
    const { numbers } = this;
    const last = numbers.length - 1;
    let place = Math.imul(number, SPREAD) >>> this.shift;
    while (numbers[place] !== 0 && numbers[place] !== number + 1) place = (place + 1) & last;
    return place;
  }

  get(number: number): PartyTally | undefined {
    return this.tallies[this.placeOf(number)];
  }

  set(number: number, tally: PartyTally): void {
    const place = this.placeOf(number);
    this.tallies[place] = tally;
    this.follow(number, tally);
    if (this.numbers[place] !== 0) return;
    this.numbers[place] = number + 1;
    this.count += 1;
    if (2 * this.count > this.numbers.length) this.grow();
  }

  delete(number: number): void {
    const last = this.numbers.length - 1;
    let hole = this.placeOf(number);
    if (this.numbers[hole] === 0) return;
    this.count -= 1;
    this.follow(number, null);
    // Whoever was pushed on by the hole moves into it, so that nobody is looked for in vain.
    for (let at = (hole + 1) & last; this.numbers[at] !== 0; at = (at + 1) & last) {
      const home = Math.imul((this.numbers[at] ?? 0) - 1, SPREAD) >>> this.shift;
      if (((at - home) & last) < ((at - hole) & last)) continue;
      this.numbers[hole] = this.numbers[at] ?? 0;
      this.tallies[hole] = this.tallies[at];
      hole = at;
    }
    this.numbers[hole] = 0;
    this.tallies[hole] = undefined;
  }

  /** The largest sums of two sellers, in fen, raw or capped; 0 where there are fewer. */
  largest(values: 'raw' | 'capped'): Readonly<Record<'first' | 'second', bigint>> {
    const kept = this.leading.get(values);
    if (kept?.isKnown) return kept;
    const found = new TwoLargest();
    this.forEach((tally, number) => {
      found.put(number, soldFen(tally, values));
    });
    this.leading.set(values, found);
    return found;
  }

  private follow(number: number, tally: PartyTally | null): void {
    if (this.leading.size === 0) return;
    for (const values of VALUES) {
      const kept = this.leading.get(values);
      if (kept?.isKnown) kept.put(number, tally ? soldFen(tally, values) : 0n);
    }
  }

  forEach(see: (tally: PartyTally, number: number) => void): void {
    const { numbers, tallies } = this;
    for (let place = 0; place < numbers.length; place += 1) {
      const tally = tallies[place];
      if (tally) see(tally, (numbers[place] ?? 0) - 1);
    }
  }

  private grow(): void {
    const { numbers, tallies } = this;
    this.numbers = new Int32Array(2 * numbers.length);
    this.tallies = new Array(2 * numbers.length).fill(undefined);
    this.shift -= 1;
    for (let place = 0; place < numbers.length; place += 1) {
      const number = (numbers[place] ?? 0) - 1;
      if (number < 0) continue;
      const to = this.placeOf(number);
      this.numbers[to] = number + 1;
      this.tallies[to] = tallies[place];
    }
  }
}
