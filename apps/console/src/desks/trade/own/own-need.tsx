import { readNeed } from '@jishi/contracts/market/trade-listings';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Link } from '../../../place.tsx';
import { useWords } from '../../../words/words.tsx';
import { NeedText } from '../detail/listing-content.tsx';
import { NeedFactsCard } from '../detail/need-page.tsx';
import { STATUSES } from '../names.ts';
import { useTradeWords } from '../use-words.ts';
import { RecordActs } from './record-acts.tsx';

/** An own need that is under review, public, or over. */
export const OwnNeed = ({ needId }: { needId: string }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const query = useRead(readNeed, { params: { needId } });
  return (
    <Load query={query} whole>
      {(need) => {
        const status = STATUSES[need.status];
        return (
          <>
            <PageHead
              title={need.content.title}
              note={<Tag tone={status.tone}>{status[language]}</Tag>}
              actions={
                <>
                  <Link to={`/desk/needs/${needId}/matches`} className="primary">
                    {w.seeMatches}
                  </Link>
                  {need.status === 'published' ? (
                    <RecordActs
                      kind="need"
                      id={needId}
                      version={need.version}
                      expiresOn={need.expiresOn}
                    />
                  ) : null}
                </>
              }
            />
            {need.status === 'submitted' ? <p>{w.needInReviewMeaning}</p> : null}
            <Columns
              main={
                <Section title={w.theNeed}>
                  <NeedText text={need.content.text} />
                </Section>
              }
              side={
                <NeedFactsCard
                  content={need.content}
                  owner={need.owner.name}
                  openedOn={need.openedOn}
                  expiresOn={need.expiresOn}
                />
              }
            />
          </>
        );
      }}
    </Load>
  );
};
