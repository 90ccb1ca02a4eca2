import type { Id } from '@jishi/contracts/ids';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { PartyNature } from '@jishi/contracts/party';
import type { LocalDate } from '@jishi/contracts/time';
import { type QueryExecutorProvider, sql } from 'kysely';
import type { DocumentKind } from '../../domain/matching/document.ts';

export interface FacetedRecord {
  readonly kind: DocumentKind;
  readonly id: Id;
  readonly content: ListingContent | NeedContent;
  readonly nature: PartyNature;
  readonly openedOn: LocalDate;
  readonly expiresOn: LocalDate;
}

const amountOf = (content: ListingContent | NeedContent): string | null => {
  if ('summary' in content) return content.price.mode === 'fixed' ? content.price.priceFen : null;
  return content.budgetFen;
};

/** Written in the transaction that publishes or renews, so that counts and records never differ. */
export const putFacets = async (
  trx: QueryExecutorProvider,
  { kind, id, content, nature, openedOn, expiresOn }: FacetedRecord,
): Promise<void> => {
  const trl = 'summary' in content ? content.trl : content.trlWanted;
  await sql`insert into search_facet (kind, id, field_code, industry_code, district, trl, price_fen,
      deal_types, nature, opened_on, expires_on)
    values (${kind}, ${id}, ${content.fieldCode}, ${content.industryCode}, ${content.district},
      ${trl}, ${amountOf(content)}, ${[...content.dealTypes]}::text[], ${nature}, ${openedOn},
      ${expiresOn})
    on conflict (kind, id) do update set expires_on = excluded.expires_on`.execute(trx);
};

export const removeFacets = async (
  trx: QueryExecutorProvider,
  kind: DocumentKind,
  id: Id,
): Promise<void> => {
  await sql`delete from search_facet where kind = ${kind} and id = ${id}`.execute(trx);
};
