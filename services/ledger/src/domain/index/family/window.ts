import type { LocalMonth } from '@jishi/contracts/time';
import type { Cap } from './cap.ts';
import type { DealUnit } from './deal-unit.ts';
import { officialListingDays, officialMonth } from './freeze.ts';
import { type MarketState, viewOf } from './market-state.ts';
import { type Rational, rational, sumOverDenominators } from './rational.ts';
import { emptyTally, mergeTallies, type Tally } from './tally.ts';

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
  const byCityUnits = new Map<number, number>();
  for (const [id, { units }] of cell.parties) {
    const inCity = city.parties.get(id)?.units ?? units;
    byCityUnits.set(inCity, (byCityUnits.get(inCity) ?? 0) + units);
  }
  return sumOverDenominators(byCityUnits);
};

const NOTHING = emptyTally();

export const readWindow = (
  market: MarketState,
  months: readonly LocalMonth[],
  cap: Cap | null,
): WindowReading => {
  const views = months.map((month) => viewOf(officialMonth(market, month), cap));
  const tallyOf = (code: string): Tally => {
    const tallies = views.flatMap(({ cells }) => cells.get(code) ?? []);
    const [only] = tallies;
    return tallies.length < 2 ? (only ?? NOTHING) : mergeTallies(tallies);
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
    const tally = tallyOf(code);
    const participants = participantsOf(tally, cityTally);
    const figures = { tally, participants, listingDays: daysOf(code) };
    known.set(code, figures);
    return figures;
  };
  const units = (): readonly DealUnit[] =>
    months.flatMap((month) => [...officialMonth(market, month).units.values()]);
  return { months, cap, city, cell, units };
};

/** m: open listing-months, of thirty days (B12-8). */
export const listingMonths = (figures: Figures, daysPerListingMonth: bigint): Rational =>
  rational(BigInt(figures.listingDays), daysPerListingMonth);
