import type { LocalMonth } from '@jishi/contracts/time';
import type { Cap } from './cap.ts';
import type { DealUnit } from './deal-unit.ts';
import { addUnit, type Tally } from './tally.ts';

/**
 * The accumulators of a window of several months, for the cells that somebody has asked for. They
 * are put together once and then kept up by every event, so that a window of a year is read as
 * quickly as a month.
 */
export interface WindowTallies {
  readonly months: ReadonlySet<LocalMonth>;
  readonly cap: Cap | null;
  readonly cells: Map<string, Tally>;
}

/** By months and cap; the one that was asked for last stands last. */
export type KeptWindows = Map<string, WindowTallies>;

/** A live screen reads two or three; a rebuild passes over many and needs none of them again. */
const KEPT_MAX = 16;

export const keptWindow = (
  kept: KeptWindows,
  months: readonly LocalMonth[],
  cap: Cap | null,
): WindowTallies => {
  const key = `${months.join()}|${cap?.fen ?? ''}`;
  const window = kept.get(key) ?? { months: new Set(months), cap, cells: new Map() };
  kept.delete(key);
  kept.set(key, window);
  const oldest = kept.keys().next();
  if (kept.size > KEPT_MAX && !oldest.done) kept.delete(oldest.value);
  return window;
};

/** A unit of a month comes (sign 1) or goes (−1). */
export const moveInWindows = (
  kept: KeptWindows,
  month: LocalMonth,
  unit: DealUnit,
  sign: 1 | -1,
): void => {
  for (const window of kept.values()) {
    if (!window.months.has(month)) continue;
    for (const cell of unit.cells) {
      const tally = window.cells.get(cell);
      if (tally) addUnit(tally, unit, window.cap, sign);
    }
  }
};
