import { type SearchAnswer, type SearchItem, searchRecords } from '@jishi/contracts/market/search';
import { type FormEvent, useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { More } from '../../../kit/choices.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { addressWith, go, Link, replaceAddress, usePlace } from '../../../place.tsx';
import { fill, useWords } from '../../../words/words.tsx';
import { ListingCard, NeedCard } from '../record-card.tsx';
import '../trade.css';
import { useTradeWords } from '../use-words.ts';
import { Facets, facetValueName } from './facets.tsx';
import { FACET_NAMES, type SearchKind, type SearchQuery, searchQueryOf } from './search-query.ts';

const Item = ({ item }: { item: SearchItem }) =>
  item.kind === 'listing' ? (
    <ListingCard
      facts={item.listing.content}
      owner={item.listing.owner.name}
      openedOn={item.listing.openedOn}
      marks={item.marks}
      to={`/results/${item.listing.listingId}`}
    />
  ) : (
    <NeedCard
      facts={item.need.content}
      owner={item.need.owner.name}
      openedOn={item.need.openedOn}
      marks={item.marks}
      to={`/needs/${item.need.needId}`}
    />
  );

const idOf = (item: SearchItem): string =>
  item.kind === 'listing' ? item.listing.listingId : item.need.needId;

/** The words, kept in the field while they are typed and in the address once they are asked. */
const Words = (props: { kind: SearchKind; q: string }) => {
  const { w } = useTradeWords();
  const [typed, setTyped] = useState(props.q);
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    go(addressWith('q', typed.trim() || null));
  };
  return (
    <form className="search-words" onSubmit={ask}>
      <label>
        <span className="visually-hidden">
          {props.kind === 'listings' ? w.searchListings : w.searchNeeds}
        </span>
        <input
          type="search"
          value={typed}
          maxLength={200}
          placeholder={props.kind === 'listings' ? w.searchListings : w.searchNeeds}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button type="submit" className="primary">
        {w.search}
      </button>
    </form>
  );
};

const Kinds = (props: { kind: SearchKind; kinds: SearchAnswer['kinds'] | undefined }) => {
  const { w } = useTradeWords();
  const { search } = usePlace();
  const tab = (kind: SearchKind, to: string, label: string) => (
    <Link
      to={`${to}${search}`}
      className={props.kind === kind ? 'choice is-chosen' : 'choice'}
      current={props.kind === kind}
    >
      {label}
      <span className="choice-count">{props.kinds?.[kind] ?? ''}</span>
    </Link>
  );
  return (
    <nav className="choices" aria-label={w.whatToFind}>
      {tab('listings', '/results', w.listings)}
      {tab('needs', '/needs', w.needs)}
    </nav>
  );
};

/** Nothing found: the one filter whose removal gives most, or what else may help. */
const Nothing = (props: { answer: SearchAnswer; kind: SearchKind; query: SearchQuery }) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const [best] = props.answer.without;
  const value = best ? props.query[best.filter] : undefined;
  const sentence = props.kind === 'listings' ? w.noListings : w.noNeeds;
  if (best && value && best.total > 0) {
    const name = facetValueName(best.filter, value, language, t);
    return (
      <Empty
        action={
          <Link to={addressWith(best.filter, null)} className="outlined">
            {fill(w.withoutFilter, { filter: name, n: best.total })}
          </Link>
        }
      >
        {sentence}
      </Empty>
    );
  }
  const filtered = FACET_NAMES.some((facet) => props.query[facet] !== undefined);
  const plain = window.location.pathname;
  return (
    <Empty
      action={
        filtered || props.query.q !== '' ? (
          <Link to={plain} className="outlined">
            {w.browseAll}
          </Link>
        ) : undefined
      }
    >
      {sentence}
    </Empty>
  );
};

const SORTS = ['relevance', 'newest', 'price', 'readiness'] as const;

const Sort = (props: { query: SearchQuery }) => {
  const { w } = useTradeWords();
  const { q, sort } = props.query;
  const names = {
    relevance: w.byRelevance,
    newest: w.byNewest,
    price: props.query.kind === 'listings' ? w.byPrice : w.byBudget,
    readiness: w.byReadiness,
  };
  const now = sort === undefined || (sort === 'relevance' && q === '') ? null : sort;
  return (
    <label className="sort-by">
      <span className="visually-hidden">{w.sortBy}</span>
      <select
        value={now ?? (q === '' ? 'newest' : 'relevance')}
        onChange={(event) => replaceAddress(addressWith('sort', event.target.value))}
      >
        {SORTS.filter((name) => name !== 'relevance' || q !== '').map((name) => (
          <option key={name} value={name}>
            {names[name]}
          </option>
        ))}
      </select>
    </label>
  );
};

/** One page after another, each read by its own cursor. */
const Page = (props: { query: SearchQuery; cursor: string | null }) => {
  const { w } = useTradeWords();
  const [next, setNext] = useState(false);
  const cursor = props.cursor ?? undefined;
  const read = useRead(searchRecords, { query: { ...props.query, cursor } }, { keep: true });
  return (
    <Load query={read}>
      {(answer) => (
        <>
          {answer.items.map((item) => (
            <Item key={idOf(item)} item={item} />
          ))}
          {next && answer.next ? (
            <Page query={props.query} cursor={answer.next} />
          ) : (
            <More
              has={answer.next !== null}
              busy={read.isFetching}
              label={w.showMore}
              onMore={() => setNext(true)}
            />
          )}
        </>
      )}
    </Load>
  );
};

const SearchPage = ({ kind }: { kind: SearchKind }) => {
  const { w } = useTradeWords();
  const { search } = usePlace();
  const query = searchQueryOf(search, kind);
  const first = useRead(searchRecords, { query }, { keep: true });
  const key = JSON.stringify(query);
  return (
    <>
      <PageHead
        title={kind === 'listings' ? w.findListings : w.findNeeds}
        note={kind === 'listings' ? w.findListingsNote : w.findNeedsNote}
        ready={first.data !== undefined && !first.isPlaceholderData}
      />
      <Words key={query.q} kind={kind} q={query.q} />
      <Kinds kind={kind} kinds={first.data?.kinds} />
      <Load query={first}>
        {(answer) => (
          <div className="search-columns">
            <Facets facets={answer.facets} kind={kind} query={query} />
            <div className="search-results">
              <div className="results-head">
                <p role="status">{fill(w.resultCount, { n: answer.total })}</p>
                <Sort query={query} />
              </div>
              {answer.total === 0 ? (
                <Nothing answer={answer} kind={kind} query={query} />
              ) : (
                <Page key={key} query={query} cursor={null} />
              )}
            </div>
          </div>
        )}
      </Load>
    </>
  );
};

/** 找成果. */
export const ResultsPage = () => <SearchPage kind="listings" />;
/** 找需求. */
export const NeedsPage = () => <SearchPage kind="needs" />;
