import type { ContractFact } from './facts.ts';
import type { MethodFile } from './method-file.ts';
import type { Tally } from './tally.ts';
import { TwoLargest } from './two-largest.ts';

/** What the primary rule asks of the contracts behind a figure. Values in fen, by seller. */
export interface Crowd {
  readonly contracts: number;
  readonly sellers: number;
  readonly buyers: number;
  readonly totalFen: bigint;
  readonly largestFen: bigint;
  readonly secondFen: bigint;
}

/** Why value figures are hidden; the first that holds is told. */
export type HiddenReason = 'few-contracts' | 'few-sellers' | 'few-buyers' | 'dominance';

/** p-% is over the sellers' raw values; for the city's composite over capped ones (B12-19). */
export const crowdOf = (tally: Tally, values: 'raw' | 'capped'): Crowd => {
  const { first, second } = tally.parties.largest(values);
  return {
    contracts: tally.contracts,
    sellers: tally.sellers,
    buyers: tally.buyers,
    totalFen: values === 'raw' ? tally.rawFen : tally.cappedFen,
    ...{ largestFen: first, secondFen: second },
  };
};

/** The crowd of loose contracts: those that changed between two vintages. */
export const crowdOfContracts = (contracts: readonly ContractFact[]): Crowd => {
  const bySeller = new Map<string, bigint>();
  for (const { sellerId, technologyValueFen } of contracts) {
    bySeller.set(sellerId, (bySeller.get(sellerId) ?? 0n) + technologyValueFen);
  }
  const largest = new TwoLargest();
  let totalFen = 0n;
  for (const [number, value] of [...bySeller.values()].entries()) {
    totalFen += value;
    largest.put(number, value);
  }
  return {
    contracts: contracts.length,
    sellers: bySeller.size,
    buyers: new Set(contracts.map(({ buyerId }) => buyerId)).size,
    ...{ totalFen, largestFen: largest.first, secondFen: largest.second },
  };
};

/** p-% safe: total − largest − second ≥ p % of the largest. Source: B6. */
const isDominated = (crowd: Crowd, pPercent: bigint): boolean =>
  100n * (crowd.totalFen - crowd.largestFen - crowd.secondFen) < pPercent * crowd.largestFen;

/**
 * Primary disclosure rule 初级披露规则 for value figures: contracts, sellers and buyers at least
 * so many, and p-% safe. Null: may be shown. Nothing at all is shown as zero.
 */
export const primaryReason = (
  crowd: Crowd,
  rule: MethodFile['disclosure'],
): HiddenReason | null => {
  if (crowd.contracts === 0) return null;
  if (crowd.contracts < Number(rule.minContracts)) return 'few-contracts';
  if (crowd.sellers < Number(rule.minSellers)) return 'few-sellers';
  if (crowd.buyers < Number(rule.minBuyers)) return 'few-buyers';
  return isDominated(crowd, BigInt(rule.pPercent)) ? 'dominance' : null;
};

const larger = (a: string, b: string): string => (BigInt(a) < BigInt(b) ? b : a);

/**
 * The rule for what is published with the numbers it is computed from: from three functions of
 * three values each value follows, so more have to stand behind it (decision 0018).
 */
export const publishedRule = (rule: MethodFile['disclosure']): MethodFile['disclosure'] => ({
  ...rule,
  minContracts: larger(rule.minContracts, rule.minPublished ?? rule.minContracts),
  minSellers: larger(rule.minSellers, rule.minPublished ?? rule.minSellers),
});

/** Whether a vintage's value figures may move: what changed is nothing, or a crowd (B12-21). */
export const mayRestate = (
  changed: readonly ContractFact[],
  rule: MethodFile['disclosure'],
): boolean => primaryReason(crowdOfContracts(changed), rule) === null;
