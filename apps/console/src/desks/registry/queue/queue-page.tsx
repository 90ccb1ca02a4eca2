import { listRegistrationQueue } from '@jishi/contracts/ledger/registry-endpoints';
import { useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Choices, More } from '../../../kit/choices.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Amount } from '../../../kit/values.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import '../registry.css';
import { registryWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { EmptyQueue } from './empty-queue.tsx';
import { queryOf, SHOWN, type Shown, shownOf } from './queue-filter.ts';
import { QueueTable } from './queue-table.tsx';

const PAGE_SIZE = 50;
const PAGE_SIZE_MAX = 200;
const WATCH_MS = 30_000;

const useQueue = (shown: Shown, limit: number) => {
  const written = useWritten();
  return useRead(
    listRegistrationQueue,
    { query: { ...queryOf(shown), limit, ...written } },
    { keep: true, everyMs: WATCH_MS },
  );
};

const useCount = (shown: Shown): number | undefined => useQueue(shown, 1).data?.totals.count;

const Filters = () => {
  const { w } = useAreaWords(registryWords);
  const counts = {
    all: useCount('all'),
    mine: useCount('mine'),
    unclaimed: useCount('unclaimed'),
    resubmitted: useCount('resubmitted'),
    second: useCount('second'),
    returned: useCount('returned'),
  };
  return (
    <Choices
      label={w.queueFilters}
      parameter="show"
      choices={SHOWN.map((shown) => ({
        value: shown === 'all' ? null : shown,
        label: w[`show.${shown}`],
        ...(counts[shown] === undefined ? {} : { count: counts[shown] }),
      }))}
    />
  );
};

const Queue = (props: { shown: Shown; title: string; note: string; filters: boolean }) => {
  const { w } = useAreaWords(registryWords);
  const { t } = useWords();
  const [limit, setLimit] = useState(PAGE_SIZE);
  const query = useQueue(props.shown, limit);
  const totals = query.data?.totals;
  return (
    <>
      <PageHead
        title={props.title}
        ready={query.data !== undefined}
        note={
          totals ? (
            <>
              {fill(props.note, { n: totals.count })}
              {totals.count > 0 ? (
                <>
                  {w.queueSum} <Amount fen={totals.contractValueFen} />
                </>
              ) : null}
            </>
          ) : null
        }
      />
      {props.filters ? <Filters /> : null}
      <Load query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <EmptyQueue shown={props.shown} />
          ) : (
            <>
              <QueueTable rows={page.items} shown={props.shown} />
              <More
                has={page.next !== null && limit < PAGE_SIZE_MAX}
                busy={query.isFetching}
                label={t.more}
                onMore={() => setLimit(PAGE_SIZE_MAX)}
              />
            </>
          )
        }
      </Load>
    </>
  );
};

/** Whatever waits for the desk, the oldest legal clock first. */
export const QueuePage = () => {
  const { w } = useAreaWords(registryWords);
  const [show] = useParameter('show');
  const shown = shownOf(show);
  return <Queue key={shown} shown={shown} title={w.queue} note={w.queueNote} filters />;
};

/** What one person has passed and another must confirm. */
export const SecondReviewPage = () => {
  const { w } = useAreaWords(registryWords);
  return <Queue shown="to-confirm" title={w.secondReview} note={w.secondNote} filters={false} />;
};
