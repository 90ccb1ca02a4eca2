import { z } from '@hono/zod-openapi';
import { FieldCode } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant } from '../time.ts';
import { ListingView, NeedView, Owner, ReturnReason } from './listing.ts';

const RecordKind = z.enum(['listing', 'need']);

/** One thing that the system looked at before the reviewer; it decides nothing. */
export const ReviewCheck = z.strictObject({
  check: z.enum([
    'contact-in-text',
    'rights-numbered',
    'rights-elsewhere',
    'same-title',
    'superlatives',
    'measured',
    'price-notice',
  ]),
  passed: z.boolean(),
  /** Where in the record; null when it is about the whole. */
  field: z.string().nullable(),
  zh: z.string(),
  en: z.string(),
});
export type ReviewCheck = z.infer<typeof ReviewCheck>;

/** An earlier decision on the same record. */
export const ReviewDecision = z.strictObject({
  decision: z.enum(['published', 'returned']),
  reasons: z.array(ReturnReason),
  at: Instant,
});
export type ReviewDecision = z.infer<typeof ReviewDecision>;

export const ReviewRow = z
  .strictObject({
    kind: RecordKind,
    id: Id,
    title: z.string(),
    owner: Owner,
    fieldCode: FieldCode,
    score: z.int().min(0).max(100),
    submittedAt: Instant,
    /** Working days since it was submitted. */
    waitingDays: z.int().nonnegative(),
    /** How often it was returned before. */
    returned: z.int().nonnegative(),
  })
  .openapi('ReviewRow');
export type ReviewRow = z.infer<typeof ReviewRow>;

export const ReviewView = z
  .strictObject({
    kind: RecordKind,
    submittedAt: Instant,
    waitingDays: z.int().nonnegative(),
    listing: ListingView.nullable(),
    need: NeedView.nullable(),
    /** Failing ones first. */
    checks: z.array(ReviewCheck),
    history: z.array(ReviewDecision),
    /** Made by the reviewer or by the reviewer's organisation: somebody else decides. */
    own: z.boolean(),
    /** The next in the queue after this one. */
    next: Id.nullable(),
  })
  .openapi('Review');
export type ReviewView = z.infer<typeof ReviewView>;

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const REVIEWER = { who: 'roles', roles: ['exchange-operator'] } as const;

export const listReviews = endpoint({
  ...market,
  method: 'get',
  path: '/reviews',
  summary: { zh: '挂牌审核队列,先交先审', en: 'What waits for review, oldest first' },
  access: REVIEWER,
  query: z.strictObject({
    kind: RecordKind.optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  answer: z.object({
    items: z.array(ReviewRow),
    total: z.int().nonnegative(),
    next: Id.nullable(),
  }),
  refusals: [],
});

export const readReview = endpoint({
  ...market,
  method: 'get',
  path: '/reviews/{id}',
  summary: { zh: '待审记录与系统检查', en: 'One waiting record, with what the system looked at' },
  access: REVIEWER,
  params: z.strictObject({ id: Id }),
  answer: ReviewView,
  refusals: [],
});

export const REVIEW_ENDPOINTS = [listReviews, readReview];
