import type { LocalMonth } from '@jishi/contracts/time';
import { type Cap, cappedFen } from './cap.ts';
import type { ContractFact } from './facts.ts';
import type { Family } from './family-state.ts';
import { crowdOfContracts, primaryReason } from './primary-disclosure.ts';

/** The contracts of a month that the index counts, by id. */
export type CountedContracts = ReadonlyMap<string, ContractFact>;

export const countedIn = ({ market }: Family, month: LocalMonth): CountedContracts => {
  const units = market.months.get(month)?.units.values() ?? [];
  return new Map(
    [...units].flatMap(({ contracts }) => contracts.map((one) => [one.contractId, one] as const)),
  );
};

/** Those that came, left or were amended, each with its later value. */
const changedBetween = (before: CountedContracts, after: CountedContracts): ContractFact[] => [
  ...[...after.values()].filter((one) => before.get(one.contractId) !== one),
  ...[...before.values()].filter((one) => !after.has(one.contractId)),
];

/**
 * Whether the running month may be told anew: what the index counts has changed, since it was told
 * last, by contracts that are a crowd by the primary rule. A contract whose value is published
 * covers no other. Contracts outside the universe move nothing, and so count for nothing.
 */
export const mayTellAgain = (
  family: Family,
  cap: Cap | null,
  before: CountedContracts,
  after: CountedContracts,
): boolean => {
  const covering = changedBetween(before, after)
    .filter(({ isValuePublished }) => !isValuePublished)
    .map((one) => ({ ...one, technologyValueFen: cappedFen(one.technologyValueFen, cap) }));
  const crowd = crowdOfContracts(covering);
  return crowd.contracts > 0 && primaryReason(crowd, family.method.file.disclosure) === null;
};
