import { type ReadLimits, Unreadable } from './sheet.ts';

/**
 * Counts what the cells of a sheet say, each for itself: one shared text in many cells is that many
 * texts as soon as the sheet leaves the thread. Throws by name when a cell or the sheet holds more
 * than it may.
 */
export class TextCount {
  readonly #limits: ReadLimits;
  #total = 0;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  add(text: string, times = 1): void {
    if (text.length > this.#limits.cellTextMax) throw new Unreadable('unpacks-too-large', 'a cell');
    this.#total += text.length * times;
    if (this.#total > this.#limits.textMax) throw new Unreadable('unpacks-too-large', 'the cells');
  }
}
