/** How old the last event or heartbeat may be; the limit itself belongs to the better state. */
export const LIVE_MAX_MS = 15_000;
export const DELAYED_MAX_MS = 120_000;
export const STOPPED_MAX_MS = 3_600_000;

export type Freshness = 'live' | 'delayed' | 'stopped' | 'gone';

/** One clock for the whole page: the age of the last sign of life, in milliseconds. */
export const freshnessOf = (ageMs: number): Freshness => {
  if (ageMs <= LIVE_MAX_MS) return 'live';
  if (ageMs <= DELAYED_MAX_MS) return 'delayed';
  return ageMs <= STOPPED_MAX_MS ? 'stopped' : 'gone';
};
