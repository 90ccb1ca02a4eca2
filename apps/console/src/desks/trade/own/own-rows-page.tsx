import { exportOwnListings, exportOwnNeeds } from '@jishi/contracts/market/import-endpoints';
import type { ListingStatus } from '@jishi/contracts/market/listing';
import { listOwnListingRows, listOwnNeedRows, type OwnRow } from '@jishi/contracts/market/reach';
import { useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { type Choice, Choices, More } from '../../../kit/choices.tsx';
import { ExportLinks } from '../../../kit/export-links.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { At, Day } from '../../../kit/values.tsx';
import { Link, useParameter } from '../../../place.tsx';
import { fill, useWords } from '../../../words/words.tsx';
import { STATUSES } from '../names.ts';
import '../trade.css';
import { useTradeWords } from '../use-words.ts';
import { FunnelLine, useRegistered } from './funnel-line.tsx';

type Kind = 'listing' | 'need';
const ORDER = ['draft', 'returned', 'submitted', 'published', 'expired', 'closed'] as const;

const statusOf = (value: string | null): ListingStatus | undefined =>
  ORDER.find((status) => status === value);

/** When it was last saved, sent, or opened: whichever says most about it now. */
const When = ({ row }: { row: OwnRow }) => {
  const { w } = useTradeWords();
  if (row.draftSavedAt) {
    return (
      <>
        {w.savedAt} <At instant={row.draftSavedAt} />
      </>
    );
  }
  if (row.openedOn) {
    return (
      <>
        <Day day={row.openedOn} /> {w.openedWord}
        {row.expiresOn ? fill(w.validUntil, { day: row.expiresOn }) : ''}
      </>
    );
  }
  if (row.submittedAt) {
    return (
      <>
        {w.submittedAt} <At instant={row.submittedAt} />
      </>
    );
  }
  return null;
};

const Row = (props: { row: OwnRow; kind: Kind; registered: ReadonlySet<string> }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const { row, kind } = props;
  const base = kind === 'listing' ? '/desk/listings' : '/desk/needs';
  const { tone } = STATUSES[row.status];
  return (
    <article className="record-card own-row">
      <div className="record-head">
        <h2 className="record-title">
          <Link to={`${base}/${row.id}`}>{row.title || w.untitled}</Link>
        </h2>
        <p className="tags">
          <Tag tone={tone}>{STATUSES[row.status][language]}</Tag>
          {row.draftSavedAt && row.status !== 'draft' ? (
            <Tag tone="draft">{w.unsentChanges}</Tag>
          ) : null}
        </p>
      </div>
      <p className="record-meta">
        <span>
          <When row={row} />
        </span>
        <span>{fill(w.scoreOf, { n: row.score })}</span>
        {kind === 'need' && row.version > 0 && row.status !== 'closed' ? (
          <span>
            <Link to={`/desk/needs/${row.id}/matches`}>
              {row.newMatches > 0 ? fill(w.newMatches, { n: row.newMatches }) : w.seeMatches}
            </Link>
          </span>
        ) : row.newMatches > 0 ? (
          <span>
            <Link to="/desk/notifications?only=unread">
              {fill(w.newMatches, { n: row.newMatches })}
            </Link>
          </span>
        ) : null}
      </p>
      {row.openedOn ? <FunnelLine funnel={row.funnel} registered={props.registered} /> : null}
    </article>
  );
};

const Rows = (props: { kind: Kind; status: ListingStatus | undefined; after: string | null }) => {
  const { w } = useTradeWords();
  const [more, setMore] = useState(false);
  const endpoint = props.kind === 'listing' ? listOwnListingRows : listOwnNeedRows;
  const after = props.after ?? undefined;
  const query = useRead(endpoint, { query: { status: props.status, after } }, { keep: true });
  const ids = query.data?.items.flatMap((row) => row.funnel.contractIds) ?? [];
  const registered = useRegistered(ids);
  return (
    <Load query={query}>
      {({ items, next }) => (
        <>
          {items.map((row) => (
            <Row key={row.id} row={row} kind={props.kind} registered={registered} />
          ))}
          {more && next ? (
            <Rows kind={props.kind} status={props.status} after={next} />
          ) : (
            <More
              has={next !== null}
              busy={query.isFetching}
              label={w.showMore}
              onMore={() => setMore(true)}
            />
          )}
        </>
      )}
    </Load>
  );
};

const OwnRowsPage = ({ kind }: { kind: Kind }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const [chosen] = useParameter('status');
  const status = statusOf(chosen);
  const endpoint = kind === 'listing' ? listOwnListingRows : listOwnNeedRows;
  const query = useRead(endpoint, { query: { status, after: undefined } }, { keep: true });
  const counts = query.data?.counts ?? {};
  const total = Object.values(counts).reduce<number>((sum, n) => sum + (n ?? 0), 0);
  const choices: Choice[] = [
    { value: null, label: w.all, count: total },
    ...ORDER.filter((name) => (counts[name] ?? 0) > 0 || name === status).map((name) => ({
      value: name,
      label: STATUSES[name][language],
      count: counts[name] ?? 0,
    })),
  ];
  const to = kind === 'listing' ? '/desk/listings/new' : '/desk/needs/new';
  const create = (
    <Link to={to} className="primary">
      {kind === 'listing' ? w.newListing : w.newNeed}
    </Link>
  );
  const empty = query.data !== undefined && total === 0;
  return (
    <>
      <PageHead
        title={kind === 'listing' ? w.myListings : w.myNeeds}
        note={kind === 'listing' ? w.myListingsNote : w.myNeedsNote}
        ready={query.data !== undefined}
        actions={empty ? null : create}
      />
      {empty ? (
        <Empty
          action={
            <p className="page-actions empty-actions">
              {create}
              {kind === 'listing' ? (
                <Link to="/desk/import" className="outlined">
                  {w.importSheet}
                </Link>
              ) : null}
            </p>
          }
        >
          {kind === 'listing' ? w.noOwnListings : w.noOwnNeeds}
        </Empty>
      ) : (
        <>
          <Choices label={w.status} parameter="status" choices={choices} />
          <Rows key={`${status}`} kind={kind} status={status} after={null} />
          <ExportLinks endpoint={kind === 'listing' ? exportOwnListings : exportOwnNeeds} />
        </>
      )}
    </>
  );
};

/** 我的成果: what became of each? */
export const OwnListingsPage = () => <OwnRowsPage kind="listing" />;
/** 我的需求. */
export const OwnNeedsPage = () => <OwnRowsPage kind="need" />;
