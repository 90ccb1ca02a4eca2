import type { FieldCode, Region } from '@jishi/contracts/codes';
import type { ListingDraft, NeedDraft } from '@jishi/contracts/market/drafts';
import type { DealType } from '@jishi/contracts/market/listing';
import type { Mark } from '@jishi/contracts/market/matching';
import type { ReactNode } from 'react';
import { fieldName, regionName } from '../../format/names.ts';
import { Tag } from '../../kit/marks.tsx';
import { Amount } from '../../kit/values.tsx';
import { Link } from '../../place.tsx';
import { useWords } from '../../words/words.tsx';
import { Excerpt, Marked } from './marked.tsx';
import { DEAL_TYPES } from './names.ts';
import { useTradeWords } from './use-words.ts';

const EXCERPT_LENGTH = 140;

/** What a card shows of a listing, published or still being written. */
export type ListingFacts = Pick<
  ListingDraft,
  'title' | 'problemSolved' | 'summary' | 'trl' | 'fieldCode' | 'district' | 'dealTypes'
> & {
  readonly price: {
    readonly mode: 'fixed' | 'negotiable' | null;
    readonly priceFen?: string | null;
  };
  readonly intellectualProperty: readonly unknown[];
};

export const PriceText = (props: { price: ListingFacts['price'] }): ReactNode => {
  const { w } = useTradeWords();
  const { mode, priceFen } = props.price;
  if (mode === 'fixed' && priceFen) return <Amount fen={priceFen} />;
  return mode === 'negotiable' ? w.negotiable : '—';
};

const Tags = (props: { field: FieldCode | null; deals: readonly DealType[] }) => {
  const { language } = useWords();
  return (
    <p className="tags">
      {props.field ? <Tag tone="info">{fieldName(props.field, language)}</Tag> : null}
      {props.deals.map((deal) => (
        <Tag key={deal} tone="plain">
          {DEAL_TYPES[deal][language]}
        </Tag>
      ))}
    </p>
  );
};

interface CardProps {
  readonly owner: string;
  readonly to?: string | undefined;
  readonly marks?: readonly Mark[];
  readonly openedOn?: string | null | undefined;
  readonly aside?: ReactNode;
  readonly level?: 'h2' | 'h3';
}

const Card = (
  props: CardProps & {
    title: string;
    meta: readonly ReactNode[];
    tags: ReactNode;
    children: ReactNode;
  },
) => {
  const Heading = props.level ?? 'h2';
  const { w } = useTradeWords();
  const title = (
    <Marked
      text={props.title || w.untitled}
      marks={(props.marks ?? []).filter((mark) => mark.field === 'title')}
    />
  );
  const meta = props.meta.filter((part) => part !== null && part !== '');
  return (
    <article className="record-card">
      <div className="record-head">
        <Heading className="record-title">
          {props.to ? <Link to={props.to}>{title}</Link> : title}
        </Heading>
        {props.aside}
      </div>
      <p className="record-meta">
        {meta.map((part, i) => (
          <span key={i}>{part}</span>
        ))}
      </p>
      <p className="record-text">{props.children}</p>
      {props.tags}
    </article>
  );
};

const placeOf = (
  district: Region | null,
  language: 'zh' | 'en',
  t: Parameters<typeof regionName>[2],
) => (district ? regionName(district, language, t) : null);

/** A listing as readers see it in a list, and its owner while writing it. */
export const ListingCard = (props: CardProps & { facts: ListingFacts }) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const { facts, marks = [] } = props;
  const inProblem = marks.filter((mark) => mark.field === 'problemSolved');
  const inSummary = marks.filter((mark) => mark.field === 'summary');
  const showSummary =
    facts.problemSolved === '' || (inProblem.length === 0 && inSummary.length > 0);
  const rights = facts.intellectualProperty.length;
  return (
    <Card
      {...props}
      title={facts.title}
      meta={[
        props.owner,
        placeOf(facts.district, language, t),
        facts.trl === null ? null : `TRL ${facts.trl}`,
        <PriceText key="price" price={facts.price} />,
        rights > 0 ? w.rightsCount.replace('{n}', String(rights)) : null,
        props.openedOn ? w.openedOn.replace('{day}', props.openedOn) : null,
      ]}
      tags={<Tags field={facts.fieldCode} deals={facts.dealTypes} />}
    >
      <Excerpt
        text={showSummary ? facts.summary : facts.problemSolved}
        marks={showSummary ? inSummary : inProblem}
        length={EXCERPT_LENGTH}
      />
    </Card>
  );
};

export const NeedCard = (props: CardProps & { facts: NeedDraft }) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const { facts, marks = [] } = props;
  return (
    <Card
      {...props}
      title={facts.title}
      meta={[
        props.owner,
        placeOf(facts.district, language, t),
        facts.trlWanted === null ? null : w.trlFrom.replace('{n}', String(facts.trlWanted)),
        facts.budgetFen ? (
          <>
            {w.budget} <Amount fen={facts.budgetFen} />
          </>
        ) : (
          w.noBudget
        ),
        facts.deadline ? w.until.replace('{day}', facts.deadline) : null,
        props.openedOn ? w.openedOn.replace('{day}', props.openedOn) : null,
      ]}
      tags={<Tags field={facts.fieldCode} deals={facts.dealTypes} />}
    >
      <Excerpt
        text={facts.text}
        marks={marks.filter((mark) => mark.field === 'text')}
        length={EXCERPT_LENGTH}
      />
    </Card>
  );
};
