import type { Gauge } from '@jishi/contracts/ledger/live';
import { percentOf } from '../format/change.ts';

/** What the gauge shows, computed from exact fen. Percentages of the bar are for drawing only. */
export interface GaugeFigures {
  readonly value: bigint;
  readonly target: bigint | null;
  /** Share of the target, `85.1%`; null without a target. */
  readonly share: string | null;
  readonly gap: bigint | null;
  readonly over: bigint | null;
  readonly reached: boolean;
  /** Fill of the bar, 0–100, to a hundredth. */
  readonly fillPercent: number;
  /** Place of the pace tick, 0–100. */
  readonly tickPercent: number;
  readonly pace: string;
}

const clamp = (n: number): number => Math.max(0, Math.min(100, n));

export const gaugeFigures = (gauge: Gauge): GaugeFigures => {
  const value = BigInt(gauge.contractValueFen);
  const target = gauge.target ? BigInt(gauge.target.amountFen) : null;
  const total = BigInt(gauge.workingDaysTotal);
  const gone = BigInt(gauge.workingDaysGone);
  const difference = target === null ? null : target - value;
  return {
    value,
    target,
    share: target === null ? null : percentOf(value, target),
    gap: difference !== null && difference > 0n ? difference : null,
    over: difference !== null && difference < 0n ? -difference : null,
    reached: gauge.reachedOn !== null,
    fillPercent: target ? clamp(Number((value * 10_000n) / target) / 100) : 0,
    tickPercent: total > 0n ? clamp(Number((gone * 10_000n) / total) / 100) : 0,
    pace: percentOf(gone, total),
  };
};
