import { z } from '@hono/zod-openapi';
import { FieldCode, IndustryCode, Region } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { FenString } from '../money.ts';
import { PartyNature } from '../party.ts';
import { DealType, ListingView, NeedView, Trl } from './listing.ts';
import { Mark } from './matching.ts';

/** Readiness in three bands: research, trial, use. */
export const TrlBand = z.enum(['1-3', '4-6', '7-9']);
export type TrlBand = z.infer<typeof TrlBand>;

/** 万元, half-open: 30-100 holds 30.00 and not 100.00. Of needs it is the budget. */
export const PriceBand = z.enum([
  'under-30',
  '30-100',
  '100-300',
  '300-1000',
  'over-1000',
  'not-stated',
]);
export type PriceBand = z.infer<typeof PriceBand>;

export const SearchSort = z.enum(['relevance', 'newest', 'price', 'readiness']);
export type SearchSort = z.infer<typeof SearchSort>;

/** Filters that are also counted by; each count is of what the other filters leave. */
export const SearchFacet = z.enum([
  'fieldCode',
  'district',
  'trlBand',
  'priceBand',
  'dealType',
  'nature',
]);
export type SearchFacet = z.infer<typeof SearchFacet>;

const FacetCount = z.strictObject({ value: z.string(), count: z.int().positive() });
const Counts = z.array(FacetCount);

const SearchItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('listing'), listing: ListingView, marks: z.array(Mark) }),
  z.strictObject({ kind: z.literal('need'), need: NeedView, marks: z.array(Mark) }),
]);
export type SearchItem = z.infer<typeof SearchItem>;

export const SearchAnswer = z
  .object({
    items: z.array(SearchItem),
    total: z.int().nonnegative(),
    /** The same words and filters, in listings and in needs. */
    kinds: z.strictObject({ listings: z.int().nonnegative(), needs: z.int().nonnegative() }),
    facets: z.strictObject({
      fieldCode: Counts,
      district: Counts,
      trlBand: Counts,
      priceBand: Counts,
      dealType: Counts,
      nature: Counts,
    }),
    /** How many there would be without one of the filters in use, the most first. */
    without: z.array(z.strictObject({ filter: SearchFacet, total: z.int().nonnegative() })),
    next: z.string().nullable(),
  })
  .openapi('SearchAnswer');
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const searchRecords = endpoint({
  service: 'market',
  method: 'get',
  path: '/search',
  summary: {
    zh: '检索或浏览成果、需求,附分类计数',
    en: 'Search or browse published listings or needs, with counts to filter by',
  },
  access: { who: 'public' },
  params: Nothing,
  query: z.strictObject({
    kind: z.enum(['listings', 'needs']),
    /** Without words everything is browsed. */
    q: z.string().trim().max(2_000).default(''),
    fieldCode: FieldCode.optional(),
    industryCode: IndustryCode.optional(),
    district: Region.optional(),
    dealType: DealType.optional(),
    trlBand: TrlBand.optional(),
    priceBand: PriceBand.optional(),
    nature: PartyNature.optional(),
    trlFrom: z.coerce.number().pipe(Trl).optional(),
    priceToFen: FenString.optional(),
    /** By relevance where there are words, else the newest first. */
    sort: SearchSort.optional(),
    /** `next` of the page before; it stands for a place, not for a number of a page. */
    cursor: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  body: NoBody,
  answer: SearchAnswer,
  refusals: [],
});
