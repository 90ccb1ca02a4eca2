import type { Id } from '@jishi/contracts/ids';
import type { PriceBand, SearchFacet, SearchSort, TrlBand } from '@jishi/contracts/market/search';
import type { PartyNature } from '@jishi/contracts/party';
import type { LocalDate } from '@jishi/contracts/time';
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { DocumentKind } from '../../domain/matching/document.ts';
import { queryTerms } from '../../domain/matching/query.ts';
import { scoring } from './ranking.ts';
import type { SearchFilter } from './search.ts';

export interface Place {
  /** What the last shown record was sorted by, and its id. */
  readonly value: string;
  readonly id: Id;
}

export interface FacetedSearch extends Omit<SearchFilter, 'among'> {
  readonly kind: DocumentKind;
  readonly q: string;
  readonly trlBand?: TrlBand | undefined;
  readonly priceBand?: PriceBand | undefined;
  readonly nature?: PartyNature | undefined;
  readonly sort: SearchSort;
  readonly after: Place | undefined;
  readonly today: LocalDate;
  readonly limit: number;
}

export interface FacetedPage {
  readonly places: readonly Place[];
  readonly total: number;
  readonly counts: readonly { facet: SearchFacet; value: string; n: number }[];
  readonly without: Readonly<Record<SearchFacet, number>>;
}

type Sql = RawBuilder<unknown>;

const TRL_BAND = sql`case when trl <= 3 then '1-3' when trl <= 6 then '4-6'
  when trl is not null then '7-9' end`;
/** Limits in fen of 30, 100, 300 and 1000 万元. */
const PRICE_BAND = sql`case when price_fen is null then 'not-stated'
  when price_fen < 30000000 then 'under-30' when price_fen < 100000000 then '30-100'
  when price_fen < 300000000 then '100-300' when price_fen < 1000000000 then '300-1000'
  else 'over-1000' end`;

const FACETS: readonly SearchFacet[] = [
  'fieldCode',
  'district',
  'trlBand',
  'priceBand',
  'dealType',
  'nature',
];

/** The column of `flagged` that says whether a record passes the filter of a facet. */
const ok = (facet: SearchFacet): Sql => sql.ref(`ok_${facet}`);
const VALUES: Readonly<Record<Exclude<SearchFacet, 'dealType'>, Sql>> = {
  fieldCode: sql`field_code`,
  district: sql`district`,
  trlBand: sql`trl_band`,
  priceBand: sql`price_band`,
  nature: sql`nature`,
};

const passes = (search: FacetedSearch, facet: SearchFacet): Sql => {
  const wanted = search[facet];
  if (wanted === undefined) return sql`true`;
  if (facet === 'dealType') return sql`${wanted} = any(deal_types)`;
  return sql`coalesce(${VALUES[facet]} = ${wanted}, false)`;
};

/** All filters but one: what a count of that one is of. */
const allBut = (left: SearchFacet | undefined): Sql =>
  sql.join(FACETS.filter((facet) => facet !== left).map(ok), sql` and `);

/** Filters that are not counted by. */
const within = ({ kind, today, industryCode, trlFrom, priceToFen }: FacetedSearch): Sql =>
  sql.join(
    [
      sql`f.kind = ${kind} and f.expires_on >= ${today}`,
      ...(industryCode ? [sql`f.industry_code = ${industryCode}`] : []),
      ...(trlFrom ? [sql`f.trl >= ${trlFrom}`] : []),
      ...(priceToFen ? [sql`f.price_fen <= ${priceToFen}::bigint`] : []),
    ],
    sql` and `,
  );

interface Order {
  readonly key: Sql;
  readonly type: Sql;
  readonly descending: boolean;
}

const DEAREST = sql`9223372036854775807`;
const ORDERS: Readonly<Record<SearchSort, Order>> = {
  relevance: { key: sql`score`, type: sql`float8`, descending: true },
  newest: { key: sql`opened_on`, type: sql`date`, descending: true },
  // What names no price comes last.
  price: { key: sql`coalesce(price_fen, ${DEAREST})`, type: sql`bigint`, descending: false },
  readiness: { key: sql`coalesce(trl, 0)`, type: sql`integer`, descending: true },
};

/** Behind the last shown record: a place in the order, whatever came or went meanwhile. */
const behind = ({ key, type, descending }: Order, after: Place | undefined): Sql => {
  if (!after) return sql``;
  const value = sql`${after.value}::${type}`;
  const further = descending ? sql`${key} < ${value}` : sql`${key} > ${value}`;
  return sql`and (${further} or (${key} = ${value} and id > ${after.id}::uuid))`;
};

const matched = (search: FacetedSearch): Sql => {
  const terms = queryTerms({ title: '', text: search.q });
  if (search.q === '') {
    return sql`matched as (select f.*, 0::float8 as score from search_facet f
      where ${within(search)})`;
  }
  return sql`${scoring({ kind: search.kind, terms, byWords: true })},
    matched as (select f.*, best.score from best
      join match_document d on d.number = best.document
      join search_facet f on f.kind = d.kind and f.id = d.id
      where ${within(search)})`;
};

const BANDED = sql`banded as (
  select *, ${TRL_BAND} as trl_band, ${PRICE_BAND} as price_band from matched)`;

/** How many pass every filter, without their order or counts. */
export const countFound = async (
  db: QueryExecutorProvider,
  search: FacetedSearch,
): Promise<number> => {
  const all = FACETS.map((facet) => passes(search, facet));
  const { rows } = await sql<{ n: number }>`with ${matched(search)}, ${BANDED}
    select count(*)::integer as n from banded where ${sql.join(all, sql` and `)}`.execute(db);
  return rows[0]?.n ?? 0;
};

const counted = (facet: SearchFacet): Sql => {
  if (facet === 'dealType') {
    return sql`select 'dealType' as facet, t.value, count(*)::integer as n
      from flagged, unnest(deal_types) as t (value) where ${allBut(facet)} group by t.value`;
  }
  const value = VALUES[facet];
  return sql`select ${sql.lit(facet)} as facet, ${value} as value, count(*)::integer as n
    from flagged where ${allBut(facet)} and ${value} is not null group by ${value}`;
};

/** A page of places in the wanted order, the total, and the counts: one statement, one snapshot. */
export const searchFaceted = async (
  db: QueryExecutorProvider,
  search: FacetedSearch,
): Promise<FacetedPage> => {
  const order = ORDERS[search.sort];
  const direction = order.descending ? sql`desc` : sql`asc`;
  const flags = FACETS.map((facet) => sql`${passes(search, facet)} as ${ok(facet)}`);
  const totals = FACETS.map(
    (facet) => sql`count(*) filter (where ${allBut(facet)})::integer as ${sql.ref(facet)}`,
  );
  const { rows } = await sql<{
    places: Place[] | null;
    totals: FacetedPage['without'] & { total: number };
    counts: FacetedPage['counts'][number][] | null;
  }>`
    with ${matched(search)}, ${BANDED},
    flagged as materialized (select *, ${sql.join(flags)} from banded),
    page as (
      select (${order.key})::text as value, id, row_number() over () as place from (
        select * from flagged where ${allBut(undefined)} ${behind(order, search.after)}
        order by ${order.key} ${direction}, id limit ${search.limit}) as shown
    ), counts as (${sql.join(FACETS.map(counted), sql` union all `)})
    select (select json_agg(json_build_object('value', value, 'id', id) order by place) from page)
        as places,
      (select row_to_json(t) from (select ${sql.join(totals)},
        count(*) filter (where ${allBut(undefined)})::integer as total from flagged) t) as totals,
      (select json_agg(counts) from counts) as counts`.execute(db);
  const [found] = rows;
  const { total = 0, ...without } = found?.totals ?? { total: 0 };
  return {
    places: found?.places ?? [],
    total,
    counts: found?.counts ?? [],
    without: without as FacetedPage['without'],
  };
};
