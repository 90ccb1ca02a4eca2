import type { Id } from '@jishi/contracts/ids';
import type { DealType } from '@jishi/contracts/market/listing';
import type { LocalDate } from '@jishi/contracts/time';
import { type RawBuilder, sql } from 'kysely';
import type { DocumentKind, SearchText } from '../../domain/matching/document.ts';
import { queryTerms } from '../../domain/matching/query.ts';
import { findAnnouncements, type StoredAnnouncement } from '../trade/announcements.ts';
import type { TradeDb } from '../trade/tables.ts';
import { type Ranked, rankDocuments } from './ranking.ts';

export interface SearchFilter {
  readonly fieldCode?: string | undefined;
  readonly industryCode?: string | undefined;
  readonly district?: string | undefined;
  readonly dealType?: DealType | undefined;
  /** Of listings: at least this readiness, at most this fixed price. */
  readonly trlFrom?: number | undefined;
  readonly priceToFen?: string | undefined;
  readonly among?: readonly Id[] | undefined;
}

export interface Search extends SearchFilter {
  /** What is looked for: listings for a need, needs for a listing, either by free words. */
  readonly kind: DocumentKind;
  readonly by: SearchText;
  readonly today: LocalDate;
  readonly limit: number;
  /** Typed words, not a record: single characters in common are not enough. */
  readonly byWords?: boolean;
}

/** Published and not past the last day, whatever the index holds; and as the filter says. */
const openIds = ({ kind, today, ...filter }: Search): RawBuilder<unknown> => {
  const wanted = [
    sql`kind = ${kind} and status = 'published' and expires_on >= ${today}`,
    filter.among && sql`id = any(${filter.among}::uuid[])`,
    filter.fieldCode && sql`field_code = ${filter.fieldCode}`,
    filter.industryCode && sql`industry_code = ${filter.industryCode}`,
    filter.district && sql`district = ${filter.district}`,
    filter.dealType && sql`content->'dealTypes' ? ${filter.dealType}`,
    filter.trlFrom && sql`(content->>'trl')::integer >= ${filter.trlFrom}`,
    filter.priceToFen &&
      sql`(content->'price'->>'priceFen')::numeric <= ${filter.priceToFen}::numeric`,
  ].filter((part) => typeof part === 'object');
  return sql`select id from announcement where ${sql.join(wanted, sql` and `)}`;
};

/** Ids in order of rank; the market's one way to search. */
export const rankOpen = (db: TradeDb, search: Search): Promise<Ranked[]> =>
  rankDocuments(db, {
    kind: search.kind,
    terms: queryTerms(search.by),
    limit: search.limit,
    only: openIds(search),
    byWords: search.byWords,
  });

/** The records themselves, best first. */
export const searchOpen = async (db: TradeDb, search: Search): Promise<StoredAnnouncement[]> => {
  const ranked = await rankOpen(db, search);
  const found = await findAnnouncements(
    db,
    search.kind,
    ranked.map((r) => r.id),
  );
  return ranked.flatMap(({ id }) => found.get(id) ?? []);
};
