import { listNotifications, markNotificationsRead } from '@jishi/contracts/market/notifications';
import type { Service } from '@jishi/runtime/service';
import { inTenant } from '../store/accounts/tenant.ts';
import { markRead, notificationsOf, unreadCount } from '../store/notifications/notifications.ts';
import { nextOf, personOf, type TradeContext } from './trade-context.ts';

export const serveNotifications = ({ serve }: Service, { db, clock }: TradeContext): void => {
  serve(listNotifications, ({ query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const person = personOf(principal);
      const { after, limit } = query;
      const page = { after, limit, unreadOnly: query.unread === 'true' };
      const items = await notificationsOf(trx, person, page);
      const ids = items.map((item) => item.notificationId);
      return { items, unread: await unreadCount(trx, person), next: nextOf(ids, limit) };
    }),
  );
  serve(markNotificationsRead, ({ body, principal }) =>
    inTenant(db, principal, async (trx) => {
      const person = personOf(principal);
      await markRead(trx, person, body.notificationIds, clock());
      return { unread: await unreadCount(trx, person) };
    }),
  );
};
