import type { FieldCode, Region } from '@jishi/contracts/codes';
import type { DealType } from '@jishi/contracts/market/listing';
import type { PriceBand, SearchAnswer, SearchFacet, TrlBand } from '@jishi/contracts/market/search';
import type { PartyNature } from '@jishi/contracts/party';
import { fieldName, regionName } from '../../../format/names.ts';
import { addressWith, Link } from '../../../place.tsx';
import { type Language, useWords } from '../../../words/words.tsx';
import type { Words } from '../../../words/zh.ts';
import { DEAL_TYPES, NATURES, PRICE_BANDS, TRL_BANDS } from '../names.ts';
import { useTradeWords } from '../use-words.ts';
import { FACET_NAMES, type SearchKind, type SearchQuery } from './search-query.ts';

/** What one value of a facet is called. */
export const facetValueName = (
  facet: SearchFacet,
  value: string,
  language: Language,
  t: Words,
): string => {
  switch (facet) {
    case 'fieldCode':
      return fieldName(value as FieldCode, language);
    case 'district':
      return regionName(value as Region, language, t);
    case 'trlBand':
      return TRL_BANDS[value as TrlBand][language];
    case 'priceBand':
      return PRICE_BANDS[value as PriceBand][language];
    case 'dealType':
      return DEAL_TYPES[value as DealType][language];
    case 'nature':
      return NATURES[value as PartyNature][language];
  }
};

type Counts = SearchAnswer['facets'][SearchFacet];

/** A chosen value that nothing has any more stays, so that it can be taken away. */
const withChosen = (counts: Counts, chosen: string | null) =>
  chosen === null || counts.some(({ value }) => value === chosen)
    ? counts
    : [...counts, { value: chosen, count: 0 }];

/** Bands stand in their own order, everything else by how many there are. */
const inOrder = (facet: SearchFacet, counts: Counts) => {
  const order =
    facet === 'trlBand'
      ? Object.keys(TRL_BANDS)
      : facet === 'priceBand'
        ? Object.keys(PRICE_BANDS)
        : null;
  if (!order) return counts;
  return [...counts].sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
};

const WIDE = 900;

/** Counts that are links: each sets its filter in the address, or takes it away again. */
export const Facets = (props: {
  facets: SearchAnswer['facets'];
  kind: SearchKind;
  query: SearchQuery;
}) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const { query } = props;
  const label: Readonly<Record<SearchFacet, string>> = {
    fieldCode: w.facetField,
    district: w.facetDistrict,
    trlBand: props.kind === 'listings' ? w.facetTrl : w.facetTrlWanted,
    priceBand: props.kind === 'listings' ? w.facetPrice : w.facetBudget,
    dealType: w.facetDeal,
    nature: w.facetNature,
  };
  const used = FACET_NAMES.filter((facet) => query[facet] !== undefined).length;
  const listed = FACET_NAMES.map((facet) => {
    const counts = withChosen(props.facets[facet], query[facet] ?? null);
    return { facet, counts: inOrder(facet, counts) };
  }).filter(({ counts }) => counts.length > 0);
  return (
    <details className="facets" open={window.innerWidth >= WIDE}>
      <summary>{used > 0 ? `${w.filters} (${used})` : w.filters}</summary>
      {listed.map(({ facet, counts }) => (
        <section key={facet} className="facet">
          <h2>{label[facet]}</h2>
          <ul>
            {counts.map(({ value, count }) => {
              const on = query[facet] === value;
              return (
                <li key={value}>
                  <Link
                    to={addressWith(facet, on ? null : value)}
                    className={on ? 'facet-value is-chosen' : 'facet-value'}
                    current={on}
                  >
                    <span>
                      {on ? <span aria-hidden="true">✓ </span> : null}
                      {facetValueName(facet, value, language, t)}
                    </span>
                    <span className="facet-count">{count}</span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </details>
  );
};
