import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant } from '../time.ts';

/** What may have happened while one was away; a new kind is a new line here and in the console. */
export const NotificationKind = z.enum([
  'match-found',
  'listing-published',
  'listing-returned',
  'need-published',
  'need-returned',
  'negotiation-opened',
  'offer-received',
  'offer-accepted',
  'offer-rejected',
  'negotiation-ended',
  'broker-asked',
  'broker-answered',
  'contract-drawn',
  'contract-signed',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

export const NotificationSubject = z.strictObject({
  type: z.enum(['listing', 'need', 'negotiation', 'contract']),
  id: Id,
});
export type NotificationSubject = z.infer<typeof NotificationSubject>;

/** One thing that happened to a record of the reader's organisation, or to the reader. */
export const Notification = z
  .strictObject({
    notificationId: Id,
    kind: NotificationKind,
    /** The reader's own record: where the notice leads. */
    subject: NotificationSubject,
    /** The other record, such as the listing that was found for a need. */
    other: NotificationSubject.nullable(),
    /** What the records were called when it happened, own first. */
    title: z.string(),
    otherTitle: z.string().nullable(),
    at: Instant,
    /** Whether this person has read it; colleagues read for themselves. */
    read: z.boolean(),
  })
  .openapi('Notification');
export type Notification = z.infer<typeof Notification>;

const READ_AT_ONCE_MAX = 100;
const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;

export const listNotifications = endpoint({
  ...market,
  method: 'get',
  path: '/notifications',
  summary: { zh: '我的通知,新的在前', en: 'What happened, newest first' },
  access: { who: 'signed-in' },
  query: z.strictObject({
    /** The last id of the page before. */
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    unread: z.enum(['true', 'false']).default('false'),
  }),
  answer: z.object({
    items: z.array(Notification),
    unread: z.int().nonnegative(),
    next: Id.nullable(),
  }),
  refusals: [],
});

export const markNotificationsRead = endpoint({
  ...market,
  method: 'post',
  path: '/notifications/read',
  summary: { zh: '标为已读', en: 'Mark as read; done again nothing changes' },
  access: { who: 'signed-in' },
  body: z.strictObject({ notificationIds: z.array(Id).min(1).max(READ_AT_ONCE_MAX) }),
  answer: z.object({ unread: z.int().nonnegative() }),
  refusals: [],
});

export const NOTIFICATION_ENDPOINTS = [listNotifications, markNotificationsRead];
