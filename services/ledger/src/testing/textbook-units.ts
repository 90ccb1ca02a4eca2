import { Decimal } from 'decimal.js';
import type { ContractFact, OpeningFact } from '../domain/index/family/facts.ts';

/**
 * Deal units of the index in their textbook form, straight from the formulas: lists and loops over
 * all contracts and listings, real numbers of sixty digits. Tests compare the fold with it.
 */
Decimal.set({ precision: 60 });
export const D = (value: Decimal.Value | bigint): Decimal =>
  new Decimal(typeof value === 'bigint' ? value.toString() : value);

export interface TextbookListing extends OpeningFact {
  readonly endsOn: string | null;
}

export interface TextbookMarket {
  readonly contracts: readonly ContractFact[];
  readonly listings: readonly TextbookListing[];
}

export interface TextbookUnit {
  readonly month: string;
  readonly seller: string;
  readonly buyer: string;
  readonly stratum: string;
  readonly cells: readonly string[];
  readonly cross: boolean;
  readonly value: Decimal;
  readonly days: number | null;
}

export const groupBy = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
};
export const sum = (values: readonly Decimal[]): Decimal =>
  values.reduce((a, b) => a.plus(b), D(0));
export const mean = (values: readonly Decimal[]): Decimal => sum(values).div(values.length);

const leading = (contracts: readonly ContractFact[], of: (one: ContractFact) => string): string => {
  const sums = [...groupBy(contracts, of)].map(([code, own]) => ({
    code,
    total: own.reduce((all, one) => all + one.technologyValueFen, 0n),
  }));
  sums.sort((a, b) =>
    a.total === b.total ? (a.code < b.code ? -1 : 1) : a.total > b.total ? -1 : 1,
  );
  return sums[0]?.code ?? '';
};

const DAY_MS = 86_400_000;
const dayOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

const linkedDays = (one: ContractFact, listings: readonly TextbookListing[]): number[] =>
  one.origins.flatMap((id) => {
    const opened = listings
      .filter(({ listingId }) => listingId === id)
      .map(({ openedOn }) => openedOn)
      .sort();
    const last = opened.filter((day) => day <= one.registeredOn).at(-1) ?? opened[0];
    return last === undefined ? [] : [Math.max(1, dayOf(one.registeredOn) - dayOf(last))];
  });

export const textbookUnits = ({ contracts, listings }: TextbookMarket): TextbookUnit[] => {
  const key = (c: ContractFact): string =>
    [c.sellerId, c.buyerId, c.fieldCode, c.registeredOn.slice(0, 7)].join('|');
  const universe = contracts.filter((c) => !c.relatedParty && !c.subcontract);
  return [...groupBy(universe, key).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const district = leading(own, (c) => c.district);
    const buyer = leading(own, (c) => c.buyerRegion);
    const isImport = leading(own, (c) => (c.isImport ? '1' : '0')) === '1';
    const conversions = own
      .flatMap((c) => linkedDays(c, listings).map((days) => ({ on: c.registeredOn, days })))
      .sort((a, b) => (a.on === b.on ? b.days - a.days : a.on < b.on ? -1 : 1));
    return [
      {
        month: first.registeredOn.slice(0, 7),
        seller: first.sellerId,
        buyer: first.buyerId,
        stratum: `${leading(own, (c) => c.contractType)} ${first.fieldCode}`,
        cells: [
          'city',
          `district:${district}`,
          `industry:${leading(own, (c) => c.industryCode)}`,
          `field:${first.fieldCode}`,
        ],
        cross:
          isImport || ['outside', 'abroad'].includes(buyer) || (buyer !== '' && buyer !== district),
        value: D(own.reduce((all, c) => all + c.technologyValueFen, 0n)),
        days: conversions[0]?.days ?? null,
      },
    ];
  });
};
