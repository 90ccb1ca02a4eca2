import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTrouble } from '../api/queries.ts';
import { isMissing, type Trouble } from '../api/trouble.ts';
import { MissingPage } from '../shell/missing-page.tsx';
import { Skeleton } from '../states.tsx';
import { fill, useWords } from '../words/words.tsx';

/** What came instead of data: what it is, what to do, and the number to ask about. */
export const TroubleNotice = (props: { trouble: Trouble; onRetry?: () => void }) => {
  const { t } = useWords();
  const { trouble, onRetry } = props;
  return (
    <div role="alert" className="trouble">
      <p>
        <strong>{trouble.title ?? t.loadFailed}</strong>
        {trouble.detail ? ` ${trouble.detail}` : ''}
      </p>
      {trouble.status === null ? <p>{t.noAnswerMore}</p> : null}
      {trouble.requestId ? (
        <p className="request-id">{fill(t.requestId, { id: trouble.requestId })}</p>
      ) : null}
      {onRetry ? (
        <button type="button" className="outlined" onClick={onRetry}>
          {t.retry}
        </button>
      ) : null}
    </div>
  );
};

/** Old data are shown, and said to be old. */
const StaleLine = (props: { at: number; onRetry: () => void }) => {
  const { t } = useWords();
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
  }).format(props.at);
  return (
    <p role="status" className="stale-line">
      {fill(t.dataStoppedAt, { time })}
      <button type="button" className="quiet" onClick={props.onRetry}>
        {t.retry}
      </button>
    </p>
  );
};

/**
 * The states of a page or a part of it around its data: loading, missing or not mine, failed, old.
 * `whole` when the page is nothing without the data: missing then shows the missing page.
 */
export function Load<T>(props: {
  query: UseQueryResult<T>;
  whole?: boolean;
  children: (data: T) => ReactNode;
}): ReactNode {
  const { query } = props;
  const trouble = useTrouble(query);
  if (query.data !== undefined) {
    return (
      <>
        {trouble ? (
          <StaleLine at={query.dataUpdatedAt} onRetry={() => void query.refetch()} />
        ) : null}
        {props.children(query.data)}
      </>
    );
  }
  if (!trouble) return <Skeleton />;
  if (props.whole && isMissing(trouble)) return <MissingPage path={window.location.pathname} />;
  return <TroubleNotice trouble={trouble} onRetry={() => void query.refetch()} />;
}

/** Nothing here yet: one sentence what comes here, and the way to it. */
export const Empty = (props: { children: ReactNode; action?: ReactNode }) => (
  <div className="empty-state">
    <p>{props.children}</p>
    {props.action}
  </div>
);
