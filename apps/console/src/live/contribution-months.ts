import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { monthBefore } from '../format/moment.ts';

export interface Between {
  readonly from: string;
  readonly to: string;
  /** The later month still runs. */
  readonly provisional: boolean;
}

/**
 * Which two months the screen explains: the last closed month against the one before. Whoever sees
 * exact values follows the running month against the last closed one. null: one has no value.
 */
export const contributionMonths = (snapshot: LiveSnapshot): Between | null => {
  const { overall, running, exact } = snapshot;
  const valued = new Set(overall.series.flatMap(({ month, value }) => (value ? [month] : [])));
  const last = overall.point?.value ? overall.point.month : [...valued].sort().at(-1);
  if (!last) return null;
  if (exact && running?.value && monthBefore(running.month) === last) {
    return { from: last, to: running.month, provisional: true };
  }
  const before = monthBefore(last);
  return valued.has(before) ? { from: before, to: last, provisional: false } : null;
};
