import { FieldCode, Region } from '@jishi/contracts/codes';
import { DealType } from '@jishi/contracts/market/listing';
import { PriceBand, type SearchFacet, SearchSort, TrlBand } from '@jishi/contracts/market/search';
import { PartyNature } from '@jishi/contracts/party';
import type { z } from 'zod';

export type SearchKind = 'listings' | 'needs';

const FACETS = {
  fieldCode: FieldCode,
  district: Region,
  trlBand: TrlBand,
  priceBand: PriceBand,
  dealType: DealType,
  nature: PartyNature,
} as const satisfies Record<SearchFacet, z.ZodType>;

const known = <S extends z.ZodType>(schema: S, value: string | null): z.output<S> | undefined => {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};

/** What the address asks for; a value that is none of ours is as if it were not there. */
export const searchQueryOf = (search: string, kind: SearchKind) => {
  const parameters = new URLSearchParams(search);
  const of = <S extends z.ZodType>(name: string, schema: S) => known(schema, parameters.get(name));
  return {
    kind,
    q: (parameters.get('q') ?? '').trim().slice(0, 2_000),
    fieldCode: of('fieldCode', FACETS.fieldCode),
    district: of('district', FACETS.district),
    trlBand: of('trlBand', FACETS.trlBand),
    priceBand: of('priceBand', FACETS.priceBand),
    dealType: of('dealType', FACETS.dealType),
    nature: of('nature', FACETS.nature),
    sort: of('sort', SearchSort),
  };
};
export type SearchQuery = ReturnType<typeof searchQueryOf>;

export const FACET_NAMES = Object.keys(FACETS) as readonly SearchFacet[];
