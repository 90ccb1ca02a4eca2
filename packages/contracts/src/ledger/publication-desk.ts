import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant, LocalDate, LocalMonth } from '../time.ts';
import { LogHead } from './envelope.ts';
import { Points, SeriesKey } from './index-family.ts';
import { ContentHash, PublishedValue, RevisionLabel } from './published-content.ts';

const ledger = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;

const ChangeCount = z.object({
  added: z.int().nonnegative(),
  amended: z.int().nonnegative(),
  cancelled: z.int().nonnegative(),
});

/** A value as the two people who publish see it: the exact one, and what becomes of it. */
const PreviewValue = z.object({
  series: SeriesKey,
  /** What the public will read. */
  published: PublishedValue,
  /** The value as of the head, shown or not. */
  exactValue: Points.nullable(),
  exactContracts: z.int().nonnegative(),
  firstValue: Points.nullable(),
  lastValue: Points.nullable(),
  /** The public's line differs from the last vintage (all of a first one do). */
  moves: z.boolean(),
  /** Something changed, but too few contracts to be seen: the last vintage stays. */
  waits: z.boolean(),
  /** Contracts of the window that changed since the last vintage. */
  inWindow: ChangeCount,
});
export type PreviewValue = z.infer<typeof PreviewValue>;

export const PublicationView = z
  .object({
    publicationId: Id,
    period: LocalMonth,
    vintage: z.int().positive(),
    revision: RevisionLabel.nullable(),
    methodVersion: z.string(),
    status: z.enum(['prepared', 'published', 'withdrawn', 'expired']),
    contentHash: ContentHash,
    head: LogHead,
    preparedBy: Id,
    preparedAt: Instant,
    expiresAt: Instant,
    decidedBy: Id.nullable(),
    decidedAt: Instant.nullable(),
    /** Whoever asks prepared it: then it is another who confirms. */
    isMine: z.boolean(),
  })
  .openapi('PublicationView');
export type PublicationView = z.infer<typeof PublicationView>;

export const PublicationPreview = PublicationView.extend({ values: z.array(PreviewValue) });
export type PublicationPreview = z.infer<typeof PublicationPreview>;

const operators = {
  ...ledger,
  access: { who: 'roles', roles: ['exchange-operator'] },
} as const;
const readers = {
  ...ledger,
  access: { who: 'roles', roles: ['exchange-operator', 'auditor'] },
} as const;
const byPublication = z.strictObject({ publicationId: Id });

export const listPublicationWork = endpoint({
  ...readers,
  method: 'get',
  path: '/publications',
  summary: { zh: '发布工作', en: 'Months to publish, and what was prepared, by whom' },
  answer: z.object({
    items: z.array(PublicationView),
    /** Ended months of the log, newest first, with what has been published of them. */
    months: z.array(
      z.object({
        period: LocalMonth,
        contracts: z.int().nonnegative(),
        lastVintage: z.int().nonnegative(),
        openPublicationId: Id.nullable(),
      }),
    ),
    head: LogHead,
    headDay: LocalDate.nullable(),
  }),
  refusals: ['not-caught-up'],
});

export const preparePublication = endpoint({
  ...operators,
  method: 'post',
  path: '/publications',
  summary: { zh: '准备发布', en: 'Prepare a month as of the present head' },
  /** `revision`: R2 routine or C an error of ours, of a restatement alone; else the rule says. */
  body: z.strictObject({
    publicationId: Id,
    period: LocalMonth,
    revision: z.enum(['R2', 'C']).optional(),
  }),
  answer: PublicationPreview,
  refusals: [
    'id-reused',
    'period-not-ended',
    'period-without-contracts',
    'already-prepared',
    'nothing-changed',
    'not-caught-up',
  ],
});

export const readPublicationPreview = endpoint({
  ...readers,
  method: 'get',
  path: '/publications/{publicationId}',
  summary: { zh: '发布预览', en: 'Preview: new values beside the last vintage, and why' },
  params: byPublication,
  answer: PublicationPreview,
  refusals: ['not-caught-up'],
});

export const confirmPublication = endpoint({
  ...operators,
  method: 'post',
  path: '/publications/{publicationId}/confirm',
  summary: { zh: '确认发布(另一人)', en: 'Confirm and publish: another person than who prepared' },
  params: byPublication,
  body: z.strictObject({ contentHash: ContentHash }),
  answer: PublicationView,
  refusals: [
    'publication-state',
    'duties-not-separated',
    'approval-expired',
    'content-changed',
    'not-caught-up',
  ],
});

export const withdrawPublication = endpoint({
  ...operators,
  method: 'post',
  path: '/publications/{publicationId}/withdraw',
  summary: { zh: '撤回准备', en: 'Take a prepared publication back, or refuse it' },
  params: byPublication,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  answer: PublicationView,
  refusals: ['publication-state'],
});

export const PUBLICATION_DESK_ENDPOINTS = [
  listPublicationWork,
  preparePublication,
  readPublicationPreview,
  confirmPublication,
  withdrawPublication,
];
