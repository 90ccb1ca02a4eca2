import type { LocalMonth } from '@jishi/contracts/time';
import type { Cap } from './cap.ts';
import type { DealUnit } from './deal-unit.ts';
import { officialListingDays, officialMonth } from './freeze.ts';
import { type MarketState, viewOf } from './market-state.ts';
import { type Rational, rational, sumOverDenominators } from './rational.ts';
import { emptyTally, mergeTallies, type Tally } from './tally.ts';
import { keptWindow } from './window-tallies.ts';
import { isYearCell, tallyYearCells } from './year-cells.ts';

/** The integer primitives of one cell and window, from which everything else follows. */
export interface Figures {
  readonly tally: Tally;
  /** P: distinct parties of the city; of a cell Σ (units in the cell ÷ units in the city). */
  readonly participants: Rational;
  /** m · 30. */
  readonly listingDays: number;
}

/**
 * A window 窗口 is the union of its months' units under one cap: distinct parties, shares and
 * party fractions are taken over the whole of it (B12-2).
 */
export interface WindowReading {
  readonly months: readonly LocalMonth[];
  readonly cap: Cap | null;
  readonly city: Figures;
  readonly cell: (code: string) => Figures;
  readonly units: () => readonly DealUnit[];
}

/** P_z: each party's units in the cell over its units in the city, exactly. */
const participantsOf = (cell: Tally, city: Tally): Rational => {
  const byCityUnits: number[] = [];
  cell.parties.forEach(({ units }, number) => {
    const inCity = city.parties.get(number)?.units ?? units;
    while (byCityUnits.length <= inCity) byCityUnits.push(0);
    byCityUnits[inCity] = (byCityUnits[inCity] ?? 0) + units;
  });
  return sumOverDenominators(byCityUnits);
};

const NOTHING = emptyTally();

/** Windows that are kept: those of one period under two caps, and some of its neighbours. */
const KEPT_READINGS = 16;

/** The accumulators of a cell: a month's own, or those of the window, which are kept up. */
const cellTallies = (
  market: MarketState,
  months: readonly LocalMonth[],
  cap: Cap | null,
): ((code: string) => Tally) => {
  const views = months.map((month) => viewOf(officialMonth(market, month), cap));
  const [only] = views;
  if (views.length === 1) return (code) => only?.cells.get(code) ?? NOTHING;
  const { cells: kept } = keptWindow(market.windows, months, cap);
  return (code) => {
    const known = kept.get(code);
    if (known) return known;
    const tally = mergeTallies(views.flatMap(({ cells }) => cells.get(code) ?? []));
    kept.set(code, tally);
    return tally;
  };
};

const takeWindow = (
  market: MarketState,
  months: readonly LocalMonth[],
  cap: Cap | null,
): WindowReading => {
  const tallyOf = cellTallies(market, months, cap);
  let crossed: ReadonlyMap<string, Tally> | null = null;
  const crossedTallyOf = (code: string): Tally => {
    crossed ??= tallyYearCells(units(), cap);
    return crossed.get(code) ?? NOTHING;
  };
  const daysOf = (code: string): number =>
    months.reduce((sum, month) => sum + officialListingDays(market, code, month), 0);
  const cityTally = tallyOf('city');
  const city: Figures = {
    tally: cityTally,
    participants: rational(BigInt(cityTally.parties.size)),
    listingDays: daysOf('city'),
  };
  const known = new Map<string, Figures>([['city', city]]);
  const cell = (code: string): Figures => {
    const read = known.get(code);
    if (read) return read;
    const tally = isYearCell(code) ? crossedTallyOf(code) : tallyOf(code);
    const participants = participantsOf(tally, cityTally);
    const figures = { tally, participants, listingDays: daysOf(code) };
    known.set(code, figures);
    return figures;
  };
  const units = (): readonly DealUnit[] =>
    months.flatMap((month) => [...officialMonth(market, month).units.values()]);
  return { months, cap, city, cell, units };
};

/** Windows of one state of a market, by months and cap. A freeze moves them, too. */
interface KeptReadings {
  readonly seq: number;
  readonly frozenMonths: number;
  readonly readings: Map<string, WindowReading>;
}
const kept = new WeakMap<MarketState, KeptReadings>();

const keptOf = (market: MarketState): KeptReadings['readings'] => {
  const [seq, frozenMonths] = [market.seq, market.frozen.size];
  const known = kept.get(market);
  if (known?.seq === seq && known.frozenMonths === frozenMonths) return known.readings;
  const readings = new Map<string, WindowReading>();
  kept.set(market, { seq, frozenMonths, readings });
  return readings;
};

/** Reads a window; the same one is not put together twice between two events. */
export const readWindow = (
  market: MarketState,
  months: readonly LocalMonth[],
  cap: Cap | null,
): WindowReading => {
  const key = `${months.join()}|${cap?.fen ?? ''}`;
  const readings = keptOf(market);
  const known = readings.get(key);
  if (known) return known;
  const reading = takeWindow(market, months, cap);
  const oldest = readings.keys().next();
  if (readings.size >= KEPT_READINGS && !oldest.done) readings.delete(oldest.value);
  readings.set(key, reading);
  return reading;
};

/** m: open listing-months, of thirty days (B12-8). */
export const listingMonths = (figures: Figures, daysPerListingMonth: bigint): Rational =>
  rational(BigInt(figures.listingDays), daysPerListingMonth);
