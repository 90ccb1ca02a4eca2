import type { MethodFile } from './family/method-file.ts';

/** The least number of contracts, sellers and buyers behind a figure that the public may see. */
export interface DisclosureRule {
  readonly minContracts: number;
  readonly minSellers: number;
  readonly minBuyers: number;
}

/** What public steps and the gauge's fold take from the index parameters. */
export interface StepRule {
  readonly excludesRelatedParty: boolean;
  readonly excludesSubcontract: boolean;
  readonly disclosure: DisclosureRule;
}

export const stepRuleOf = ({ exclude, disclosure }: MethodFile): StepRule => ({
  excludesRelatedParty: exclude.includes('relatedParty'),
  excludesSubcontract: exclude.includes('subcontractCopy'),
  disclosure: {
    minContracts: Number(disclosure.minContracts),
    minSellers: Number(disclosure.minSellers),
    minBuyers: Number(disclosure.minBuyers),
  },
});
