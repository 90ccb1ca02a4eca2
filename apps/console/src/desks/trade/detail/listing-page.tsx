import { readListing } from '@jishi/contracts/market/trade-listings';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, PageHead } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { ShortId } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import type { PageProps } from '../../../shell/routes.ts';
import { useWords } from '../../../words/words.tsx';
import { STATUSES } from '../names.ts';
import '../trade.css';
import { useTradeWords } from '../use-words.ts';
import { AskToTalk } from './ask-to-talk.tsx';
import { ContactSection } from './contact-section.tsx';
import { useCountedView } from './count-view.ts';
import { ListingFactsCard, ListingParts } from './listing-content.tsx';
import { PriceNoticeSection } from './price-notices.tsx';

/** Is it real, is it mine to use, at what price? */
export const ListingPage = ({ values }: PageProps) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const known = useWho();
  const listingId = values.listingId ?? '';
  const query = useRead(readListing, { params: { listingId } });
  const open = query.data?.status === 'published';
  useCountedView('listing', listingId, open);
  return (
    <Load query={query} whole>
      {(listing) => {
        const mine =
          known.state === 'person' &&
          known.me.membership?.organisation.partyId === listing.owner.partyId;
        return (
          <>
            <PageHead
              title={listing.content.title}
              note={
                <>
                  {listing.owner.name} · <ShortId id={listing.listingId} />{' '}
                  {open ? null : (
                    <Tag tone={STATUSES[listing.status].tone}>
                      {STATUSES[listing.status][language]}
                    </Tag>
                  )}
                </>
              }
              actions={
                mine ? (
                  <Link to={`/desk/listings/${listing.listingId}`} className="outlined">
                    {w.toMyRecord}
                  </Link>
                ) : open ? (
                  <AskToTalk
                    as="buyer"
                    listingId={listing.listingId}
                    needId={null}
                    ownerPartyId={listing.owner.partyId}
                  />
                ) : null
              }
            />
            <Columns
              main={
                <>
                  <ListingParts content={listing.content} />
                  {open ? <PriceNoticeSection listingId={listing.listingId} /> : null}
                </>
              }
              side={
                <>
                  <ListingFactsCard
                    content={listing.content}
                    owner={listing.owner.name}
                    openedOn={listing.openedOn}
                    expiresOn={listing.expiresOn}
                  />
                  {open && !mine ? <ContactSection kind="listing" id={listing.listingId} /> : null}
                </>
              }
            />
          </>
        );
      }}
    </Load>
  );
};
