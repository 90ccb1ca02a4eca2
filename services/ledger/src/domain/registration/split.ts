import { addDays, type LocalDate } from '@jishi/contracts/time';
import { regimeOf } from './clock.ts';
import type { RegistrationDocument } from './document.ts';
import { needsSecondReview } from './regime.ts';
import type { Regime, RegistrationRules } from './regimes.ts';
import { clockFactsOf } from './view.ts';

/** A contract as the rule against splitting sees it; all are of the same seller and buyer. */
export interface OfPair {
  readonly contractId: string;
  readonly signedOn: LocalDate;
  readonly contractValueFen: string;
  readonly technologyValueFen: string;
}

/**
 * 拆分: the contract is below the second-review threshold, and with others of the same seller and
 * buyer, each below it too and signed within the span (90 days), it reaches the threshold. Names
 * those others, earliest first, of the span with the largest sum; none when nothing is split.
 */
export const splitWith = (
  rules: RegistrationRules,
  regime: Regime,
  own: OfPair,
  others: readonly OfPair[],
): readonly string[] => {
  if (needsSecondReview(regime, own)) return [];
  const { amount, fromFen } = regime.secondReview.value;
  const { days } = rules.split.value;
  const amountOf = (contract: OfPair): bigint =>
    BigInt(amount === 'contract-value' ? contract.contractValueFen : contract.technologyValueFen);
  const small = [own, ...others.filter(({ contractId }) => contractId !== own.contractId)]
    .filter((contract) => amountOf(contract) < fromFen)
    .sort((a, b) => (`${a.signedOn} ${a.contractId}` < `${b.signedOn} ${b.contractId}` ? -1 : 1));
  let largest: readonly OfPair[] = [];
  let largestFen = 0n;
  for (const { signedOn: first } of small) {
    const end = addDays(first, days);
    if (own.signedOn < first || own.signedOn >= end) continue;
    const span = small.filter(({ signedOn }) => signedOn >= first && signedOn < end);
    const sum = span.reduce((total, contract) => total + amountOf(contract), 0n);
    if (sum > largestFen) [largest, largestFen] = [span, sum];
  }
  if (largestFen < fromFen) return [];
  return largest.map(({ contractId }) => contractId).filter((id) => id !== own.contractId);
};

/** The same of a registration as the read model has it; once decided it needs no review. */
export const splitOfDocument = (
  rules: RegistrationRules,
  document: RegistrationDocument,
  others: readonly OfPair[],
): readonly string[] => {
  if (document.decidedOn !== null) return [];
  const { contractId, public: open, private: hidden } = document;
  const { contractValueFen, technologyValueFen } = hidden;
  const own = { contractId, signedOn: open.signedOn, contractValueFen, technologyValueFen };
  return splitWith(rules, regimeOf(rules, clockFactsOf(document)), own, others);
};
