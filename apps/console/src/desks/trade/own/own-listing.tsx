import { matchListing } from '@jishi/contracts/market/matching';
import { readFunnel } from '@jishi/contracts/market/reach';
import { readListing } from '@jishi/contracts/market/trade-listings';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Day } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { fill, useWords } from '../../../words/words.tsx';
import { ListingFactsCard, ListingParts } from '../detail/listing-content.tsx';
import { Chips, Tally } from '../matches/verdicts.tsx';
import { STATUSES } from '../names.ts';
import { useTradeWords } from '../use-words.ts';
import { FunnelLine, useRegistered } from './funnel-line.tsx';
import { RecordActs } from './record-acts.tsx';
import { OwnPriceNotice } from './start-notice.tsx';

const Became = ({ listingId }: { listingId: string }) => {
  const { w } = useTradeWords();
  const query = useRead(readFunnel, { params: { listingId } });
  const registered = useRegistered(query.data?.contractIds ?? []);
  return (
    <Section title={w.funnel}>
      <Load query={query}>
        {(funnel) => (
          <>
            <FunnelLine funnel={funnel} registered={registered} />
            {funnel.viewsByDay.length > 0 ? (
              <details>
                <summary>{w.viewsByDay}</summary>
                <ul className="plain-list">
                  {funnel.viewsByDay.map(({ day, views }) => (
                    <li key={day}>
                      <Day day={day} />
                      {fill(w.viewsOn, { n: views })}
                    </li>
                  ))}
                </ul>
              </details>
            ) : null}
            <p className="hint">{w.viewsMeaning}</p>
          </>
        )}
      </Load>
    </Section>
  );
};

const NEEDS_SHOWN = 5;

/** Needs that the result answers, and why. */
const MatchingNeeds = ({ listingId }: { listingId: string }) => {
  const { w } = useTradeWords();
  const query = useRead(matchListing, { params: { listingId }, query: { limit: NEEDS_SHOWN } });
  return (
    <Section title={w.matchingNeeds}>
      <Load query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{w.noMatchingNeeds}</p>
          ) : (
            <ol className="preview-list">
              {items.map((match) => (
                <li key={match.need.needId}>
                  <p className="preview-title">
                    <Link to={`/needs/${match.need.needId}`}>{match.need.content.title}</Link>
                  </p>
                  <Tally met={match.met} known={match.known} />
                  <Chips criteria={match.criteria} />
                </li>
              ))}
            </ol>
          )
        }
      </Load>
    </Section>
  );
};

/** An own record that is under review, public, or over: what became of it, and what to do. */
export const OwnListing = ({ listingId }: { listingId: string }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const query = useRead(readListing, { params: { listingId } });
  return (
    <Load query={query} whole>
      {(listing) => {
        const open = listing.status === 'published';
        const status = STATUSES[listing.status];
        return (
          <>
            <PageHead
              title={listing.content.title}
              note={<Tag tone={status.tone}>{status[language]}</Tag>}
              actions={
                open ? (
                  <>
                    <Link to={`/results/${listingId}`} className="outlined">
                      {w.asReadersSee}
                    </Link>
                    <RecordActs
                      kind="listing"
                      id={listingId}
                      version={listing.version}
                      expiresOn={listing.expiresOn}
                    />
                  </>
                ) : null
              }
            />
            {listing.status === 'submitted' ? <p>{w.inReviewMeaning}</p> : null}
            <Columns
              main={
                <>
                  {listing.openedOn ? <Became listingId={listingId} /> : null}
                  {open ? <MatchingNeeds listingId={listingId} /> : null}
                  {open ? <OwnPriceNotice listingId={listingId} /> : null}
                  <ListingParts content={listing.content} />
                </>
              }
              side={
                <ListingFactsCard
                  content={listing.content}
                  owner={listing.owner.name}
                  openedOn={listing.openedOn}
                  expiresOn={listing.expiresOn}
                />
              }
            />
          </>
        );
      }}
    </Load>
  );
};
