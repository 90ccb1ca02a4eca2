import type { LocalMonth } from '@jishi/contracts/time';
import { listingDaysOf } from './listings.ts';
import type { MarketState, MonthUnits } from './market-state.ts';

/**
 * Annual freeze 年度定稿: from here on the official figures of these months are those known now,
 * also inside windows that reach into the next year (B12-16). Events keep moving the unfrozen
 * months beside them, whose difference is the prior-period adjustment.
 */
export const freezeMonths = (market: MarketState, months: readonly LocalMonth[]): void => {
  for (const month of months) {
    const live = market.months.get(month);
    const kept: MonthUnits = live ?? { units: new Map(), views: new Map() };
    const cells = [...market.listings.exposures.keys()];
    market.frozen.set(month, {
      month: kept,
      listingDays: new Map(
        cells.map((cell) => [cell, listingDaysOf(market.listings, cell, month)] as const),
      ),
    });
    // The live month goes on with maps of its own; units themselves are never changed in place.
    if (live) market.months.set(month, { units: new Map(live.units), views: new Map() });
  }
};

const NO_UNITS: MonthUnits = { units: new Map(), views: new Map() };

/** The units of a month as official figures see them: frozen where its year is closed. */
export const officialMonth = (market: MarketState, month: LocalMonth): MonthUnits =>
  market.frozen.get(month)?.month ?? market.months.get(month) ?? NO_UNITS;

export const officialListingDays = (
  market: MarketState,
  cell: string,
  month: LocalMonth,
): number => {
  const frozen = market.frozen.get(month);
  return frozen ? (frozen.listingDays.get(cell) ?? 0) : listingDaysOf(market.listings, cell, month);
};

/** Prior-period adjustment 以前期间调整 of a frozen month: unfrozen less frozen, in N and raw fen. */
export interface Adjustment {
  readonly month: LocalMonth;
  readonly units: number;
  readonly rawFen: bigint;
}

const rawOf = ({ units }: MonthUnits): bigint =>
  [...units.values()].reduce((sum, { rawFen }) => sum + rawFen, 0n);

/** Those that are not nothing, by month. They are listed and never enter the index (B12-14). */
export const priorPeriodAdjustments = (market: MarketState): readonly Adjustment[] =>
  [...market.frozen]
    .map(([month, { month: frozen }]) => {
      const live = market.months.get(month) ?? NO_UNITS;
      return {
        month,
        units: live.units.size - frozen.units.size,
        rawFen: rawOf(live) - rawOf(frozen),
      };
    })
    .filter(({ units, rawFen }) => units !== 0 || rawFen !== 0n)
    .sort((a, b) => (a.month < b.month ? -1 : 1));
