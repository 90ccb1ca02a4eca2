import { newId } from '@jishi/contracts/ids';
import { listNotifications, markNotificationsRead } from '@jishi/contracts/market/notifications';
import { openDatabase } from '@jishi/runtime/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTenant } from '../store/accounts/tenant.ts';
import { type Notice, notify } from '../store/notifications/notifications.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import { openTradeTrial, refusalOf, type Trader, type TradeTrial } from './trade-trial.ts';

let trial: TradeTrial;
let sender: Trader;
let receiver: Trader;
beforeAll(async () => {
  trial = await openTradeTrial('notifications');
  sender = await trial.trader(['buyer']);
  receiver = await trial.trader(['listing-officer']);
});
afterAll(() => trial.close());

const tell = (notice: Partial<Notice> & Pick<Notice, 'once'>) =>
  inTenant(openDatabase<TradeTables>(trial.serving), { kind: 'person', ...sender.person }, (trx) =>
    notify(
      trx,
      [
        {
          to: { partyId: receiver.partyId },
          kind: 'negotiation-opened',
          subject: { type: 'listing', id: newId() },
          title: '低应力磨削',
          ...notice,
        },
      ],
      trial.clock(),
    ),
  );

test('a notice of another organisation is the addressee’s alone and is told once', async () => {
  await tell({ once: 'a' });
  await tell({ once: 'a' });
  const mine = await receiver.call(listNotifications);
  expect(mine.items.map((n) => [n.kind, n.title, n.read])).toStrictEqual([
    ['negotiation-opened', '低应力磨削', false],
  ]);
  expect(mine.unread).toBe(1);
  expect(await sender.call(listNotifications)).toMatchObject({ items: [], unread: 0 });
  expect(await refusalOf(trial.anonymous(listNotifications))).toBe('not-signed-in');
});

test('each person reads for themselves; another’s mark changes nothing', async () => {
  const [notice] = (await receiver.call(listNotifications)).items;
  const notificationIds = [notice?.notificationId ?? ''];
  expect(await sender.call(markNotificationsRead, { body: { notificationIds } })).toStrictEqual({
    unread: 0,
  });
  const colleague = await trial.signIn({ ...receiver.person, userId: newId() }, receiver.partyId);
  await receiver.call(markNotificationsRead, { body: { notificationIds } });
  const again = await receiver.call(markNotificationsRead, { body: { notificationIds } });
  expect(again.unread).toBe(0);
  expect((await colleague.call(listNotifications)).unread).toBe(1);
  const unread = await receiver.call(listNotifications, { query: { unread: 'true' } });
  expect(unread.items).toStrictEqual([]);
});

test('a notice for a role is not for a colleague without it; one for a person is theirs', async () => {
  await tell({ once: 'buyers', role: 'buyer' });
  await tell({ once: 'me', to: { userId: receiver.person.userId }, kind: 'match-found' });
  const kinds = (await receiver.call(listNotifications)).items.map((n) => n.kind);
  expect(kinds).toStrictEqual(['match-found', 'negotiation-opened']);
  const buyer = await trial.signIn(
    { ...receiver.person, userId: newId(), roles: ['buyer'] },
    receiver.partyId,
  );
  const theirs = await buyer.call(listNotifications);
  expect([theirs.items.length, theirs.unread]).toStrictEqual([2, 2]);
});

test('a page of one leads to the next until all are seen once, newest first', async () => {
  await tell({ once: 'last', kind: 'listing-published' });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await receiver.call(listNotifications, { query: { limit: 1, after } });
    seen.push(...page.items.map((n) => n.kind));
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toStrictEqual(['listing-published', 'match-found', 'negotiation-opened']);
});
