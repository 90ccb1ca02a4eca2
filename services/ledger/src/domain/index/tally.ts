import type { RegisteredContract } from './registered-contract.ts';
import type { DisclosureRule, StepRule } from './step-rule.ts';

/**
 * Distinct parties, at most as many as the disclosure rule asks for: enough to say "three or
 * more", and small. A union of two such lists says the same of the union.
 */
export type FewParties = readonly string[];

export const addParty = (known: FewParties, party: string, enough: number): FewParties =>
  known.length >= enough || known.includes(party) ? known : [...known, party];

/** How many contracts, and of whom: what the disclosure rule asks. */
export interface Crowd {
  readonly contracts: number;
  readonly sellers: FewParties;
  readonly buyers: FewParties;
}

export const NOBODY: Crowd = { contracts: 0, sellers: [], buyers: [] };

export const joinCrowd = (
  crowd: Crowd,
  contract: RegisteredContract,
  rule: DisclosureRule,
): Crowd => ({
  contracts: crowd.contracts + 1,
  sellers: addParty(crowd.sellers, contract.sellerId, rule.minSellers),
  buyers: addParty(crowd.buyers, contract.buyerId, rule.minBuyers),
});

export const mergeCrowds = (a: Crowd, b: Crowd, rule: DisclosureRule): Crowd => ({
  contracts: a.contracts + b.contracts,
  sellers: b.sellers.reduce((all, party) => addParty(all, party, rule.minSellers), a.sellers),
  buyers: b.buyers.reduce((all, party) => addParty(all, party, rule.minBuyers), a.buyers),
});

/** Whether a figure over this crowd may be shown to anybody. An empty crowd hides nothing. */
export const isCrowdEnough = (crowd: Crowd, rule: DisclosureRule): boolean =>
  crowd.contracts >= rule.minContracts &&
  crowd.sellers.length >= rule.minSellers &&
  crowd.buyers.length >= rule.minBuyers;

/** One cell in one month: every registered contract, and (`crowd`) those in the index. */
export interface Tally {
  readonly contracts: number;
  readonly contractValueFen: bigint;
  readonly technologyValueFen: bigint;
  readonly crowd: Crowd;
}

export const EMPTY_TALLY: Tally = {
  contracts: 0,
  contractValueFen: 0n,
  technologyValueFen: 0n,
  crowd: NOBODY,
};

/** Whether a contract is in the index's universe; the gauge takes every one. */
export const isInIndex = (contract: RegisteredContract, parameters: StepRule): boolean =>
  !(parameters.excludesRelatedParty && contract.relatedParty) &&
  !(parameters.excludesSubcontract && contract.subcontract);

export const addToTally = (
  tally: Tally,
  contract: RegisteredContract,
  parameters: StepRule,
): Tally => {
  const inIndex = isInIndex(contract, parameters);
  return {
    contracts: tally.contracts + 1,
    contractValueFen: tally.contractValueFen + contract.contractValueFen,
    technologyValueFen: tally.technologyValueFen + contract.technologyValueFen,
    crowd: inIndex ? joinCrowd(tally.crowd, contract, parameters.disclosure) : tally.crowd,
  };
};

/** The sums without a contract; who is left is for the caller to say (`withParties`). */
export const removeFromTally = (
  tally: Tally,
  contract: RegisteredContract,
  parameters: StepRule,
): Tally => {
  const inIndex = isInIndex(contract, parameters);
  return {
    contracts: tally.contracts - 1,
    contractValueFen: tally.contractValueFen - contract.contractValueFen,
    technologyValueFen: tally.technologyValueFen - contract.technologyValueFen,
    crowd: { ...tally.crowd, contracts: tally.crowd.contracts - (inIndex ? 1 : 0) },
  };
};

export const withParties = (tally: Tally, sellers: FewParties, buyers: FewParties): Tally => ({
  ...tally,
  crowd: { ...tally.crowd, sellers, buyers },
});

/** Contracts without any seller: their parties were taken away, so that the cell stays hidden. */
export const isWithheld = ({ crowd }: Tally): boolean =>
  crowd.contracts > 0 && crowd.sellers.length === 0;
