const NOBODY = -1;

/**
 * The largest and the second largest of many values that change one at a time. What leaves one of
 * the two places for less says nothing of who is next: then they have to be looked for again.
 */
export class TwoLargest {
  first = 0n;
  second = 0n;
  /** Whose they are, by number. */
  private firstOf = NOBODY;
  private secondOf = NOBODY;
  private known = true;

  get isKnown(): boolean {
    return this.known;
  }

  /** Somebody's value from now on; 0 of who has none. */
  put(number: number, value: bigint): void {
    if (number === this.firstOf) {
      if (value >= this.second) this.first = value;
      else this.known = false;
    } else if (value > this.first) {
      // Also of the second, who passes the first.
      [this.second, this.secondOf] = [this.first, this.firstOf];
      [this.first, this.firstOf] = [value, number];
    } else if (number === this.secondOf) {
      if (value >= this.second) this.second = value;
      else this.known = false;
    } else if (value > this.second) {
      [this.second, this.secondOf] = [value, number];
    }
  }
}
