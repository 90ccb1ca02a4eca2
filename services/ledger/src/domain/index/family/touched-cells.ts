import type { LocalMonth } from '@jishi/contracts/time';
import { addToMonth } from './calendar.ts';
import { monthOfContract, unitKeyOf } from './deal-unit.ts';
import type { ContractFact, FamilyFact } from './facts.ts';
import { cellsOfListing, latestOpening } from './listings.ts';
import type { MarketState, MonthUnits } from './market-state.ts';

const idOf = (fact: FamilyFact): string | null => {
  if (fact.kind === 'registered' || fact.kind === 'amended') return fact.contract.contractId;
  return fact.kind === 'left' ? fact.contractId : null;
};

/** Whether an event moves contracts; others move listings, or nothing but the head. */
export const isContractFact = (fact: FamilyFact): boolean => idOf(fact) !== null;

/** The contracts that an event is about: an opening is about those that name it. */
const contractsOf = ({ contracts, contractsByOrigin }: MarketState, fact: FamilyFact) => {
  const own = idOf(fact);
  const ids = fact.kind === 'opened' ? contractsByOrigin.get(fact.listing.listingId) : null;
  return [...(ids ?? []), ...(own === null ? [] : [own])].flatMap((id) => contracts.get(id) ?? []);
};

const listingCellsOf = ({ listings }: MarketState, fact: FamilyFact): readonly string[] => {
  if (fact.kind === 'opened') return cellsOfListing(fact.listing);
  if (fact.kind !== 'renewed' && fact.kind !== 'closed') return [];
  const latest = latestOpening(listings, fact.listingId);
  return latest ? cellsOfListing(latest) : [];
};

/** Cells of a month in which one of the parties has a unit. */
const cellsOfParties = (
  { units, views }: MonthUnits,
  parties: readonly number[],
): readonly string[] => {
  const [view] = views.values();
  if (view) {
    return [...view.cells].flatMap(([cell, tally]) =>
      parties.some((party) => tally.parties.get(party)) ? [cell] : [],
    );
  }
  return [...units.values()]
    .filter(({ seller, buyer }) => parties.includes(seller) || parties.includes(buyer))
    .flatMap(({ cells }) => cells);
};

/** The months that share a window of so many months with a month. */
const monthsAround = (month: LocalMonth, windowMonths: number): readonly LocalMonth[] =>
  Array.from({ length: 2 * windowMonths - 1 }, (_, i) => addToMonth(month, i + 1 - windowMonths));

const addCells = (
  cells: Set<string>,
  market: MarketState,
  contract: ContractFact,
  windowMonths: number,
): void => {
  const month = monthOfContract(contract);
  const unit = market.months.get(month)?.units.get(unitKeyOf(contract));
  for (const cell of unit?.cells ?? []) cells.add(cell);
  const parties = [contract.sellerId, contract.buyerId].flatMap(
    (id) => market.partyNumbers.get(id) ?? [],
  );
  for (const near of monthsAround(month, windowMonths)) {
    const units = market.months.get(near);
    for (const cell of units ? cellsOfParties(units, parties) : []) cells.add(cell);
  }
};

/**
 * The cells whose change index an event may move: those of the units and listings that it is about,
 * before and after, and those in which its parties have other units near by, for a party's weight
 * is split over its units (B12-23). May name too many, never too few. Asked before the event is
 * applied; what it answers is asked once it has been.
 */
export const watchCells = (
  market: MarketState,
  fact: FamilyFact,
  windowMonths: number,
): (() => ReadonlySet<string>) => {
  const cells = new Set<string>(listingCellsOf(market, fact));
  const before = contractsOf(market, fact);
  for (const contract of before) addCells(cells, market, contract, windowMonths);
  return () => {
    // A contract that left may have left a unit behind, which now belongs to other cells.
    for (const contract of [...before, ...contractsOf(market, fact)]) {
      addCells(cells, market, contract, windowMonths);
    }
    if (cells.size > 0) cells.add('city');
    return cells;
  };
};
