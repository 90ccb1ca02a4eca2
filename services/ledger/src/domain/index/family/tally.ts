import { type Cap, cappedFen } from './cap.ts';
import { type DealUnit, stratumOf } from './deal-unit.ts';

/** What one party did in a cell and period. Amounts in fen, of the party as seller. */
export interface PartyTally {
  /** Units in which it is a side; one where it is both. */
  units: number;
  sold: number;
  bought: number;
  cappedFen: bigint;
  rawFen: bigint;
}

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
  readonly parties: Map<string, PartyTally>;
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
  parties: new Map(),
  strata: new Map(),
});

const partyIn = (tally: Tally, id: string): PartyTally => {
  let party = tally.parties.get(id);
  if (!party) {
    party = { units: 0, sold: 0, bought: 0, cappedFen: 0n, rawFen: 0n };
    tally.parties.set(id, party);
  }
  return party;
};

const addParties = (tally: Tally, unit: DealUnit, capped: bigint, sign: 1 | -1): void => {
  const signed = BigInt(sign);
  const seller = partyIn(tally, unit.sellerId);
  const buyer = partyIn(tally, unit.buyerId);
  const before = seller.cappedFen;
  seller.cappedFen += signed * capped;
  seller.rawFen += signed * unit.rawFen;
  tally.squares += seller.cappedFen * seller.cappedFen - before * before;
  if (sign === 1 ? seller.sold === 0 : seller.sold === 1) tally.sellers += sign;
  if (sign === 1 ? buyer.bought === 0 : buyer.bought === 1) tally.buyers += sign;
  seller.sold += sign;
  buyer.bought += sign;
  seller.units += sign;
  if (seller !== buyer) buyer.units += sign;
  if (seller.units === 0) tally.parties.delete(unit.sellerId);
  if (buyer.units === 0) tally.parties.delete(unit.buyerId);
};

const addPrice = (
  tally: Tally,
  unit: DealUnit,
  capped: bigint,
  cap: Cap | null,
  sign: 1 | -1,
): void => {
  if (capped === 0n) return;
  const key = stratumOf(unit);
  let stratum = tally.strata.get(key);
  if (!stratum) {
    stratum = { priced: 0, logSum: 0n, cappedFen: 0n };
    tally.strata.set(key, stratum);
  }
  const log = cap !== null && unit.rawFen > cap.fen ? cap.log : unit.rawLog;
  stratum.priced += sign;
  stratum.logSum += BigInt(sign) * log;
  stratum.cappedFen += BigInt(sign) * capped;
  if (stratum.priced === 0) tally.strata.delete(key);
};

/** Adds a unit (sign 1) or takes it away again (−1). */
export const addUnit = (tally: Tally, unit: DealUnit, cap: Cap | null, sign: 1 | -1): void => {
  const signed = BigInt(sign);
  const capped = cappedFen(unit.rawFen, cap);
  tally.units += sign;
  tally.contracts += sign * unit.contracts.length;
  if (unit.isCrossRegion) tally.crossRegion += sign;
  if (unit.conversionDays !== null) {
    tally.conversions += sign;
    tally.daysLogSum += signed * unit.conversionDaysLog;
  }
  tally.rawFen += signed * unit.rawFen;
  tally.cappedFen += signed * capped;
  addParties(tally, unit, capped, sign);
  addPrice(tally, unit, capped, cap, sign);
};

const mergeParty = (into: PartyTally, from: PartyTally): void => {
  into.units += from.units;
  into.sold += from.sold;
  into.bought += from.bought;
  into.cappedFen += from.cappedFen;
  into.rawFen += from.rawFen;
};

/** The union of several months' units: sums add up, distinct parties and H are taken anew. */
export const mergeTallies = (tallies: readonly Tally[]): Tally => {
  const all = emptyTally();
  for (const one of tallies) {
    all.units += one.units;
    all.contracts += one.contracts;
    all.crossRegion += one.crossRegion;
    all.conversions += one.conversions;
    all.daysLogSum += one.daysLogSum;
    all.rawFen += one.rawFen;
    all.cappedFen += one.cappedFen;
    for (const [id, party] of one.parties) mergeParty(partyIn(all, id), party);
    for (const [key, { priced, logSum, cappedFen: value }] of one.strata) {
      const known = all.strata.get(key) ?? { priced: 0, logSum: 0n, cappedFen: 0n };
      known.priced += priced;
      known.logSum += logSum;
      known.cappedFen += value;
      all.strata.set(key, known);
    }
  }
  for (const party of all.parties.values()) {
    all.squares += party.cappedFen * party.cappedFen;
    if (party.sold > 0) all.sellers += 1;
    if (party.bought > 0) all.buyers += 1;
  }
  return all;
};
