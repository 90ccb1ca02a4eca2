import { PRIME } from './row-space.ts';

/** A half of a sum: the code by which its maker knows it, and whether it stands negative. */
export interface Half {
  readonly code: number;
  readonly sign: 1 | -1;
}

/** So many halves that are equal are kept. */
const EQUAL_MAX = 8;
const NO_HALVES: readonly Half[] = [];

/** Of a half and its negative one is kept: this is the other. */
const isUpper = (first: number, second: number): boolean =>
  2 * first > PRIME || (first === 0 && 2 * second > PRIME);
const negative = (value: number): number => (value === 0 ? 0 : PRIME - value);

/** Halves by their values in two worlds, up to the sign: a hash table with open places. */
export class Halves {
  private readonly places: Int32Array;
  private readonly firsts: Int32Array;
  private readonly seconds: Int32Array;
  private readonly codes: Int32Array;
  private readonly signs: Int8Array;
  private count = 0;

  constructor(most: number) {
    this.places = new Int32Array(2 ** Math.ceil(Math.log2(8 * most + 8)));
    this.firsts = new Int32Array(most);
    this.seconds = new Int32Array(most);
    this.codes = new Int32Array(most);
    this.signs = new Int8Array(most);
  }

  /** Keeps a half with its two values, residues; not, where as many are the same as are kept. */
  keep(code: number, first: number, second: number): void {
    if (isUpper(first, second)) this.put(code, negative(first), negative(second), -1);
    else this.put(code, first, second, 1);
  }

  /** The kept halves with these values or the negative ones; a sign is beside the asked one. */
  equalTo(first: number, second: number): readonly Half[] {
    return isUpper(first, second)
      ? this.same(negative(first), negative(second), -1)
      : this.same(first, second, 1);
  }

  private put(code: number, first: number, second: number, sign: 1 | -1): void {
    let equal = 0;
    const place = this.walk(first, second, () => {
      equal += 1;
    });
    if (equal >= EQUAL_MAX) return;
    const number = this.count;
    this.count += 1;
    this.places[place] = number + 1;
    this.firsts[number] = first;
    this.seconds[number] = second;
    this.codes[number] = code;
    this.signs[number] = sign;
  }

  private same(first: number, second: number, asked: 1 | -1): readonly Half[] {
    // Nearly all end here: nothing is made for them.
    if (this.places[this.placeFor(first, second)] === 0) return NO_HALVES;
    let equal = NO_HALVES;
    this.walk(first, second, (number) => {
      const sign = this.signs[number] === asked ? 1 : -1;
      equal = [...equal, { code: this.codes[number] ?? 0, sign }];
    });
    return equal;
  }

  private placeFor(first: number, second: number): number {
    return (
      (Math.imul(first, 0x9e37_79b1) ^ Math.imul(second, 0x85eb_ca6b)) & (this.places.length - 1)
    );
  }

  /** Goes over the halves of a place; returns where the next would be put. */
  private walk(first: number, second: number, visit: (number: number) => void): number {
    const last = this.places.length - 1;
    let place = this.placeFor(first, second);
    for (let kept = this.places[place] ?? 0; kept !== 0; kept = this.places[place] ?? 0) {
      const number = kept - 1;
      if (this.firsts[number] === first && this.seconds[number] === second) visit(number);
      place = (place + 1) & last;
    }
    return place;
  }
}
