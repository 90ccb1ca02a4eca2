import { listReviews, type ReviewRow } from '@jishi/contracts/market/reviews';
import { useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { fieldName } from '../../../format/names.ts';
import { Choices, More } from '../../../kit/choices.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At } from '../../../kit/values.tsx';
import { useParameter } from '../../../place.tsx';
import { fill, useWords } from '../../../words/words.tsx';
import '../trade.css';
import { useTradeWords } from '../use-words.ts';

type Kind = 'listing' | 'need';
const kindOf = (text: string | null): Kind | undefined =>
  text === 'listing' || text === 'need' ? text : undefined;

const WAITED_LONG_DAYS = 3;

const toneOf = ({ waitingDays }: ReviewRow) => (waitingDays >= WAITED_LONG_DAYS ? 'warn' : 'plain');

const useColumns = (): readonly Column<ReviewRow>[] => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const waited = (row: ReviewRow): string => fill(w.waitedDays, { n: row.waitingDays });
  return [
    { key: 'title', head: w.titleOf, cell: (row) => row.title, text: (row) => row.title },
    {
      key: 'waiting',
      head: w.waiting,
      cell: (row) => (
        <>
          <Tag tone={toneOf(row)}>{waited(row)}</Tag> <At instant={row.submittedAt} />
        </>
      ),
      text: (row) => row.submittedAt,
    },
    {
      key: 'kind',
      head: w.kind,
      cell: (row) => (row.kind === 'listing' ? w.listings : w.needs),
      text: (row) => row.kind,
    },
    { key: 'owner', head: w.owner, cell: (row) => row.owner.name, text: (row) => row.owner.name },
    {
      key: 'field',
      head: w.field,
      cell: (row) => fieldName(row.fieldCode, language),
      text: (row) => row.fieldCode,
    },
    {
      key: 'score',
      head: w.qualityScore,
      align: 'right',
      cell: (row) => row.score,
      text: (row) => String(row.score),
    },
    {
      key: 'returned',
      head: w.returnedTimes,
      align: 'right',
      cell: (row) => row.returned,
      text: (row) => String(row.returned),
    },
  ];
};

const Rows = (props: { kind: Kind | undefined; after: string | undefined }) => {
  const { w } = useTradeWords();
  const [more, setMore] = useState(false);
  const columns = useColumns();
  const query = useRead(listReviews, { query: { ...props } }, { keep: true });
  return (
    <Load query={query}>
      {({ items, next }) => (
        <>
          <Table
            caption={w.reviewQueue}
            columns={columns}
            rows={items}
            rowKey={(row) => row.id}
            to={(row) => `/exchange/reviews/${row.id}`}
            keys
          />
          {more && next ? (
            <Rows kind={props.kind} after={next} />
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

/** 挂牌审核: what has waited longest? */
export const ReviewQueuePage = () => {
  const { w } = useTradeWords();
  const [chosen] = useParameter('kind');
  const kind = kindOf(chosen);
  const query = useRead(listReviews, { query: { kind, limit: 1 } }, { keep: true });
  const total = query.data?.total ?? 0;
  return (
    <>
      <PageHead
        title={w.reviewQueue}
        note={query.data ? fill(w.waitingCount, { n: total }) : w.queueNote}
        ready={query.data !== undefined}
      />
      <Choices
        label={w.kind}
        parameter="kind"
        choices={[
          { value: null, label: w.all },
          { value: 'listing', label: w.listings },
          { value: 'need', label: w.needs },
        ]}
      />
      {query.data && total === 0 ? (
        <Empty>{w.nothingWaits}</Empty>
      ) : (
        <Rows key={kind} kind={kind} after={undefined} />
      )}
    </>
  );
};
