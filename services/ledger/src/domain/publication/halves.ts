import { PRIME } from './row-space.ts';

/** A half of a sum: the code by which its maker knows it, and whether it stands negative. */
export interface Half {
  readonly code: number;
  readonly sign: 1 | -1;
}

/** So many halves that are equal are kept; any later one is compared with these. */
const EQUAL_MAX = 8;
const NO_HALVES: readonly Half[] = [];

/** Halves by their values in two worlds, up to the sign: a hash table with open places. */
export class Halves {
  private readonly places: Int32Array;
  private readonly firsts: Int32Array;
  private readonly seconds: Int32Array;
  private readonly codes: Int32Array;
  private readonly signs: Int8Array;
  private count = 0;

  constructor(most: number) {
    this.places = new Int32Array(2 ** Math.ceil(Math.log2(2 * most + 2)));
    this.firsts = new Int32Array(most);
    this.seconds = new Int32Array(most);
    this.codes = new Int32Array(most);
    this.signs = new Int8Array(most);
  }

  /** Places a half with its two values, residues; returns it and those before that are equal. */
  place(code: number, first: number, second: number): readonly Half[] {
    const isUpper = 2 * first > PRIME || (first === 0 && 2 * second > PRIME);
    const a = isUpper ? PRIME - first : first;
    const b = isUpper && second !== 0 ? PRIME - second : second;
    const last = this.places.length - 1;
    let place = (Math.imul(a, 0x9e37_79b1) ^ Math.imul(b, 0x85eb_ca6b)) & last;
    let equal = NO_HALVES;
    for (let known = this.places[place] ?? 0; known !== 0; known = this.places[place] ?? 0) {
      if (this.firsts[known - 1] === a && this.seconds[known - 1] === b) {
        equal = [...equal, { code: this.codes[known - 1] ?? 0, sign: this.signOf(known - 1) }];
      }
      place = (place + 1) & last;
    }
    const own: Half = { code, sign: isUpper ? -1 : 1 };
    if (equal.length >= EQUAL_MAX) return [own, ...equal];
    const number = this.count;
    this.count += 1;
    this.places[place] = number + 1;
    this.firsts[number] = a;
    this.seconds[number] = b;
    this.codes[number] = code;
    this.signs[number] = own.sign;
    return equal.length === 0 ? NO_HALVES : [own, ...equal];
  }

  private signOf(number: number): 1 | -1 {
    return this.signs[number] === 1 ? 1 : -1;
  }
}
