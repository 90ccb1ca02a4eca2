import type { Id } from '@jishi/contracts/ids';
import type { QueryExecutorProvider } from 'kysely';
import type { DocumentKind, SearchText } from '../../domain/matching/document.ts';
import { queryTerms } from '../../domain/matching/query.ts';
import { type Ranked, rankDocuments } from './ranking.ts';

export interface Search {
  /** What is looked for: listings for a need, needs for a listing, either by free words. */
  readonly kind: DocumentKind;
  readonly by: SearchText;
  readonly limit: number;
  readonly among?: readonly Id[];
}

/** The market's one way to search: every page, endpoint and measurement goes through it. */
export const search = (db: QueryExecutorProvider, { by, ...rest }: Search): Promise<Ranked[]> =>
  rankDocuments(db, { ...rest, terms: queryTerms(by) });
