import type { LocalMonth } from '@jishi/contracts/time';
import { cappedFen } from './cap.ts';
import type { DealUnit } from './deal-unit.ts';
import { officialListingDays } from './freeze.ts';
import type { MarketState } from './market-state.ts';
import type { PartyTable } from './party-table.ts';
import { plus, type Rational, rational, times, ZERO } from './rational.ts';
import type { WindowReading } from './window.ts';

/** By what a change is parted. */
export type Parting = 'district' | 'industry' | 'field' | 'type' | 'contract';

/** The line of listing-days that belong to no group of a partition (B12-8). */
export const LISTINGS_LINE = '(listings)';

interface StratumPart {
  readonly priced: Rational;
  readonly logSum: Rational;
}

/** What one group of units adds to each additive figure of a cell and window, exactly. */
export interface Part {
  capped: Rational;
  units: Rational;
  participants: Rational;
  crossRegion: Rational;
  conversions: Rational;
  daysLogSum: Rational;
  /** Σ s_seller · v*, over S² the group's part of H. */
  squares: Rational;
  listingDays: Rational;
  readonly strata: Map<string, StratumPart>;
}

const emptyPart = (): Part => ({
  capped: ZERO,
  units: ZERO,
  participants: ZERO,
  crossRegion: ZERO,
  conversions: ZERO,
  daysLogSum: ZERO,
  squares: ZERO,
  listingDays: ZERO,
  strata: new Map(),
});

/** A group's share of a unit. */
interface Membership {
  readonly code: string;
  readonly share: Rational;
}

const WHOLE = rational(1n);

/** A contract's share in its unit is by value, equal if the unit has none (B12-9). */
const contractShares = (unit: DealUnit): readonly Membership[] =>
  unit.contracts.map(({ contractId, technologyValueFen }) => ({
    code: contractId,
    share:
      unit.rawFen === 0n
        ? rational(1n, BigInt(unit.contracts.length))
        : rational(technologyValueFen, unit.rawFen),
  }));

const membershipsOf = (unit: DealUnit, parting: Parting): readonly Membership[] => {
  if (parting === 'contract') return contractShares(unit);
  const code = {
    district: unit.district,
    industry: unit.industryCode,
    field: unit.fieldCode,
    type: unit.contractType,
  }[parting];
  return [{ code: `${parting}:${code}`, share: WHOLE }];
};

/** Each party's weight is split equally over its units in the city (B12-9). */
const participantsOf = (unit: DealUnit, city: PartyTable): Rational => {
  const weight = (party: number): Rational => rational(1n, BigInt(city.get(party)?.units ?? 1));
  const seller = weight(unit.seller);
  return unit.seller === unit.buyer ? seller : plus(seller, weight(unit.buyer));
};

const addUnitPart = (
  part: Part,
  unit: DealUnit,
  share: Rational,
  reading: WindowReading,
  sellers: PartyTable,
): void => {
  const of = (whole: bigint): Rational => times(share, rational(whole));
  const value = cappedFen(unit.rawFen, reading.cap);
  part.capped = plus(part.capped, of(value));
  part.units = plus(part.units, share);
  const participants = participantsOf(unit, reading.city.tally.parties);
  part.participants = plus(part.participants, times(share, participants));
  if (unit.isCrossRegion) part.crossRegion = plus(part.crossRegion, share);
  part.squares = plus(part.squares, of(value * (sellers.get(unit.seller)?.cappedFen ?? 0n)));
  if (unit.conversionDays !== null) {
    part.conversions = plus(part.conversions, share);
    part.daysLogSum = plus(part.daysLogSum, of(unit.conversionDaysLog));
  }
  if (value === 0n) return;
  const isCapped = reading.cap !== null && unit.rawFen > reading.cap.fen;
  const log = isCapped && reading.cap ? reading.cap.log : unit.rawLog;
  const known = part.strata.get(unit.stratum) ?? { priced: ZERO, logSum: ZERO };
  part.strata.set(unit.stratum, {
    priced: plus(known.priced, share),
    logSum: plus(known.logSum, of(log)),
  });
};

const daysOf = (market: MarketState, cell: string, months: readonly LocalMonth[]): bigint =>
  BigInt(months.reduce((sum, month) => sum + officialListingDays(market, cell, month), 0));

const listingCells = (market: MarketState, months: readonly LocalMonth[]): Set<string> =>
  new Set([
    ...market.listings.exposures.keys(),
    ...months.flatMap((month) => [...(market.frozen.get(month)?.listingDays.keys() ?? [])]),
  ]);

/**
 * Parts the figures of a cell and window into groups. Each sum over the groups is the cell's own
 * figure, as an exact fraction, for any parting.
 */
export const partsOf = (
  market: MarketState,
  reading: WindowReading,
  cell: string,
  parting: Parting,
): Map<string, Part> => {
  const parts = new Map<string, Part>();
  const partFor = (code: string): Part => {
    const known = parts.get(code) ?? emptyPart();
    parts.set(code, known);
    return known;
  };
  const sellers = reading.cell(cell).tally.parties;
  for (const unit of reading.units()) {
    if (!unit.cells.includes(cell)) continue;
    for (const { code, share } of membershipsOf(unit, parting)) {
      addUnitPart(partFor(code), unit, share, reading, sellers);
    }
  }
  const { months } = reading;
  const isParted = cell === 'city' && parting !== 'type' && parting !== 'contract';
  if (!isParted) {
    partFor(LISTINGS_LINE).listingDays = rational(daysOf(market, cell, months));
    return parts;
  }
  for (const code of listingCells(market, months)) {
    if (!code.startsWith(`${parting}:`)) continue;
    const days = daysOf(market, code, months);
    if (days !== 0n || parts.has(code)) partFor(code).listingDays = rational(days);
  }
  return parts;
};

export const NO_PART: Readonly<Part> = emptyPart();
