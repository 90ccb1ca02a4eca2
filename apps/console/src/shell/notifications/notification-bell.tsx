import { listNotifications } from '@jishi/contracts/market/notifications';
import { useRead } from '../../api/queries.ts';
import { Link } from '../../place.tsx';
import { fill, useWords } from '../../words/words.tsx';

const LOOK_AGAIN_MS = 30_000;
const SHOWN_MAX = 99;

/** How many notices are unread, and the way to them. Says nothing while that is not known. */
export const NotificationBell = () => {
  const { t } = useWords();
  const { data } = useRead(
    listNotifications,
    { query: { unread: 'true', limit: 1 } },
    { everyMs: LOOK_AGAIN_MS },
  );
  const unread = data?.unread ?? 0;
  const shown = unread > SHOWN_MAX ? `${SHOWN_MAX}+` : String(unread);
  return (
    <span className="frame-bell">
      <Link to="/desk/notifications">
        {t.notifications}
        {unread > 0 ? (
          <span className="bell-count">
            <span aria-hidden="true">{shown}</span>
            <span className="visually-hidden">{fill(t.unreadCount, { n: unread })}</span>
          </span>
        ) : null}
      </Link>
    </span>
  );
};
