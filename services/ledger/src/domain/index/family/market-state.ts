import type { Instant, LocalDate, LocalMonth } from '@jishi/contracts/time';
import type { Cap } from './cap.ts';
import {
  type DealUnit,
  dealUnitOf,
  monthOfContract,
  type OpeningOf,
  unitKeyOf,
} from './deal-unit.ts';
import type { AmendedFact, ContractFact, FamilyFact } from './facts.ts';
import { changeListing, type Listings, noListings, openingOn, openListing } from './listings.ts';
import type { Method } from './method.ts';
import { addUnit, emptyTally, type Tally } from './tally.ts';
import { type KeptWindows, moveInWindows } from './window-tallies.ts';

/** The accumulators of a month under one cap, by cell. */
interface MonthView {
  readonly cap: Cap | null;
  readonly cells: Map<string, Tally>;
}

/** The deal units of a month, and the views of them that somebody has asked for. */
export interface MonthUnits {
  readonly units: Map<string, DealUnit>;
  /** By cap in fen. Made from the units when first asked for, then kept up with every event. */
  readonly views: Map<string, MonthView>;
}

/** A month as known at its year's freeze, with the listing-days of each cell. */
export interface FrozenMonth {
  readonly month: MonthUnits;
  readonly listingDays: ReadonlyMap<string, number>;
}

/**
 * What the family is computed from, as of a head. The fold changes it in place: one event costs
 * the same whatever the log has grown to, and an earlier head is reached by folding up to it.
 */
export interface MarketState {
  readonly excludesRelatedParty: boolean;
  readonly excludesSubcontract: boolean;
  seq: number;
  recordedAt: Instant | null;
  /** Every contract with status registered, in the universe or not. */
  readonly contracts: Map<string, ContractFact>;
  /** Contracts by the listing or need that they name: an opening may become known later. */
  readonly contractsByOrigin: Map<string, Set<string>>;
  readonly listings: Listings;
  readonly months: Map<LocalMonth, MonthUnits>;
  readonly frozen: Map<LocalMonth, FrozenMonth>;
  /** Σ contract value of all registered contracts by year of registration (B12-24). */
  readonly gaugeFen: Map<number, bigint>;
  /** A number for each party, in the order in which they came: how accumulators know it. */
  readonly partyNumbers: Map<string, number>;
  /** Windows of several months that somebody has asked for. */
  readonly windows: KeptWindows;
}

export const emptyMarket = ({ file }: Pick<Method, 'file'>): MarketState => ({
  excludesRelatedParty: file.exclude.includes('relatedParty'),
  excludesSubcontract: file.exclude.includes('subcontractCopy'),
  seq: 0,
  recordedAt: null,
  contracts: new Map(),
  contractsByOrigin: new Map(),
  listings: noListings(),
  months: new Map(),
  frozen: new Map(),
  gaugeFen: new Map(),
  partyNumbers: new Map(),
  windows: new Map(),
});

/** Universe 范围: registered, and not flagged as related-party or as a copy of a sub-contract. */
const isInUniverse = (market: MarketState, contract: ContractFact): boolean =>
  !(market.excludesRelatedParty && contract.relatedParty) &&
  !(market.excludesSubcontract && contract.subcontract);

export const cellsOfUnit = (unit: DealUnit): readonly string[] => unit.cells;

const addToView = ({ cap, cells }: MonthView, unit: DealUnit, sign: 1 | -1): void => {
  for (const cell of unit.cells) {
    let tally = cells.get(cell);
    if (!tally) {
      tally = emptyTally();
      cells.set(cell, tally);
    }
    addUnit(tally, unit, cap, sign);
    if (tally.units === 0) cells.delete(cell);
  }
};

/** The accumulators of a month under a cap. */
export const viewOf = ({ units, views }: MonthUnits, cap: Cap | null): MonthView => {
  const key = cap === null ? '' : `${cap.fen}`;
  const known = views.get(key);
  if (known) return known;
  const view: MonthView = { cap, cells: new Map() };
  for (const unit of units.values()) addToView(view, unit, 1);
  views.set(key, view);
  return view;
};

const numberIn =
  ({ partyNumbers }: MarketState) =>
  (id: string): number => {
    const known = partyNumbers.get(id);
    if (known !== undefined) return known;
    const { size } = partyNumbers;
    partyNumbers.set(id, size);
    return size;
  };

const openingIn =
  (market: MarketState): OpeningOf =>
  (listingId: string, day: LocalDate) =>
    openingOn(market.listings, listingId, day);

/** Where a contract's unit stands. */
interface Place {
  readonly month: LocalMonth;
  readonly key: string;
}

const placeOf = (contract: ContractFact): Place => ({
  month: monthOfContract(contract),
  key: unitKeyOf(contract),
});

/** Replaces the contracts of one unit; in every view the old unit goes and the new one comes. */
const setUnit = (
  market: MarketState,
  { month, key }: Place,
  contracts: readonly ContractFact[],
): void => {
  let within = market.months.get(month);
  if (!within) {
    within = { units: new Map(), views: new Map() };
    market.months.set(month, within);
  }
  const before = within.units.get(key);
  const after =
    contracts.length === 0 ? null : dealUnitOf(contracts, openingIn(market), numberIn(market));
  if (after) within.units.set(key, after);
  else within.units.delete(key);
  for (const view of within.views.values()) {
    if (before) addToView(view, before, -1);
    if (after) addToView(view, after, 1);
  }
  if (within.units.size === 0) market.months.delete(month);
  // Windows are of official figures: those of a frozen month do not move.
  if (market.frozen.has(month)) return;
  if (before) moveInWindows(market.windows, month, before, -1);
  if (after) moveInWindows(market.windows, month, after, 1);
};

const contractsAt = ({ months }: MarketState, { month, key }: Place): readonly ContractFact[] =>
  months.get(month)?.units.get(key)?.contracts ?? [];

/** Within a unit by id, so that the state does not depend on the order of events. */
const byId = (a: ContractFact, b: ContractFact): number => (a.contractId < b.contractId ? -1 : 1);

const others = (contracts: readonly ContractFact[], id: string): ContractFact[] =>
  contracts.filter(({ contractId }) => contractId !== id);

const addToGauge = (market: MarketState, contract: ContractFact, sign: bigint): void => {
  const year = Number(contract.registeredOn.slice(0, 4));
  const sum = (market.gaugeFen.get(year) ?? 0n) + sign * contract.contractValueFen;
  if (sum === 0n) market.gaugeFen.delete(year);
  else market.gaugeFen.set(year, sum);
};

const enter = (market: MarketState, contract: ContractFact): void => {
  market.contracts.set(contract.contractId, contract);
  for (const origin of contract.origins) {
    const linked = market.contractsByOrigin.get(origin);
    if (linked) linked.add(contract.contractId);
    else market.contractsByOrigin.set(origin, new Set([contract.contractId]));
  }
  addToGauge(market, contract, 1n);
  if (!isInUniverse(market, contract)) return;
  const place = placeOf(contract);
  const known = contractsAt(market, place);
  setUnit(market, place, known.length === 0 ? [contract] : [...known, contract].sort(byId));
};

const leave = (market: MarketState, contract: ContractFact): void => {
  market.contracts.delete(contract.contractId);
  for (const origin of contract.origins) {
    const linked = market.contractsByOrigin.get(origin);
    linked?.delete(contract.contractId);
    if (linked?.size === 0) market.contractsByOrigin.delete(origin);
  }
  addToGauge(market, contract, -1n);
  if (!isInUniverse(market, contract)) return;
  const place = placeOf(contract);
  setUnit(market, place, others(contractsAt(market, place), contract.contractId));
};

/** An opening became known: the units of the contracts that name it are made again. */
const reopenUnits = (market: MarketState, listingId: string): void => {
  for (const id of market.contractsByOrigin.get(listingId) ?? []) {
    const contract = market.contracts.get(id);
    if (!contract || !isInUniverse(market, contract)) continue;
    const place = placeOf(contract);
    setUnit(market, place, contractsAt(market, place));
  }
};

const register = (market: MarketState, contract: ContractFact, seq: number): void => {
  if (market.contracts.has(contract.contractId)) {
    throw new Error(`contract ${contract.contractId} is registered twice (${seq})`);
  }
  enter(market, contract);
};

/** An amendment leaves the date of registration as it was: the contract stays in its month. */
const amend = (market: MarketState, amended: AmendedFact): void => {
  const before = market.contracts.get(amended.contractId);
  if (!before) throw new Error(`contract ${amended.contractId} is not registered`);
  leave(market, before);
  enter(market, { ...amended, registeredOn: before.registeredOn });
};

/** The fold: one event of the log into the state. No clock, no look-up, nothing random. */
export const applyToMarket = (market: MarketState, fact: FamilyFact): void => {
  if (fact.seq <= market.seq) throw new Error(`event ${fact.seq} comes after ${market.seq}`);
  market.seq = fact.seq;
  market.recordedAt = fact.recordedAt;
  if (fact.kind === 'registered') register(market, fact.contract, fact.seq);
  else if (fact.kind === 'amended') amend(market, fact.contract);
  else if (fact.kind === 'left') {
    const before = market.contracts.get(fact.contractId);
    if (before) leave(market, before);
  } else if (fact.kind === 'opened') {
    openListing(market.listings, fact.listing);
    reopenUnits(market, fact.listing.listingId);
  } else if (fact.kind === 'renewed') {
    changeListing(market.listings, fact.listingId, { expiresOn: fact.expiresOn });
  } else if (fact.kind === 'closed') {
    changeListing(market.listings, fact.listingId, { closedOn: fact.closedOn });
  }
};
