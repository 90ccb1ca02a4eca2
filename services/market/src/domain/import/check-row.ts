import type { CellProblem, ImportKind, ImportTarget } from '@jishi/contracts/market/import';
import type { PartyRef } from '@jishi/contracts/party';
import type { LocalDate } from '@jishi/contracts/time';
import { fieldsOf } from './columns.ts';
import { contractKey, type PaperContract, readContractRow } from './contract-row.ts';
import { type ListingContext, type ListingRow, listingKey, readListingRow } from './listing-row.ts';
import { type RowSource, valuesOf } from './row-reader.ts';

export interface RowContext {
  readonly today: LocalDate;
  readonly owner: PartyRef;
  readonly target: ImportTarget;
  readonly contact: ListingContext['contact'];
}

export type RowCheck =
  /** Nothing of what is imported stands in it, or it is the template's own example. */
  | { readonly state: 'outside' }
  | { readonly state: 'wrong'; readonly problems: readonly CellProblem[] }
  | { readonly state: 'clean'; readonly value: ListingRow | PaperContract; readonly key: string };

type Source = Omit<RowSource, 'specs'>;

const isOutside = (kind: ImportKind, source: RowSource): boolean => {
  const values = valuesOf(source);
  const example = fieldsOf(kind).find(({ key }) => key === 'title')?.example;
  return Object.values(values).every((text) => text.trim() === '') || values.title === example;
};

/** Reads one row of either kind; the same row, fixes and context always give the same answer. */
export const checkRow = (kind: ImportKind, given: Source, context: RowContext): RowCheck => {
  const source = { ...given, specs: fieldsOf(kind) };
  if (isOutside(kind, source)) return { state: 'outside' };
  if (kind === 'listings') {
    const { value, problems } = readListingRow(source, {
      ...context,
      district: context.owner.district,
    });
    return value ? { state: 'clean', value, key: listingKey(value) } : { state: 'wrong', problems };
  }
  const { value, problems } = readContractRow(source, context);
  if (!value) return { state: 'wrong', problems };
  const key = contractKey({ ...value.private, signedOn: value.public.signedOn });
  return { state: 'clean', value, key };
};

/** The texts of a row by field, as they stand. */
export const rowValues = (kind: ImportKind, given: Source): Record<string, string> =>
  valuesOf({ ...given, specs: fieldsOf(kind) });
