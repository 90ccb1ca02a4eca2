import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant, LocalDate } from '../time.ts';
import { Contact, ListingStatus } from './listing.ts';

const byListing = z.strictObject({ listingId: Id });
const byNeed = z.strictObject({ needId: Id });
const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const TRADERS = { who: 'roles', roles: ['buyer', 'listing-officer', 'broker'] } as const;

/** Counted at most once a day from one address; kept is the number of the day, nobody's data. */
const viewed = {
  ...market,
  method: 'post',
  access: { who: 'public' },
  answer: z.object({ counted: z.boolean() }),
  refusals: [],
} as const;

export const countListingView = endpoint({
  ...viewed,
  path: '/listings/{listingId}/views',
  summary: { zh: '记一次浏览', en: 'Somebody looked at a published listing' },
  params: byListing,
});

export const countNeedView = endpoint({
  ...viewed,
  path: '/needs/{needId}/views',
  summary: { zh: '记一次浏览', en: 'Somebody looked at a published need' },
  params: byNeed,
});

/** A logged act with a daily quota for each organisation. */
const revealed = {
  ...market,
  method: 'post',
  access: TRADERS,
  needs: 'verified-organisation',
  answer: z.object({ contact: Contact, leftToday: z.int().nonnegative() }),
  refusals: ['not-trading', 'listing-state', 'rate-limited'],
} as const;

export const revealListingContact = endpoint({
  ...revealed,
  path: '/listings/{listingId}/contact',
  summary: {
    zh: '查看成果联系人(记录,每日限量)',
    en: "Show a listing's contact; logged, with a quota",
  },
  params: byListing,
});

export const revealNeedContact = endpoint({
  ...revealed,
  path: '/needs/{needId}/contact',
  summary: {
    zh: '查看需求联系人(记录,每日限量)',
    en: "Show a need's contact; logged, with a quota",
  },
  params: byNeed,
});

export const FunnelStage = z.strictObject({
  stage: z.enum(['views', 'contacts', 'negotiations', 'offers', 'contracts']),
  count: z.int().nonnegative(),
  firstOn: LocalDate.nullable(),
  /** Days from the day it opened to the first one; null before there is one. */
  days: z.int().nonnegative().nullable(),
});
export type FunnelStage = z.infer<typeof FunnelStage>;

/** 从浏览到合同: what became of a record. Registration is the ledger's to tell, by contract id. */
export const Funnel = z
  .strictObject({
    openedOn: LocalDate.nullable(),
    stages: z.array(FunnelStage),
    /** Signed contracts that came of it. */
    contractIds: z.array(Id),
  })
  .openapi('Funnel');
export type Funnel = z.infer<typeof Funnel>;

export const readFunnel = endpoint({
  ...market,
  method: 'get',
  path: '/listings/{listingId}/funnel',
  summary: { zh: '成果从浏览到合同', en: 'From views to contracts of my listing' },
  access: { who: 'signed-in' },
  params: byListing,
  answer: Funnel.extend({
    viewsByDay: z.array(z.strictObject({ day: LocalDate, views: z.int().positive() })),
  }),
  refusals: [],
});

/** One line of a desk: a record or a draft that was never submitted. */
export const OwnRow = z
  .strictObject({
    id: Id,
    title: z.string(),
    status: ListingStatus,
    /** Set where unsent changes are kept. */
    draftSavedAt: Instant.nullable(),
    submittedAt: Instant.nullable(),
    version: z.int().nonnegative(),
    score: z.int().min(0).max(100),
    openedOn: LocalDate.nullable(),
    expiresOn: LocalDate.nullable(),
    funnel: Funnel,
    /** Matches that were told of it and not read by this person yet. */
    newMatches: z.int().nonnegative(),
  })
  .openapi('OwnRow');
export type OwnRow = z.infer<typeof OwnRow>;

const ownRows = {
  ...market,
  method: 'get',
  access: { who: 'signed-in' },
  query: z.strictObject({
    status: ListingStatus.optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  answer: z.object({
    items: z.array(OwnRow),
    counts: z.partialRecord(ListingStatus, z.int().nonnegative()),
    next: Id.nullable(),
  }),
  refusals: [],
} as const;

export const listOwnListingRows = endpoint({
  ...ownRows,
  path: '/desk/listings',
  summary: { zh: '我的成果与去向', en: 'My listings and drafts, and what became of each' },
});

export const listOwnNeedRows = endpoint({
  ...ownRows,
  path: '/desk/needs',
  summary: { zh: '我的需求与去向', en: 'My needs and drafts, and what became of each' },
});

export const REACH_ENDPOINTS = [
  countListingView,
  countNeedView,
  revealListingContact,
  revealNeedContact,
  readFunnel,
  listOwnListingRows,
  listOwnNeedRows,
];
