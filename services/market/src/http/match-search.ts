import type { Mark } from '@jishi/contracts/market/matching';
import { type SearchFacet, SearchSort, searchRecords } from '@jishi/contracts/market/search';
import { refuseField } from '@jishi/contracts/problem';
import { businessDay, type Clock } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { z } from 'zod';
import { marksOf } from '../domain/matching/marks.ts';
import { commonPhrases, type PhraseFields } from '../domain/matching/phrases.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import {
  countFound,
  type FacetedPage,
  type FacetedSearch,
  type Place,
  searchFaceted,
} from '../store/matching/faceted-search.ts';
import { findAnnouncements, type StoredAnnouncement } from '../store/trade/announcements.ts';
import type { TradeDb } from '../store/trade/tables.ts';
import { listingFields, needFields } from './match-views.ts';
import { listingView, needView } from './trade-views.ts';

/** Everything that was typed is worth marking, however common. */
const marksOfWords = (q: string, fields: PhraseFields): Mark[] =>
  q === ''
    ? []
    : (marksOf(
        fields,
        commonPhrases({ q }, fields, () => Number.MAX_VALUE / 1e9),
      ) as Mark[]);

const itemOf = (stored: StoredAnnouncement, q: string) => {
  if (stored.kind === 'listing') {
    const listing = { ...listingView(stored, undefined), own: null };
    const marks = marksOfWords(q, listingFields(listing.content));
    return { kind: 'listing' as const, listing, marks };
  }
  const need = { ...needView(stored, undefined), own: null };
  return { kind: 'need' as const, need, marks: marksOfWords(q, needFields(need.content)) };
};

/** A place in an order: which order, what it was sorted by, and the id. */
const Cursor = z.tuple([SearchSort, z.string().regex(/^-?[\d.e+-]{1,40}$/), z.uuid()]);

const writeCursor = (sort: SearchSort, { value, id }: Place): string =>
  Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');

const VALUE_FORMS: Readonly<Record<SearchSort, RegExp>> = {
  relevance: /^\d+(\.\d+)?(e[+-]?\d{1,3})?$/,
  newest: /^\d{4}-\d{2}-\d{2}$/,
  price: /^\d{1,19}$/,
  readiness: /^\d$/,
};

const readCursor = (text: string | undefined, sort: SearchSort): Place | undefined => {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const [of, value, id] = Cursor.parse(parsed);
    if (of === sort && VALUE_FORMS[sort].test(value)) return { value, id };
  } catch {
    // Below: a cursor that is not ours is refused by name, whatever is wrong with it.
  }
  throw refuseField(
    'invalid-input',
    'query.cursor',
    'cursor-form',
    '翻页位置无效,请从第一页看起',
    'The cursor is not one of ours for this order; start at the first page',
  );
};

const facetsOf = ({ counts }: FacetedPage) => {
  const of = (facet: SearchFacet) =>
    counts
      .filter((c) => c.facet === facet)
      .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
      .map(({ value, n }) => ({ value, count: n }));
  return {
    fieldCode: of('fieldCode'),
    district: of('district'),
    trlBand: of('trlBand'),
    priceBand: of('priceBand'),
    dealType: of('dealType'),
    nature: of('nature'),
  };
};

/** What each filter in use keeps out, the one that keeps out most first. */
const withoutOf = (search: FacetedSearch, { without }: FacetedPage) =>
  (Object.keys(without) as SearchFacet[])
    .filter((filter) => search[filter] !== undefined)
    .map((filter) => ({ filter, total: without[filter] }))
    .sort((a, b) => b.total - a.total);

/** Search and browse: no verdicts, no contact, only what is published today. */
export const serveSearch = (service: Service, db: TradeDb, clock: Clock): void =>
  service.serve(searchRecords, ({ query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const { kind: kinds, q, cursor, limit, sort: wanted, ...filter } = query;
      const kind = kinds === 'listings' ? 'listing' : 'need';
      const byRelevance = q !== '' && (wanted === undefined || wanted === 'relevance');
      const sort = byRelevance ? 'relevance' : wanted === 'relevance' ? 'newest' : wanted;
      const search: FacetedSearch = {
        ...{ ...filter, kind, q, sort: sort ?? 'newest', limit: limit + 1 },
        after: readCursor(cursor, sort ?? 'newest'),
        today: businessDay(clock()),
      };
      const found = await searchFaceted(trx, search);
      const theirs = await countFound(trx, {
        ...search,
        kind: kind === 'listing' ? 'need' : 'listing',
      });
      const shown = found.places.slice(0, limit);
      const last = found.places.length > limit ? shown.at(-1) : undefined;
      const records = await findAnnouncements(
        trx,
        kind,
        shown.map((place) => place.id),
      );
      const mine = found.total;
      return {
        items: shown.flatMap(({ id }) => {
          const stored = records.get(id);
          return stored ? [itemOf(stored, q)] : [];
        }),
        total: found.total,
        kinds:
          kind === 'listing'
            ? { listings: mine, needs: theirs }
            : { listings: theirs, needs: mine },
        facets: facetsOf(found),
        without: withoutOf(search, found),
        next: last ? writeCursor(search.sort, last) : null,
      };
    }),
  );
