import type { RegisteredContract } from './registered-contract.ts';

/**
 * The current standing of every registered contract by id. Immutable, so that a state of long ago
 * stays what it was; in buckets, so that adding one copies some hundred references, not all.
 */
export type Standing = readonly ReadonlyMap<string, RegisteredContract>[];

const BUCKETS = 1_024;

export const NO_STANDING: Standing = Array.from({ length: BUCKETS }, () => new Map());

const bucketOf = (contractId: string): number =>
  Number.parseInt(contractId.slice(-3), 16) % BUCKETS;

export const standingOf = (
  standing: Standing,
  contractId: string,
): RegisteredContract | undefined => standing[bucketOf(contractId)]?.get(contractId);

export const withStanding = (standing: Standing, contract: RegisteredContract): Standing => {
  const bucket = bucketOf(contract.contractId);
  const changed = new Map(standing[bucket]).set(contract.contractId, contract);
  return standing.with(bucket, changed);
};

export const withoutStanding = (standing: Standing, contractId: string): Standing => {
  const bucket = bucketOf(contractId);
  const changed = new Map(standing[bucket]);
  changed.delete(contractId);
  return standing.with(bucket, changed);
};

export function* allStanding(standing: Standing): Generator<RegisteredContract> {
  for (const bucket of standing) yield* bucket.values();
}
