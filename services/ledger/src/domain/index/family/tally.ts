import { type Cap, cappedFen } from './cap.ts';
import type { DealUnit } from './deal-unit.ts';
import { PartyTable, type PartyTally } from './party-table.ts';

/** One price stratum: its priced units (v* > 0), Σ l and Σ v*. */
export interface StratumTally {
  priced: number;
  logSum: bigint;
  cappedFen: bigint;
}

/**
 * The accumulators of one cell and period under one cap (B10). Whole numbers only, so that a
 * cancellation is a subtraction and any order of events with the same net effect ends alike.
 */
export interface Tally {
  /** N: deal units. */
  units: number;
  /** Contracts behind them: what the disclosure thresholds count. */
  contracts: number;
  /** F: units with a buyer elsewhere. */
  crossRegion: number;
  /** q: units that convert a listing or need. */
  conversions: number;
  /** Σ round-half-even(10¹⁵ · ln days) over the conversions. */
  daysLogSum: bigint;
  rawFen: bigint;
  /** S: Σ v*, in fen. */
  cappedFen: bigint;
  /** Σ v_i² over sellers, v_i = Σ v* of seller i: H = Σ v_i² / S². */
  squares: bigint;
  sellers: number;
  buyers: number;
  /** By the party's number in the market. */
  readonly parties: PartyTable;
  readonly strata: Map<string, StratumTally>;
}

export const emptyTally = (): Tally => ({
  units: 0,
  contracts: 0,
  crossRegion: 0,
  conversions: 0,
  daysLogSum: 0n,
  rawFen: 0n,
  cappedFen: 0n,
  squares: 0n,
  sellers: 0,
  buyers: 0,
  parties: new PartyTable(),
  strata: new Map(),
});

const NO_PARTY: PartyTally = { units: 0, sold: 0, bought: 0, cappedFen: 0n, rawFen: 0n };

const setParty = ({ parties }: Tally, number: number, party: PartyTally): void => {
  if (party.units === 0) parties.delete(number);
  else parties.set(number, party);
};

const addSeller = (tally: Tally, unit: DealUnit, capped: bigint, sign: 1 | -1): PartyTally => {
  const before = tally.parties.get(unit.seller) ?? NO_PARTY;
  const after: PartyTally = {
    units: before.units + sign,
    sold: before.sold + sign,
    bought: before.bought,
    cappedFen: before.cappedFen + capped,
    rawFen: sign === 1 ? before.rawFen + unit.rawFen : before.rawFen - unit.rawFen,
  };
  // a² − b² = (a − b)·(a + b)
  tally.squares += capped * (after.cappedFen + before.cappedFen);
  if (Math.min(before.sold, after.sold) === 0) tally.sellers += sign;
  setParty(tally, unit.seller, after);
  return after;
};

const addBuyer = (tally: Tally, unit: DealUnit, selling: PartyTally, sign: 1 | -1): void => {
  // One that trades with itself is one party with one unit.
  const isOwn = unit.seller === unit.buyer;
  const before = isOwn ? selling : (tally.parties.get(unit.buyer) ?? NO_PARTY);
  const units = before.units + (isOwn ? 0 : sign);
  const { sold, cappedFen: capped, rawFen } = before;
  const after = { units, sold, bought: before.bought + sign, cappedFen: capped, rawFen };
  if (Math.min(before.bought, after.bought) === 0) tally.buyers += sign;
  setParty(tally, unit.buyer, after);
};

/** `capped` with its sign: what comes or goes. */
const addPrice = (
  { strata }: Tally,
  unit: DealUnit,
  capped: bigint,
  cap: Cap | null,
  sign: 1 | -1,
): void => {
  if (capped === 0n) return;
  let stratum = strata.get(unit.stratum);
  if (!stratum) {
    stratum = { priced: 0, logSum: 0n, cappedFen: 0n };
    strata.set(unit.stratum, stratum);
  }
  const log = cap !== null && unit.rawFen > cap.fen ? cap.log : unit.rawLog;
  stratum.priced += sign;
  stratum.logSum = sign === 1 ? stratum.logSum + log : stratum.logSum - log;
  stratum.cappedFen += capped;
  if (stratum.priced === 0) strata.delete(unit.stratum);
};

/** Adds a unit (sign 1) or takes it away again (−1). */
export const addUnit = (tally: Tally, unit: DealUnit, cap: Cap | null, sign: 1 | -1): void => {
  const value = cappedFen(unit.rawFen, cap);
  const capped = sign === 1 ? value : -value;
  tally.units += sign;
  tally.contracts += sign * unit.contracts.length;
  if (unit.isCrossRegion) tally.crossRegion += sign;
  if (unit.conversionDays !== null) {
    const log = unit.conversionDaysLog;
    tally.conversions += sign;
    tally.daysLogSum = sign === 1 ? tally.daysLogSum + log : tally.daysLogSum - log;
  }
  tally.rawFen = sign === 1 ? tally.rawFen + unit.rawFen : tally.rawFen - unit.rawFen;
  tally.cappedFen += capped;
  const selling = addSeller(tally, unit, capped, sign);
  addBuyer(tally, unit, selling, sign);
  addPrice(tally, unit, capped, cap, sign);
};

const mergedParty = (a: PartyTally, b: PartyTally): PartyTally => ({
  units: a.units + b.units,
  sold: a.sold + b.sold,
  bought: a.bought + b.bought,
  cappedFen: a.cappedFen + b.cappedFen,
  rawFen: a.rawFen + b.rawFen,
});

/** Few parties trade in every month: the others are taken as they are, without a copy. */
const mergeParties = (all: Tally, parties: PartyTable): void => {
  parties.forEach((party, number) => {
    const known = all.parties.get(number);
    if (!known) {
      all.parties.set(number, party);
      return;
    }
    all.parties.set(number, mergedParty(known, party));
    // (a + b)² is 2ab more than the squares that have been added up.
    if (known.sold > 0 && party.sold > 0) {
      all.squares += 2n * known.cappedFen * party.cappedFen;
      all.sellers -= 1;
    }
    if (known.bought > 0 && party.bought > 0) all.buyers -= 1;
  });
};

const mergeStrata = (all: Tally, strata: Tally['strata']): void => {
  for (const [key, { priced, logSum, cappedFen: value }] of strata) {
    const known = all.strata.get(key) ?? { priced: 0, logSum: 0n, cappedFen: 0n };
    known.priced += priced;
    known.logSum += logSum;
    known.cappedFen += value;
    all.strata.set(key, known);
  }
};

/** For all their parties, or for a few times those of the busiest: many trade every month. */
const roomFor = (tallies: readonly Tally[]): number => {
  const sizes = tallies.map(({ parties }) => parties.size);
  const sum = sizes.reduce((all, size) => all + size, 0);
  return Math.min(sum, 4 * Math.max(0, ...sizes));
};

/** The union of several months' units: sums add up, distinct parties and H are taken anew. */
export const mergeTallies = (tallies: readonly Tally[]): Tally => {
  const all: Tally = { ...emptyTally(), parties: new PartyTable(roomFor(tallies)) };
  for (const one of tallies) {
    all.units += one.units;
    all.contracts += one.contracts;
    all.crossRegion += one.crossRegion;
    all.conversions += one.conversions;
    all.daysLogSum += one.daysLogSum;
    all.rawFen += one.rawFen;
    all.cappedFen += one.cappedFen;
    all.squares += one.squares;
    all.sellers += one.sellers;
    all.buyers += one.buyers;
    mergeParties(all, one.parties);
    mergeStrata(all, one.strata);
  }
  return all;
};
