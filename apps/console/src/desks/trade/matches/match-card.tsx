import type { ListingMatch } from '@jishi/contracts/market/matching';
import { addressWith, Link, replaceAddress } from '../../../place.tsx';
import { AskToTalk } from '../detail/ask-to-talk.tsx';
import { Marked } from '../marked.tsx';
import { ListingCard } from '../record-card.tsx';
import { useTradeWords } from '../use-words.ts';
import { PutAside, SetAside } from './set-aside.tsx';
import { Chips, CriteriaTable, Tally } from './verdicts.tsx';

interface Props {
  readonly match: ListingMatch;
  readonly needId: string;
  /** Whether the need is public: only then a room can name it. */
  readonly needIsOpen: boolean;
  readonly open: boolean;
}

const Open = ({ match, needId, needIsOpen }: Props) => {
  const { w } = useTradeWords();
  const { listing } = match;
  return (
    <>
      <CriteriaTable criteria={match.criteria} />
      <div className="match-actions">
        <div className="page-actions">
          <AskToTalk
            as="buyer"
            listingId={listing.listingId}
            needId={needIsOpen ? needId : null}
            ownerPartyId={listing.owner.partyId}
          />
          {match.rejected ? null : <SetAside needId={needId} listingId={listing.listingId} />}
          <Link to={`/results/${listing.listingId}`} className="outlined">
            {w.seeListing}
          </Link>
        </div>
        <p className="hint">{w.whyReasons}</p>
      </div>
    </>
  );
};

/** One match: the open one as a table, the others as chips in the same order of criteria. */
export const MatchCard = (props: Props) => {
  const { w } = useTradeWords();
  const { match, open } = props;
  const { listing } = match;
  const title = (
    <Marked
      text={listing.content.title}
      marks={match.marksFound.filter((mark) => mark.field === 'title')}
    />
  );
  return (
    <section className={open ? 'match is-open' : 'match'}>
      <div className="record-head">
        <h2 className="record-title">
          <button
            type="button"
            className="match-title"
            aria-expanded={open}
            onClick={() => replaceAddress(addressWith('open', open ? 'none' : listing.listingId))}
          >
            {title}
          </button>
        </h2>
        <Tally met={match.met} known={match.known} />
      </div>
      {match.rejected ? <PutAside needId={props.needId} rejected={match.rejected} /> : null}
      <div className="match-facts">
        <ListingCard
          facts={{ ...listing.content, title: w.theListing }}
          owner={listing.owner.name}
          openedOn={listing.openedOn}
          marks={match.marksFound.filter((mark) => mark.field !== 'title')}
          level="h3"
        />
      </div>
      {open ? <Open {...props} /> : <Chips criteria={match.criteria} />}
    </section>
  );
};
