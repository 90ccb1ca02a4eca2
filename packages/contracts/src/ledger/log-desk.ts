import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant } from '../time.ts';
import { FeedItem, LogHead } from './envelope.ts';

const ledger = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;
const seqFrom = (least: number) => z.coerce.number().int().min(least);

/** Leaves as they were stored when the events were written: SHA-256(0x00 ‖ envelope bytes). */
export const readLeaves = endpoint({
  ...ledger,
  method: 'get',
  path: '/log/leaves',
  summary: { zh: '账本叶哈希', en: 'Leaf hashes of the log, to compare with the envelopes' },
  access: { who: 'public' },
  query: z.strictObject({
    after: seqFrom(0).default(0),
    limit: seqFrom(1).max(1_000).default(200),
  }),
  answer: z.object({
    items: z.array(z.object({ seq: z.int().positive(), leaf: z.string().length(64) })),
    head: LogHead,
  }),
  refusals: [],
});

const readers = {
  ...ledger,
  access: { who: 'roles', roles: ['auditor', 'exchange-operator'] },
} as const;

/** `q`: a sequence, the id of a contract, listing or need, or a registration number. */
export const searchLog = endpoint({
  ...readers,
  method: 'get',
  path: '/log/events',
  summary: { zh: '检索账本事件', en: 'Events of the log by record, number or type, newest first' },
  query: z.strictObject({
    q: z.string().trim().min(1).max(64).optional(),
    type: z
      .string()
      .regex(/^[A-Z][A-Za-z]{2,39}$/)
      .optional(),
    before: seqFrom(1).optional(),
    limit: seqFrom(1).max(200).default(50),
  }),
  answer: z.object({
    items: z.array(FeedItem.extend({ leaf: z.string().length(64) })),
    next: z.int().nullable(),
    types: z.array(z.string()),
  }),
  refusals: [],
});

/**
 * One event a line: `{seq, envelope, leaf, salt, private}`; each line is JSON. Of an erased private
 * part `salt` and `private` are null, and `remainder` is what is left of it.
 */
export const exportLog = endpoint({
  ...ledger,
  method: 'get',
  path: '/log/export',
  summary: {
    zh: '导出全部账本(含非公开部分),留痕',
    en: 'The whole log with its private parts as NDJSON; who took it is kept',
  },
  access: { who: 'roles', roles: ['auditor'] },
  query: z.strictObject({ after: seqFrom(0).default(0), upTo: seqFrom(1).optional() }),
  answer: z.string(),
  refusals: [],
  sends: 'file',
});

export const listLogExports = endpoint({
  ...ledger,
  method: 'get',
  path: '/log/exports',
  summary: { zh: '账本导出记录', en: 'Who took the log away, and when' },
  access: { who: 'roles', roles: ['auditor', 'administrator'] },
  answer: z.object({
    items: z.array(
      z.object({
        exportId: Id,
        at: Instant,
        by: Id,
        organisationId: Id,
        after: z.int().nonnegative(),
        upTo: z.int().nonnegative(),
      }),
    ),
  }),
  refusals: [],
});

const Count = z.int().nonnegative();

/** What is late, missing or waiting in the ledger. Counts only: no party, no amount. */
export const readQuality = endpoint({
  ...readers,
  method: 'get',
  path: '/quality',
  summary: { zh: '数据质量', en: 'Data quality: what is late, missing or waiting' },
  answer: z.object({
    byStatus: z.array(z.object({ status: z.string(), count: Count })),
    registered: Count,
    /** Days from signing to registration, of all registered contracts. */
    signedToRegistered: z.object({
      median: z.int().nullable(),
      ninetieth: z.int().nullable(),
      longest: z.int().nullable(),
      overThirty: Count,
    }),
    /** Of the registered contracts, how many lack what is not mandatory. */
    missing: z.array(
      z.object({
        what: z.enum(['listing', 'broker', 'published-value', 'form', 'attachments']),
        count: Count,
      }),
    ),
    /** Accepted for review: how many, the oldest, and those whose legal clock has run out. */
    inReview: z.object({ count: Count, oldestAcceptedOn: z.string().nullable(), overdue: Count }),
    returned: Count,
  }),
  refusals: [],
});

export const LOG_DESK_ENDPOINTS = [readLeaves, searchLog, exportLog, listLogExports, readQuality];
