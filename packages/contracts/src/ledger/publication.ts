import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate, LocalMonth } from '../time.ts';
import { LogHead } from './envelope.ts';
import { IndexCell, IndexValue, MethodRef } from './live.ts';

const ledger = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;
export const ContentHash = z.string().regex(/^[0-9a-f]{64}$/);

/** S and N of one month: technology value in fen, number of contracts of the index. */
const MonthPrimitives = z.object({
  month: LocalMonth,
  valueFen: FenString,
  contracts: z.int().nonnegative(),
});

/** One published cell. Everything from which its value is computed stands beside it. */
export const PublishedCell = z.object({
  cell: IndexCell,
  state: z.enum(['defined', 'not-defined', 'hidden']),
  value: IndexValue.nullable(),
  reason: z
    .enum([
      'base-incomplete',
      'no-base',
      'no-trade',
      'few-contracts',
      'base-few-contracts',
      'protects-neighbour',
    ])
    .nullable(),
  /** Null where the cell is hidden. */
  valueFen: FenString.nullable(),
  contracts: z.int().nonnegative().nullable(),
  /** The month's figures are as of this sequence: a change too small to be shown waits. */
  asOfSeq: z.int().positive(),
  base: z
    .object({
      mean: z.enum(['geometric', 'arithmetic']),
      asOfSeq: z.int().positive(),
      months: z.array(MonthPrimitives).length(12),
    })
    .nullable(),
});
export type PublishedCell = z.infer<typeof PublishedCell>;

/** What a publication says; its hash is over the RFC 8785 form of exactly this object. */
export const PublishedContent = z
  .object({
    period: LocalMonth,
    /** 1 is the first publication of the month; each restatement is one more. */
    vintage: z.int().positive(),
    /** R1: contracts of the month were added, amended or cancelled since. */
    revision: z.literal('R1').nullable(),
    head: LogHead,
    method: MethodRef,
    cells: z.array(PublishedCell),
  })
  .openapi('PublishedContent');
export type PublishedContent = z.infer<typeof PublishedContent>;

const PublicationRef = z.object({
  publicationId: Id,
  period: LocalMonth,
  vintage: z.int().positive(),
  revision: z.literal('R1').nullable(),
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

/** One cell over all published months. */
export const readPublishedSeries = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/published-series',
  summary: { zh: '已发布的指数序列', en: 'One cell over the published months, first or latest' },
  access: { who: 'public' },
  query: z.strictObject({
    cell: IndexCell.default('city'),
    vintage: z.enum(['first', 'latest']).default('latest'),
  }),
  answer: z.object({
    cell: IndexCell,
    points: z.array(
      z.object({
        period: LocalMonth,
        vintage: z.int().positive(),
        revision: z.literal('R1').nullable(),
        headSeq: z.int().positive(),
        state: PublishedCell.shape.state,
        value: PublishedCell.shape.value,
        reason: PublishedCell.shape.reason,
      }),
    ),
  }),
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
  readPublishedSeries,
];
