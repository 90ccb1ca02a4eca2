import type { Instant } from '@jishi/contracts/time';

const CHANGE_DELAY_MS = 48 * 3_600_000;

/**
 * From when an account is used: the first at once; a changed one 48 hours later, so that a stolen
 * session cannot redirect a payment that is about to be made.
 */
export const accountEffectiveFrom = (hasEarlier: boolean, at: Instant): Instant =>
  hasEarlier ? new Date(Date.parse(at) + CHANGE_DELAY_MS).toISOString() : at;

/** One spelling of a name for comparison: full and half width, case and spaces do not matter. */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
