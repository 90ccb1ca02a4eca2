import type { ListingContent } from '@jishi/contracts/market/listing';
import type { ReactNode } from 'react';
import { fieldFullName, industryName, regionName } from '../../../format/names.ts';
import { Facts, Section } from '../../../kit/page.tsx';
import { Day } from '../../../kit/values.tsx';
import { useWords } from '../../../words/words.tsx';
import { DEAL_TYPES, RIGHTS, TRL_LEVELS } from '../names.ts';
import { PriceText } from '../record-card.tsx';
import { useTradeWords } from '../use-words.ts';

const Paragraphs = ({ text }: { text: string }) => (
  <div className="running-text">
    {text.split(/\n+/).map((part, i) => (
      <p key={i}>{part}</p>
    ))}
  </div>
);

const Part = (props: { title: string; id?: string; children: ReactNode }) => (
  <section id={props.id}>
    <h3>{props.title}</h3>
    {props.children}
  </section>
);

const Rights = ({ content }: { content: ListingContent }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  if (content.intellectualProperty.length === 0) return <p>{w.notStated}</p>;
  return (
    <>
      <ul className="plain-list">
        {content.intellectualProperty.map((right) => (
          <li key={`${right.kind} ${right.number}`}>
            {RIGHTS[right.kind][language]} {right.number ?? ''}
          </li>
        ))}
      </ul>
      <p className="hint">{w.rightsChecked}</p>
    </>
  );
};

/** Everything a listing says, in the order of its form; unsaid parts are said to be unsaid. */
export const ListingParts = ({ content }: { content: ListingContent }) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const level = TRL_LEVELS[content.trl - 1]?.[language] ?? '';
  const owners = content.ownership?.coOwners ?? [];
  return (
    <Section title={w.theListing}>
      <Part title={w.problemSolved} id="problemSolved">
        <Paragraphs text={content.problemSolved} />
      </Part>
      <Part title={w.summary} id="summary">
        <Paragraphs text={content.summary} />
      </Part>
      <Part title={w.gain} id="gain">
        <p>{content.gain ? `${content.gain.text} ${content.gain.unit}` : w.notStated}</p>
      </Part>
      <Part title={w.closestAlternative} id="closestAlternative">
        <p>{content.closestAlternative || w.notStated}</p>
      </Part>
      <Part title={w.readiness} id="trlEvidence">
        <p>
          TRL {content.trl}
          {language === 'zh' ? '，' : ', '}
          {level}
        </p>
        <p>{content.trlEvidence || w.noEvidence}</p>
      </Part>
      <Part title={w.rights} id="intellectualProperty">
        <Rights content={content} />
      </Part>
      <Part title={w.ownership} id="ownership">
        {content.ownership ? (
          <>
            <p>{owners.length > 0 ? `${w.coOwners} ${owners.join(t.listComma)}` : w.soleOwner}</p>
            {content.ownership.note ? <p>{content.ownership.note}</p> : null}
          </>
        ) : (
          <p>{w.notStated}</p>
        )}
      </Part>
    </Section>
  );
};

/** The facts beside it. */
export const ListingFactsCard = (props: {
  content: ListingContent;
  owner: string;
  openedOn: string | null;
  expiresOn: string | null;
}) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const { content } = props;
  return (
    <Section title={w.facts}>
      <Facts
        items={[
          [w.owner, props.owner],
          [w.price, <PriceText key="price" price={content.price} />],
          [
            w.dealTypes,
            content.dealTypes.map((deal) => DEAL_TYPES[deal][language]).join(t.listComma),
          ],
          [w.readiness, `TRL ${content.trl}`],
          [w.field, fieldFullName(content.fieldCode, language)],
          [w.industry, industryName(content.industryCode, language)],
          [w.district, regionName(content.district, language, t)],
          [w.venue, content.venue ?? w.thisVenue],
          [w.opened, props.openedOn ? <Day key="opened" day={props.openedOn} /> : '—'],
          [w.expires, props.expiresOn ? <Day key="expires" day={props.expiresOn} /> : '—'],
        ]}
      />
    </Section>
  );
};

export const NeedText = ({ text }: { text: string }) => <Paragraphs text={text} />;
