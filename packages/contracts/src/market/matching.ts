import { z } from '@hono/zod-openapi';
import { FieldCode, IndustryCode, Region } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { LocalDate } from '../time.ts';
import { DealType, ListingView, NeedView, Trl } from './listing.ts';
import { RejectionCode } from './negotiation.ts';

/** A sentence or a value in both languages. */
const Words = z.strictObject({ zh: z.string(), en: z.string() });

/** 达到, 接近, 未达到, 未知: one fact of a need against one fact of a result. */
export const Verdict = z.enum(['met', 'near', 'missed', 'unknown']);
export type Verdict = z.infer<typeof Verdict>;

/** Every match has these lines, in this order; a chip's place never changes. */
export const CriterionName = z.enum([
  'words',
  'field',
  'industry',
  'district',
  'trl',
  'price',
  'deal-type',
  'deadline',
]);
export type CriterionName = z.infer<typeof CriterionName>;

export const Criterion = z.strictObject({
  criterion: CriterionName,
  label: Words,
  /** What the need says, and what the result says; null where it says nothing. */
  need: Words.nullable(),
  result: Words.nullable(),
  verdict: Verdict,
  /** The difference in words, such as 「超预算 180.00 万元」; null when nothing is to be said. */
  note: Words.nullable(),
  /** A miss that rules the match out: it stays visible, below every match without one. */
  hard: z.boolean(),
});
export type Criterion = z.infer<typeof Criterion>;

/** Where a matched phrase stands: UTF-16 offsets, half-open, in that field of the record. */
export const Mark = z.strictObject({
  field: z.enum(['title', 'text', 'problemSolved', 'summary']),
  start: z.int().nonnegative(),
  end: z.int().positive(),
});
export type Mark = z.infer<typeof Mark>;

export const MatchRejectionCode = RejectionCode.extract([
  'not-what-is-needed',
  'readiness-too-low',
  'price',
  'rights-unclear',
  'timing',
  'other',
]);
export type MatchRejectionCode = z.infer<typeof MatchRejectionCode>;

/** What each reason says, in the order of the menu. */
export const MATCH_REJECTIONS: Readonly<Record<MatchRejectionCode, z.infer<typeof Words>>> = {
  'not-what-is-needed': { zh: '不是要找的技术', en: 'Not the technology that is needed' },
  'readiness-too-low': { zh: '成熟度不够', en: 'Not ready enough' },
  price: { zh: '价格不合适', en: 'The price does not fit' },
  'rights-unclear': { zh: '权利归属不清', en: 'The rights are unclear' },
  timing: { zh: '时间赶不上', en: 'The timing does not fit' },
  other: { zh: '其他原因', en: 'Another reason' },
};

const reasons = {
  criteria: z.array(Criterion),
  /** `met` of `known` criteria are met; never a percentage. */
  met: z.int().nonnegative(),
  known: z.int().nonnegative(),
  hardMiss: z.boolean(),
  /** The longest and most telling phrases that both sides say, best first. */
  phrases: z.array(z.string()),
  /** Where they stand in what was asked, and in what was found. */
  marksAsked: z.array(Mark),
  marksFound: z.array(Mark),
  /** Set when the need's owner has put this match aside. */
  rejected: z.strictObject({ rejectionId: Id, reason: MatchRejectionCode }).nullable(),
} as const;

export const ListingMatch = z.strictObject({ listing: ListingView, ...reasons });
export type ListingMatch = z.infer<typeof ListingMatch>;
export const NeedMatch = z.strictObject({ need: NeedView, ...reasons });
export type NeedMatch = z.infer<typeof NeedMatch>;

/** The one missing fact of a need that would help most. */
export const Hint = Words.extend({ field: z.string() });
export type Hint = z.infer<typeof Hint>;

const ListingMatches = z
  .object({ items: z.array(ListingMatch), hint: Hint.nullable(), next: z.string().nullable() })
  .openapi('ListingMatches');
const NeedMatches = z
  .object({ items: z.array(NeedMatch), hint: Hint.nullable(), next: z.string().nullable() })
  .openapi('NeedMatches');

/** Rank of the first record of the next page; ranks may move when records come and go. */
const Cursor = z.string().regex(/^[1-9]\d{0,3}$/);
const page = {
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
} as const;

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;

export const matchNeed = endpoint({
  ...market,
  method: 'get',
  path: '/needs/{needId}/matches',
  summary: { zh: '与需求匹配的成果', en: 'Listings that match my need, with reasons' },
  access: { who: 'signed-in' },
  params: z.strictObject({ needId: Id }),
  query: z.strictObject(page),
  answer: ListingMatches,
  refusals: [],
});

export const matchListing = endpoint({
  ...market,
  method: 'get',
  path: '/listings/{listingId}/matches',
  summary: { zh: '与成果匹配的需求', en: 'Needs that match my listing, with reasons' },
  access: { who: 'signed-in' },
  params: z.strictObject({ listingId: Id }),
  query: z.strictObject(page),
  answer: NeedMatches,
  refusals: [],
});

/** A need as far as it is known; what is not said is null. */
export const NeedSketch = z.strictObject({
  title: z.string().trim().max(100),
  text: z.string().trim().max(20_000),
  fieldCode: FieldCode.nullable().default(null),
  industryCode: IndustryCode.nullable().default(null),
  district: Region.nullable().default(null),
  trlWanted: Trl.nullable().default(null),
  budgetFen: FenString.nullable().default(null),
  dealTypes: z.array(DealType).max(DealType.options.length).default([]),
  deadline: LocalDate.nullable().default(null),
});
export type NeedSketch = z.infer<typeof NeedSketch>;

/** Nothing is stored: matches while the need is still being written. */
export const previewMatches = endpoint({
  ...market,
  method: 'post',
  path: '/matches/preview',
  summary: { zh: '边写边匹配(不保存)', en: 'Matches for a need that is not saved' },
  access: { who: 'signed-in' },
  query: z.strictObject(page),
  body: NeedSketch.refine((s) => s.title !== '' || s.text !== '', {
    path: ['text'],
    error: 'match-text',
  }),
  answer: ListingMatches,
  refusals: [],
});

const Rejection = z.object({ rejectionId: Id, withdrawn: z.boolean() });

export const rejectMatch = endpoint({
  ...market,
  method: 'post',
  path: '/needs/{needId}/rejections',
  summary: { zh: '匹配不合适(附原因)', en: 'Put a match aside, with a coded reason' },
  access: { who: 'roles', roles: ['buyer'] },
  params: z.strictObject({ needId: Id }),
  body: z.strictObject({ rejectionId: Id, listingId: Id, reason: MatchRejectionCode }),
  answer: Rejection,
  refusals: ['id-reused'],
});

export const withdrawRejection = endpoint({
  ...market,
  method: 'post',
  path: '/needs/{needId}/rejections/{rejectionId}/withdraw',
  summary: { zh: '撤销「不合适」', en: 'Take a rejection back' },
  access: { who: 'roles', roles: ['buyer'] },
  params: z.strictObject({ needId: Id, rejectionId: Id }),
  answer: Rejection,
  refusals: [],
});

export const MATCHING_ENDPOINTS = [
  matchNeed,
  matchListing,
  previewMatches,
  rejectMatch,
  withdrawRejection,
];
