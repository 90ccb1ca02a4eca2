import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate, LocalMonth } from '../time.ts';
import { LogHead } from './envelope.ts';
import { ContentHash, PublishedContent, RevisionLabel } from './published-content.ts';

const ledger = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;

const PublicationRef = z.object({
  publicationId: Id,
  period: LocalMonth,
  vintage: z.int().positive(),
  revision: RevisionLabel.nullable(),
  /** `0.1`: of the method before the index family; its vintages are counted apart. */
  methodVersion: z.string(),
  publishedAt: Instant,
  head: LogHead,
  contentHash: ContentHash,
});
export type PublicationRef = z.infer<typeof PublicationRef>;

export const listPublications = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/publications',
  summary: { zh: '已发布的指数', en: 'Published months with their vintages, newest first' },
  access: { who: 'public' },
  answer: z.object({ items: z.array(PublicationRef) }),
  refusals: [],
});

export const readPublication = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/publications/{period}',
  summary: {
    zh: '一个月的发布内容',
    en: 'What was published of a month: first, latest or a vintage',
  },
  access: { who: 'public' },
  params: z.strictObject({ period: LocalMonth }),
  query: z.strictObject({
    vintage: z
      .union([z.enum(['first', 'latest']), z.coerce.number().int().positive()])
      .default('latest'),
  }),
  answer: PublicationRef.extend({ content: PublishedContent }),
  refusals: [],
});

/** What had been published before the index family, word for word as it was kept. */
export const readEarlyPublication = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/early-publications/{publicationId}',
  summary: { zh: '旧方法的发布原文', en: 'A publication of the method before, as it was kept' },
  access: { who: 'public' },
  params: z.strictObject({ publicationId: Id }),
  answer: PublicationRef.extend({ content: z.record(z.string(), z.unknown()) }),
  refusals: [],
});

/** What a city has set for a year, with where it says so; earlier plans are kept for the record. */
export const listTargets = endpoint({
  ...ledger,
  method: 'get',
  path: '/targets',
  summary: { zh: '年度目标及其出处', en: 'Yearly targets and where they come from' },
  access: { who: 'public' },
  answer: z.object({
    items: z.array(
      z.object({
        scope: z.string(),
        /** Of this log's own city. */
        ofThisCity: z.boolean(),
        year: z.int(),
        amountFen: FenString,
        rule: z.enum(['exceed', 'reach']),
        status: z.enum(['in-force', 'earlier-plan']),
        adoptedOn: LocalDate.nullable(),
        source: z.string(),
      }),
    ),
  }),
  refusals: [],
});

export const PUBLICATION_ENDPOINTS = [
  listTargets,
  listPublications,
  readPublication,
  readEarlyPublication,
];
