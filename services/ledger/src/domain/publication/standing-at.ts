import type { IndexFact, RegisteredContract } from '../index/registered-contract.ts';
import type { Contracts } from './units.ts';

/** The contracts that stand as of a sequence: registered, as amended, without the cancelled. */
export const standingAt = (facts: readonly IndexFact[], seq: number): Contracts => {
  const contracts = new Map<string, RegisteredContract>();
  for (const fact of facts) {
    if (fact.seq > seq) break;
    if (fact.registered) contracts.set(fact.registered.contractId, fact.registered);
    if (!fact.changed) continue;
    const { contractId, after } = fact.changed;
    const before = contracts.get(contractId);
    if (before && after) contracts.set(contractId, { ...before, ...after });
    else contracts.delete(contractId);
  }
  return contracts;
};
