import { newId } from '@jishi/contracts/ids';
import type { ReturnReason } from '@jishi/contracts/market/listing';
import { RETURN_REASONS } from '@jishi/contracts/market/review-reasons';
import { type ReviewView, readReview } from '@jishi/contracts/market/reviews';
import {
  publishListing,
  publishNeed,
  returnListing,
  returnNeed,
} from '@jishi/contracts/market/trade-listings';
import { useEffect, useState } from 'react';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, PageHead, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load, TroubleNotice } from '../../../kit/states.tsx';
import { At } from '../../../kit/values.tsx';
import { go, Link } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { ListingFactsCard, ListingParts, NeedText } from '../detail/listing-content.tsx';
import { NeedFactsCard } from '../detail/need-page.tsx';
import { STATUSES } from '../names.ts';
import '../trade.css';
import { useTradeWords } from '../use-words.ts';
import { ReturnDialog } from './return-dialog.tsx';

const QUEUE = '/exchange/reviews';
const toNext = (next: string | null): void => go(next ? `${QUEUE}/${next}` : QUEUE);

const Checks = ({ view }: { view: ReviewView }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  return (
    <Section title={w.systemChecks}>
      <ul className="check-list">
        {view.checks.map((check) => (
          <li key={check.check}>
            <Tag tone={check.passed ? 'ok' : 'warn'}>{check.passed ? w.passed : w.lookAt}</Tag>{' '}
            {check.field && !check.passed ? (
              <a href={`#${check.field}`}>{check[language]}</a>
            ) : (
              check[language]
            )}
          </li>
        ))}
      </ul>
      <p className="hint">{w.checksMeaning}</p>
    </Section>
  );
};

const History = ({ view }: { view: ReviewView }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  if (view.history.length === 0) return null;
  return (
    <Section title={w.earlierDecisions}>
      <ul className="check-list">
        {view.history.map((decision) => (
          <li key={decision.at}>
            <At instant={decision.at} />{' '}
            {decision.decision === 'published' ? w.wasPublished : w.wasReturned}
            {decision.reasons.map((reason) => (
              <p key={reason.code} className="hint">
                {RETURN_REASONS[reason.code][language]}
                {reason.note ? `（${reason.note}）` : ''}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
};

/** Publishing and returning, of a listing or of a need; afterwards the next case. */
const useDecision = (view: ReviewView) => {
  const { w } = useTradeWords();
  const say = useSay();
  const [commandId] = useState(newId);
  const done = (said: string) => () => {
    say(said);
    toNext(view.next);
  };
  const acts = {
    publishListing: useAct(publishListing, done(w.publishedSaid)),
    publishNeed: useAct(publishNeed, done(w.publishedSaid)),
    returnListing: useAct(returnListing, done(w.returnedSaid)),
    returnNeed: useAct(returnNeed, done(w.returnedSaid)),
  };
  const { listing, need } = view;
  const body = { commandId, version: listing?.version ?? need?.version ?? 1 };
  const publishing = listing ? acts.publishListing : acts.publishNeed;
  const returning = listing ? acts.returnListing : acts.returnNeed;
  return {
    publishing,
    returning,
    publish: (): void => {
      if (listing) acts.publishListing.mutate({ params: { listingId: listing.listingId }, body });
      else if (need) acts.publishNeed.mutate({ params: { needId: need.needId }, body });
    },
    sendBack: (reasons: ReturnReason[]): void => {
      const why = { ...body, reasons };
      if (listing) {
        acts.returnListing.mutate({ params: { listingId: listing.listingId }, body: why });
      } else if (need) acts.returnNeed.mutate({ params: { needId: need.needId }, body: why });
    },
  };
};

const TYPED_INTO = /^(INPUT|TEXTAREA|SELECT)$/;

/** A publishes, R returns, J goes on: not while somebody types or a dialog is open. */
const useKeys = (keys: Readonly<Record<string, () => void>>): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof Element && TYPED_INTO.test(event.target.tagName);
      if (event.isComposing || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]')) return;
      keys[event.key.toLowerCase()]?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
};

const Decide = ({ view }: { view: ReviewView }) => {
  const { w } = useTradeWords();
  const [returning, setReturning] = useState(false);
  const decision = useDecision(view);
  const trouble = useTrouble(decision.publishing);
  const returnTrouble = useTrouble(decision.returning);
  const waits = (view.listing ?? view.need)?.status === 'submitted';
  const may = waits && !view.own && !decision.publishing.isPending;
  useKeys({
    ...(may ? { a: decision.publish, r: () => setReturning(true) } : {}),
    ...(view.next ? { j: () => toNext(view.next) } : {}),
  });
  if (!waits) return null;
  if (view.own) return <p className="returned">{w.ownCase}</p>;
  return (
    <>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <div className="decide-bar">
        <BusyButton busy={decision.publishing.isPending} onClick={decision.publish}>
          {w.publish} <kbd>A</kbd>
        </BusyButton>
        <button type="button" className="outlined" onClick={() => setReturning(true)}>
          {w.returnRecord} <kbd>R</kbd>
        </button>
        {view.next ? (
          <Link to={`${QUEUE}/${view.next}`} className="quiet-link">
            {w.nextCase} <kbd>J</kbd>
          </Link>
        ) : null}
      </div>
      {returning ? (
        <ReturnDialog
          checks={view.checks}
          onClose={() => setReturning(false)}
          onReturn={decision.sendBack}
          busy={decision.returning.isPending}
          trouble={returnTrouble}
        />
      ) : null}
    </>
  );
};

const Record = ({ view }: { view: ReviewView }) => {
  const { w } = useTradeWords();
  const { listing, need } = view;
  if (listing) {
    return (
      <>
        <ListingParts content={listing.content} />
        <ListingFactsCard
          content={listing.content}
          owner={listing.owner.name}
          openedOn={listing.openedOn}
          expiresOn={listing.expiresOn}
        />
      </>
    );
  }
  if (!need) return null;
  return (
    <>
      <Section title={w.theNeed} id="text">
        <NeedText text={need.content.text} />
      </Section>
      <NeedFactsCard
        content={need.content}
        owner={need.owner.name}
        openedOn={need.openedOn}
        expiresOn={need.expiresOn}
      />
    </>
  );
};

/** Is this fit to be public? Publish, or return with reasons. */
export const ReviewPage = ({ values }: PageProps) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const query = useRead(readReview, { params: { id: values.id ?? '' } });
  return (
    <Load query={query} whole>
      {(view) => {
        const record = view.listing ?? view.need;
        const status = record ? STATUSES[record.status] : null;
        return (
          <>
            <PageHead
              title={record?.content.title ?? ''}
              note={
                <>
                  {view.kind === 'listing' ? w.listings : w.needs} · {record?.owner.name} ·{' '}
                  {fill(w.waitedDays, { n: view.waitingDays })}{' '}
                  {status && record?.status !== 'submitted' ? (
                    <Tag tone={status.tone}>{status[language]}</Tag>
                  ) : null}
                </>
              }
              actions={
                <Link to={QUEUE} className="outlined">
                  {w.backToQueue}
                </Link>
              }
            />
            <Columns
              main={<Record view={view} />}
              side={
                <div className="sticky-side">
                  <Decide view={view} />
                  <Checks view={view} />
                  <History view={view} />
                </div>
              }
            />
          </>
        );
      }}
    </Load>
  );
};
