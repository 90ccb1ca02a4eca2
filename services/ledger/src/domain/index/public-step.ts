import { type LocalMonth, monthOf } from '@jishi/contracts/time';
import type { RegisteredContract } from './registered-contract.ts';
import type { DisclosureRule } from './step-rule.ts';
import { type Crowd, joinCrowd, NOBODY } from './tally.ts';

/** Who has arrived since the last full crowd, within one month of registration. */
export interface Gathering {
  readonly month: LocalMonth;
  readonly crowd: Crowd;
}

/**
 * A new month starts anew: its first contracts are no crowd with old ones. A contract whose value
 * is published is counted by nobody here: taken off a total, it would leave the others bare.
 */
export const gather = (
  before: Gathering | null,
  contract: RegisteredContract,
  rule: DisclosureRule,
): Gathering => {
  const month = monthOf(contract.registeredOn);
  const crowd = before?.month === month ? before.crowd : NOBODY;
  const isSecret = contract.publishedValueFen === null;
  return { month, crowd: isSecret ? joinCrowd(crowd, contract, rule) : crowd };
};

/** Whether the sum of what has gathered may be known to anybody. */
export const isFull = ({ crowd }: Gathering, rule: DisclosureRule): boolean =>
  crowd.contracts >= rule.minContracts && crowd.sellers.length >= rule.minSellers;
