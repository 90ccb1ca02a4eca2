import type { NeedContent } from '@jishi/contracts/market/listing';
import { readNeed } from '@jishi/contracts/market/trade-listings';
import { useRead } from '../../../api/queries.ts';
import { fieldFullName, industryName, regionName } from '../../../format/names.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Amount, Day, ShortId } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import type { PageProps } from '../../../shell/routes.ts';
import { useWords } from '../../../words/words.tsx';
import { DEAL_TYPES, STATUSES } from '../names.ts';
import '../trade.css';
import { useTradeWords } from '../use-words.ts';
import { AskToTalk } from './ask-to-talk.tsx';
import { ContactSection } from './contact-section.tsx';
import { useCountedView } from './count-view.ts';
import { NeedText } from './listing-content.tsx';

export const NeedFactsCard = (props: {
  content: NeedContent;
  owner: string;
  openedOn: string | null;
  expiresOn: string | null;
}) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const { content } = props;
  const { budgetFen, deadline, trlWanted } = content;
  return (
    <Section title={w.facts}>
      <Facts
        items={[
          [w.owner, props.owner],
          [w.budget, budgetFen ? <Amount key="budget" fen={budgetFen} /> : w.noBudget],
          [
            w.dealTypes,
            content.dealTypes.map((deal) => DEAL_TYPES[deal][language]).join(t.listComma),
          ],
          [w.readinessWanted, trlWanted === null ? w.anyReadiness : `TRL ${trlWanted}`],
          [w.deadline, deadline ? <Day key="deadline" day={deadline} /> : w.notStated],
          [w.field, fieldFullName(content.fieldCode, language)],
          [w.industry, industryName(content.industryCode, language)],
          [w.district, regionName(content.district, language, t)],
          [w.opened, props.openedOn ? <Day key="opened" day={props.openedOn} /> : '—'],
          [w.expires, props.expiresOn ? <Day key="expires" day={props.expiresOn} /> : '—'],
        ]}
      />
    </Section>
  );
};

/** What is wanted, by when, for how much? */
export const NeedPage = ({ values }: PageProps) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const known = useWho();
  const needId = values.needId ?? '';
  const query = useRead(readNeed, { params: { needId } });
  const open = query.data?.status === 'published';
  useCountedView('need', needId, open);
  return (
    <Load query={query} whole>
      {(need) => {
        const mine =
          known.state === 'person' &&
          known.me.membership?.organisation.partyId === need.owner.partyId;
        return (
          <>
            <PageHead
              title={need.content.title}
              note={
                <>
                  {need.owner.name} · <ShortId id={need.needId} />{' '}
                  {open ? null : (
                    <Tag tone={STATUSES[need.status].tone}>{STATUSES[need.status][language]}</Tag>
                  )}
                </>
              }
              actions={
                mine ? (
                  <Link to={`/desk/needs/${need.needId}/matches`} className="outlined">
                    {w.toMyMatches}
                  </Link>
                ) : open ? (
                  <AskToTalk
                    as="seller"
                    listingId={null}
                    needId={need.needId}
                    ownerPartyId={need.owner.partyId}
                  />
                ) : null
              }
            />
            <Columns
              main={
                <Section title={w.theNeed}>
                  <NeedText text={need.content.text} />
                </Section>
              }
              side={
                <>
                  <NeedFactsCard
                    content={need.content}
                    owner={need.owner.name}
                    openedOn={need.openedOn}
                    expiresOn={need.expiresOn}
                  />
                  {open && !mine ? <ContactSection kind="need" id={need.needId} /> : null}
                </>
              }
            />
          </>
        );
      }}
    </Load>
  );
};
