import { type Cap, cappedFen } from '../index/family/cap.ts';
import type { ContractFact } from '../index/family/facts.ts';
import type { MethodFile } from '../index/family/method-file.ts';
import type { Counting } from './counted.ts';
import { reasonOfContracts } from './hiding.ts';

type Rule = MethodFile['disclosure'];

/** From so many unknowns on it is tried first whether they are a crowd by far. */
const MANY = 40;
const FAR = 2;

/** Unknowns with their parties by number and their value as a double: for a first look alone. */
interface Sketch {
  readonly sellers: Int32Array;
  readonly buyers: Int32Array;
  readonly values: Float64Array;
  readonly covers: Uint8Array;
}

const sketches = new WeakMap<Counting, Map<string, Sketch>>();

const sketchOf = (counting: Counting, cap: Cap | null): Sketch => {
  const known = sketches.get(counting) ?? new Map<string, Sketch>();
  sketches.set(counting, known);
  const key = cap === null ? '' : `${cap.fen}`;
  const before = known.get(key);
  if (before) return before;
  const size = counting.unknowns;
  const sketch: Sketch = {
    sellers: new Int32Array(size),
    buyers: new Int32Array(size),
    values: new Float64Array(size),
    covers: new Uint8Array(size),
  };
  const numbers = new Map<string, number>();
  const numberOf = (party: string): number => {
    const number = numbers.get(party) ?? numbers.size;
    numbers.set(party, number);
    return number;
  };
  for (let unknown = 0; unknown < size; unknown += 1) {
    const contract = counting.contractOf(unknown);
    sketch.sellers[unknown] = numberOf(contract.sellerId);
    sketch.buyers[unknown] = numberOf(contract.buyerId);
    sketch.values[unknown] = Number(cappedFen(contract.technologyValueFen, cap));
    sketch.covers[unknown] = contract.isValuePublished ? 0 : 1;
  }
  known.set(key, sketch);
  return sketch;
};

/** Groups of unknowns, taken together. */
export type Unknowns = readonly (readonly number[])[];

const countOf = (groups: Unknowns): number => {
  let count = 0;
  for (const group of groups) count += group.length;
  return count;
};

/**
 * Whether unknowns are a crowd with room to spare: then nothing has to be counted exactly. Says no
 * where it is close, or where they are not one.
 */
const isCrowdByFar = (groups: Unknowns, sketch: Sketch, rule: Rule): boolean => {
  const bySeller = new Map<number, number>();
  const buyers = new Set<number>();
  let [total, covering] = [0, 0];
  for (const group of groups) {
    for (const unknown of group) {
      if (sketch.covers[unknown] === 0) continue;
      const seller = sketch.sellers[unknown] ?? 0;
      const value = sketch.values[unknown] ?? 0;
      covering += 1;
      total += value;
      bySeller.set(seller, (bySeller.get(seller) ?? 0) + value);
      if (buyers.size < FAR * Number(rule.minBuyers)) buyers.add(sketch.buyers[unknown] ?? 0);
    }
  }
  let [first, second] = [0, 0];
  for (const value of bySeller.values()) {
    if (value > first) [first, second] = [value, first];
    else if (value > second) second = value;
  }
  return (
    covering >= FAR * Number(rule.minContracts) &&
    bySeller.size >= FAR * Number(rule.minSellers) &&
    buyers.size >= FAR * Number(rule.minBuyers) &&
    100 * (total - first - second) >= FAR * Number(rule.pPercent) * first
  );
};

/** Whether the sum of some unknowns may be known. Versions of one contract are one contract. */
export const crowdRule = (
  counting: Counting,
  cap: Cap | null,
  rule: Rule,
): ((groups: Unknowns) => boolean) => {
  const sketch = sketchOf(counting, cap);
  const underCap = (unknown: number): ContractFact => {
    const contract = counting.contractOf(unknown);
    return { ...contract, technologyValueFen: cappedFen(contract.technologyValueFen, cap) };
  };
  return (groups) => {
    if (countOf(groups) >= MANY && isCrowdByFar(groups, sketch, rule)) return true;
    const once = new Map<string, ContractFact>();
    for (const unknown of groups.flat()) {
      const contract = underCap(unknown);
      once.set(contract.contractId, contract);
    }
    return reasonOfContracts([...once.values()], rule) === null;
  };
};
