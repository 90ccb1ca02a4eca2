import {
  listNotifications,
  markNotificationsRead,
  type Notification,
} from '@jishi/contracts/market/notifications';
import { useAct, useRead, useTrouble } from '../../api/queries.ts';
import { Choices } from '../../kit/choices.tsx';
import { Tag } from '../../kit/marks.tsx';
import { PageHead } from '../../kit/page.tsx';
import { Empty, Load, TroubleNotice } from '../../kit/states.tsx';
import { At } from '../../kit/values.tsx';
import { Link, useParameter } from '../../place.tsx';
import { useWords } from '../../words/words.tsx';
import { NOTICE_WORDS, noticeTarget } from './notice-words.ts';

const LIMIT = 100;

const Line = (props: { notice: Notification; onOpen: () => void }) => {
  const { language, t } = useWords();
  const { notice } = props;
  return (
    <li className={notice.read ? 'notice-line' : 'notice-line is-unread'}>
      <At instant={notice.at} />
      <span>
        {notice.read ? null : <Tag tone="info">{t.unread}</Tag>}{' '}
        {NOTICE_WORDS[notice.kind][language]}
        {t.colon}
        {/* Opening is reading: the mark follows the press, and the page does not wait for it. */}
        <span onClickCapture={props.onOpen}>
          <Link to={noticeTarget(notice)}>{notice.title}</Link>
        </span>
        {notice.otherTitle ? <span className="hint"> {notice.otherTitle}</span> : null}
      </span>
    </li>
  );
};

/** What happened to my records while I was away. */
export const NotificationsPage = () => {
  const { t } = useWords();
  const [only] = useParameter('only');
  const unread = only === 'unread' ? 'true' : 'false';
  const query = useRead(listNotifications, { query: { unread, limit: LIMIT } }, { keep: true });
  const mark = useAct(markNotificationsRead);
  const trouble = useTrouble(mark);
  const unreadIds = (query.data?.items ?? [])
    .filter((notice) => !notice.read)
    .map((notice) => notice.notificationId);
  const read = (notificationIds: string[]): void => mark.mutate({ body: { notificationIds } });
  return (
    <>
      <PageHead
        title={t.notifications}
        ready={query.data !== undefined}
        actions={
          unreadIds.length > 0 ? (
            <button type="button" className="outlined" onClick={() => read(unreadIds)}>
              {t.markAllRead}
            </button>
          ) : null
        }
      />
      <Choices
        label={t.notifications}
        parameter="only"
        choices={[
          { value: null, label: t.allOfThem },
          { value: 'unread', label: t.unread, count: query.data?.unread ?? 0 },
        ]}
      />
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <Load query={query} whole>
        {(page) =>
          page.items.length === 0 ? (
            <Empty>{t.noNotifications}</Empty>
          ) : (
            <ul className="notice-list">
              {page.items.map((notice) => (
                <Line
                  key={notice.notificationId}
                  notice={notice}
                  onOpen={() => (notice.read ? undefined : read([notice.notificationId]))}
                />
              ))}
            </ul>
          )
        }
      </Load>
    </>
  );
};
