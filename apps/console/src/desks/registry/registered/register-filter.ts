import type { CallOf } from '@jishi/contracts/endpoint';
import { RegisteredQuery } from '@jishi/contracts/ledger/registry';
import type { searchRegistered } from '@jishi/contracts/ledger/registry-endpoints';

export type RegisterQuery = NonNullable<CallOf<typeof searchRegistered>['query']>;

/** The filters, which stand in the address under the names that the ledger uses. */
export const FILTERS = [
  'number',
  'title',
  'party',
  'district',
  'contractType',
  'standing',
  'from',
  'to',
  'side',
] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Partial<Record<FilterName, string>>;

/** What the address says; a value that the ledger would not take is left out. */
export const filtersOf = (search: string): Filters => {
  const parameters = new URLSearchParams(search);
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = parameters.get(name);
      return value && isValid(name, value) ? [[name, value]] : [];
    }),
  );
};

const isValid = (name: FilterName, value: string): boolean =>
  RegisteredQuery.shape[name].safeParse(value).success;

/** The address of a filtered search: empty filters do not stand in it. */
export const registerAddress = (filters: Filters): string => {
  const given = FILTERS.flatMap((name) => {
    const value = filters[name]?.trim();
    return value ? [[name, value] as [string, string]] : [];
  });
  const text = new URLSearchParams(given).toString();
  return `/registry/registered${text ? `?${text}` : ''}`;
};

/** A number is pasted with the gaps in which it is shown. */
export const numberOf = (text: string): string => text.replace(/\D/g, '').slice(0, 16);
