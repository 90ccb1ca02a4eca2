import { check } from 'k6';
import exec from 'k6/execution';

/**
 * A journey whose faults count: k6 only prints what a script throws, and a journey that always
 * fails in its first line would cross no threshold.
 */
export const played =
  <Given>(play: (given: Given) => void) =>
  (given: Given): void => {
    let whole = false;
    try {
      play(given);
      whole = true;
    } finally {
      check(whole, { 'played to its end': (is) => is });
    }
  };

/** The n-th of what was prepared; without it the whole run is void and ends. */
export const stocked = <T>(stock: readonly T[], n: number, what: string): T => {
  const item = stock[n];
  if (item !== undefined) return item;
  const why = `only ${stock.length} ${what} were prepared`;
  exec.test.abort(why);
  throw new Error(why);
};
