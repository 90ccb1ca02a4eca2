import { type LocalMonth, monthOf } from '@jishi/contracts/time';
import { monthOfContract } from './deal-unit.ts';
import type { FamilyFact } from './facts.ts';
import type { MarketState } from './market-state.ts';

/** Before any month, and after all of them: what reaches everywhere, and nowhere. */
export const ALL_MONTHS: LocalMonth = '0000-01';
export const NO_MONTH: LocalMonth = '9999-12';

const contractMonth = (market: MarketState, contractId: string): LocalMonth => {
  const contract = market.contracts.get(contractId);
  return contract ? monthOfContract(contract) : NO_MONTH;
};

export const earliest = (months: readonly LocalMonth[]): LocalMonth => {
  let first: LocalMonth = NO_MONTH;
  for (const month of months) if (month < first) first = month;
  return first;
};

/** An opening exposes its month and later ones; contracts that name it become conversions. */
const openingMonth = (market: MarketState, listingId: string, openedOn: string): LocalMonth => {
  const linked = [...(market.contractsByOrigin.get(listingId) ?? [])];
  return earliest([monthOf(openedOn), ...linked.map((id) => contractMonth(market, id))]);
};

/** The month in which the latest opening of a listing ends; what changes it moves no earlier. */
const endingMonth = (market: MarketState, listingId: string): LocalMonth => {
  const latest = market.listings.openings.get(listingId)?.at(-1);
  if (!latest) return NO_MONTH;
  const ends = [latest.closedOn, latest.expiresOn].filter((day) => day !== null).map(monthOf);
  // An end that lies before the opening leaves no span at all: the opening's own month moves.
  const ending = earliest(ends);
  const opening = monthOf(latest.openedOn);
  if (ending < opening) return opening;
  return ending;
};

/**
 * The first month whose figures an event may move, asked before it is applied and after: the
 * earlier of the two answers holds. Windows that end before it stand as they were.
 */
export const touchedFrom = (market: MarketState, fact: FamilyFact): LocalMonth => {
  if (fact.kind === 'registered') return monthOfContract(fact.contract);
  if (fact.kind === 'amended') return contractMonth(market, fact.contract.contractId);
  if (fact.kind === 'left') return contractMonth(market, fact.contractId);
  if (fact.kind === 'opened') {
    return openingMonth(market, fact.listing.listingId, fact.listing.openedOn);
  }
  return fact.kind === 'other' ? NO_MONTH : endingMonth(market, fact.listingId);
};
