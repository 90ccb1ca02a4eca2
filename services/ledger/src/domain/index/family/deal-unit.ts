import type { LocalDate, LocalMonth } from '@jishi/contracts/time';
import { dayNumber } from './calendar.ts';
import type { ContractFact } from './facts.ts';
import { textsOf } from './known-texts.ts';
import { unitLog } from './logarithm.ts';

/**
 * Deal unit 交易单元: all contracts of one seller, buyer, field and calendar month, summed before
 * the cap. So a deal that is split into several contracts counts as one (B3).
 */
export interface DealUnit {
  readonly key: string;
  readonly contracts: readonly ContractFact[];
  readonly sellerId: string;
  readonly buyerId: string;
  /** The parties' numbers in the market. */
  readonly seller: number;
  readonly buyer: number;
  readonly fieldCode: string;
  readonly contractType: string;
  readonly industryCode: string;
  readonly district: string;
  /** Price stratum 层: contract type × field. */
  readonly stratum: string;
  /** The cells that it counts in. */
  readonly cells: readonly string[];
  /** Where the buyer is: a district, `outside` or `abroad`; empty when unknown. */
  readonly buyerRegion: string;
  readonly isImport: boolean;
  /** F: the buyer is in another district, outside the city or abroad, or it is an import. */
  readonly isCrossRegion: boolean;
  /** Σ technology value in fen, before the cap. */
  readonly rawFen: bigint;
  /** round-half-even(10¹⁵ · ln rawFen); 0 where rawFen is 0. */
  readonly rawLog: bigint;
  /** Whole days from the opening to the registration of its first linked contract; null: none. */
  readonly conversionDays: number | null;
  /** round-half-even(10¹⁵ · ln days); 0 without a conversion. */
  readonly conversionDaysLog: bigint;
}

/** Month and key of the unit that a contract belongs to. */
export const unitKeyOf = (contract: ContractFact): string =>
  `${contract.sellerId}|${contract.buyerId}|${contract.fieldCode}`;
export const monthOfContract = (contract: ContractFact): LocalMonth =>
  contract.registeredOn.slice(0, 7);

/** The latest opening of a listing or need on or before a day; else its first; null: unknown. */
export type OpeningOf = (listingId: string, day: LocalDate) => LocalDate | null;

/** The value of an attribute with the largest summed technology value; ties: the smallest code. */
const leading = (
  contracts: readonly ContractFact[],
  attribute: (contract: ContractFact) => string,
): string => {
  const first = contracts[0];
  if (first && contracts.length === 1) return attribute(first);
  const sums = new Map<string, bigint>();
  for (const contract of contracts) {
    const code = attribute(contract);
    sums.set(code, (sums.get(code) ?? 0n) + contract.technologyValueFen);
  }
  let best = '';
  let most = -1n;
  for (const [code, sum] of sums) {
    if (sum > most || (sum === most && code < best)) [best, most] = [code, sum];
  }
  return best;
};

const OUTSIDE_THE_CITY: readonly string[] = ['outside', 'abroad'];

const isCross = (district: string, buyerRegion: string, isImport: boolean): boolean => {
  if (isImport || OUTSIDE_THE_CITY.includes(buyerRegion)) return true;
  return buyerRegion !== '' && buyerRegion !== district;
};

/** max(1, registration − opening) in whole days; of two origins the one opened longer ago. */
const daysOf = (contract: ContractFact, openingOf: OpeningOf): number | null => {
  let longest: number | null = null;
  for (const id of contract.origins) {
    const openedOn = openingOf(id, contract.registeredOn);
    if (openedOn === null) continue;
    const days = Math.max(1, dayNumber(contract.registeredOn) - dayNumber(openedOn));
    if (longest === null || days > longest) longest = days;
  }
  return longest;
};

const conversionOf = (contracts: readonly ContractFact[], openingOf: OpeningOf): number | null => {
  let first = '';
  let days: number | null = null;
  for (const contract of contracts) {
    const own = daysOf(contract, openingOf);
    if (own === null) continue;
    const on = contract.registeredOn;
    if (days === null || on < first || (on === first && own > days)) [first, days] = [on, own];
  }
  return days;
};

const stratumOf = textsOf((contractType, field) => `${contractType}×${field}`);
const cellOf = textsOf((partition, code) => `${partition}:${code}`);

/** The cells in which a unit or a listing counts. */
export const cellsOf = (district: string, industry: string, field: string): readonly string[] => [
  'city',
  cellOf('district', district),
  cellOf('industry', industry),
  cellOf('field', field),
];

/** Spans of days come again and again: the logarithm of each is taken once. */
const KNOWN_DAYS = 10_000;
const daysLogs: bigint[] = [];
const daysLogOf = (days: number): bigint => {
  const known = daysLogs[days];
  if (known !== undefined) return known;
  const log = unitLog(BigInt(days));
  if (days < KNOWN_DAYS) daysLogs[days] = log;
  return log;
};

/** Of units that nobody counts: their parties are all the same. */
const unnumbered = (): number => 0;

/** Puts contracts of one key and month together; at least one is needed. */
export const dealUnitOf = (
  contracts: readonly ContractFact[],
  openingOf: OpeningOf,
  partyNumberOf: (id: string) => number = unnumbered,
): DealUnit => {
  const [first] = contracts;
  if (!first) throw new Error('a deal unit without a contract');
  const { sellerId, buyerId, fieldCode } = first;
  const rawFen =
    contracts.length === 1
      ? first.technologyValueFen
      : contracts.reduce((sum, one) => sum + one.technologyValueFen, 0n);
  const contractType = leading(contracts, (one) => one.contractType);
  const industryCode = leading(contracts, (one) => one.industryCode);
  const district = leading(contracts, (one) => one.district);
  const buyerRegion = leading(contracts, (one) => one.buyerRegion);
  const isImport = leading(contracts, (one) => (one.isImport ? '1' : '0')) === '1';
  const conversionDays = conversionOf(contracts, openingOf);
  return {
    key: unitKeyOf(first),
    contracts,
    sellerId,
    buyerId,
    seller: partyNumberOf(sellerId),
    buyer: partyNumberOf(buyerId),
    fieldCode,
    contractType,
    industryCode,
    district,
    stratum: stratumOf(contractType, fieldCode),
    cells: cellsOf(district, industryCode, fieldCode),
    buyerRegion,
    isImport,
    isCrossRegion: isCross(district, buyerRegion, isImport),
    rawFen,
    rawLog: rawFen === 0n ? 0n : unitLog(rawFen),
    conversionDays,
    conversionDaysLog: conversionDays === null ? 0n : daysLogOf(conversionDays),
  };
};
