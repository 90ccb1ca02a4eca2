import { type Journey, stockFor } from './journeys.ts';
import { type Bench, isGood, type Measured, measure } from './measure.ts';
import { tellMeasured, tellRung } from './tell.ts';

export interface Climb {
  readonly rate: number;
  readonly seconds: number;
  /** Prepared contracts or cases; 0 for a journey that uses up none. */
  readonly stock: number;
}

export const RUNGS_MAX = 12;
/** What the last run left behind must not be the next one's burden. */
const REST_MS = 3_000;

const rest = (): Promise<void> => new Promise((done) => setTimeout(done, REST_MS));

/** Doubles the rate until a threshold breaks, then tries once between the last good and that. */
export const climb = async (
  bench: Bench,
  journey: Journey,
  { rate: first, seconds, stock }: Climb,
): Promise<void> => {
  let offset = 0;
  const play = async (rate: number): Promise<Measured | null> => {
    const needed = stockFor(journey, rate, seconds);
    if (stock > 0 && offset + needed > stock) {
      console.log(`备料用尽 the stock ends before ${rate} ${journey.unit}: raise --stock`);
      return null;
    }
    const measured = await measure(bench, journey, { rate, seconds, offset });
    offset += needed;
    console.log(tellRung(measured));
    if (!isGood(measured)) for (const line of tellMeasured(measured)) console.log(line);
    await rest();
    return measured;
  };
  let good = 0;
  for (let rate = first, rung = 0; rung < RUNGS_MAX; rung++) {
    const measured = await play(rate);
    if (!measured) return;
    if (!isGood(measured)) {
      const middle = Math.round((good + rate) / 2);
      if (good > 0 && middle > good && middle < rate) await play(middle);
      return;
    }
    if (rate === journey.rateMax) return;
    good = rate;
    rate = Math.min(rate * 2, journey.rateMax);
  }
};
