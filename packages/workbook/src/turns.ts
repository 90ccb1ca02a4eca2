import { Unreadable } from './sheet.ts';

export interface TurnLimits {
  readonly atOnce: number;
  readonly waitingMax: number;
  readonly ofOneMax: number;
}

/** Who may go: a few at once, and of those who wait each asker in turn, however many it sends. */
export class Turns {
  readonly #limits: TurnLimits;
  /** Who waits, by asker; the asker whose turn is next stands first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  /** How many of an asker wait or run. */
  readonly #held = new Map<string, number>();
  #running = 0;
  #waits = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  async take(whose: string): Promise<void> {
    const held = this.#held.get(whose) ?? 0;
    if (held >= this.#limits.ofOneMax) throw new Unreadable('busy-for-you');
    const isFree = this.#running < this.#limits.atOnce;
    if (!isFree && this.#waits >= this.#limits.waitingMax) throw new Unreadable('busy');
    this.#held.set(whose, held + 1);
    if (isFree) {
      this.#running++;
      return;
    }
    this.#waits++;
    await new Promise<void>((go) => {
      this.#waiting.set(whose, [...(this.#waiting.get(whose) ?? []), go]);
    });
  }

  leave(whose: string): void {
    const held = (this.#held.get(whose) ?? 1) - 1;
    if (held > 0) this.#held.set(whose, held);
    else this.#held.delete(whose);
    this.#toTheEnd(whose, this.#waiting.get(whose) ?? []);
    const [next] = this.#waiting;
    if (!next) {
      this.#running--;
      return;
    }
    const [asker, [go, ...others]] = next;
    this.#waits--;
    this.#toTheEnd(asker, others);
    go?.();
  }

  #toTheEnd(whose: string, waiting: (() => void)[]): void {
    this.#waiting.delete(whose);
    if (waiting.length > 0) this.#waiting.set(whose, waiting);
  }
}
