import { z } from '@hono/zod-openapi';
import { FieldCode, IndustryCode, Region } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { LocalDate } from '../time.ts';
import {
  CloseReason,
  Contact,
  DealType,
  ListingContent,
  ListingView,
  NeedContent,
  NeedView,
  ReturnReason,
} from './listing.ts';

/** Every act carries its own id (idempotency) and the version that the person saw. */
export const TradeAct = z.strictObject({ commandId: Id, version: z.int().positive() });

const PAGE_SIZE_MAX = 100;
const page = {
  after: Id.optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(50),
} as const;

/** Plain filters of the public list, newest first; search by text and match are elsewhere. */
const PublicFilter = z.strictObject({
  fieldCode: FieldCode.optional(),
  industryCode: IndustryCode.optional(),
  district: Region.optional(),
  dealType: DealType.optional(),
  ...page,
});

const byListing = z.strictObject({ listingId: Id });
const byNeed = z.strictObject({ needId: Id });
const ListingPage = z.object({ items: z.array(ListingView), next: Id.nullable() });
const NeedPage = z.object({ items: z.array(NeedView), next: Id.nullable() });

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const get = { ...market, method: 'get', refusals: [] } as const;
const SELLER = { who: 'roles', roles: ['listing-officer'] } as const;
const BUYER = { who: 'roles', roles: ['buyer'] } as const;
const REVIEWER = { who: 'roles', roles: ['exchange-operator'] } as const;
const ACT_REFUSALS = ['version-conflict', 'id-reused', 'listing-state'] as const;
const REVIEW_REFUSALS = [...ACT_REFUSALS, 'duties-not-separated'] as const;

const Submit = TradeAct;
const Return = TradeAct.extend({ reasons: z.array(ReturnReason).min(1).max(10) });
const Close = TradeAct.extend({ reason: CloseReason });
/** Without a date the usual time from today on. */
const Publish = TradeAct.extend({ expiresOn: LocalDate.optional() });
const Renew = TradeAct.extend({ expiresOn: LocalDate });

const create = { ...market, method: 'post', refusals: ['id-reused', 'not-trading'] } as const;
const act = { ...market, method: 'post', refusals: ACT_REFUSALS } as const;
const listingAct = { ...act, access: SELLER, params: byListing, answer: ListingView } as const;
const needAct = { ...act, access: BUYER, params: byNeed, answer: NeedView } as const;
const listingReview = { ...listingAct, access: REVIEWER, refusals: REVIEW_REFUSALS } as const;
const needReview = { ...needAct, access: REVIEWER, refusals: REVIEW_REFUSALS } as const;

export const createListing = endpoint({
  ...create,
  path: '/listings',
  summary: { zh: '新建成果(草稿)', en: 'Create a listing as a draft' },
  access: SELLER,
  body: z.strictObject({ listingId: Id, content: ListingContent, contact: Contact }),
  answer: ListingView,
});

export const reviseListing = endpoint({
  ...listingAct,
  path: '/listings/{listingId}/revise',
  summary: { zh: '修改成果', en: 'Revise a draft or returned listing' },
  body: TradeAct.extend({ content: ListingContent, contact: Contact }),
});

export const submitListing = endpoint({
  ...listingAct,
  path: '/listings/{listingId}/submit',
  needs: 'verified-organisation',
  summary: { zh: '提交审核', en: 'Submit for review' },
  body: Submit,
  refusals: [...ACT_REFUSALS, 'listing-incomplete'],
});

export const publishListing = endpoint({
  ...listingReview,
  path: '/listings/{listingId}/publish',
  summary: { zh: '审核通过并发布', en: 'Approve and publish' },
  body: Publish,
});

export const returnListing = endpoint({
  ...listingReview,
  path: '/listings/{listingId}/return',
  summary: { zh: '退回修改', en: 'Return with reasons' },
  body: Return,
});

export const renewListing = endpoint({
  ...listingAct,
  path: '/listings/{listingId}/renew',
  summary: { zh: '续期', en: 'Renew a published listing' },
  body: Renew,
});

export const closeListing = endpoint({
  ...listingAct,
  path: '/listings/{listingId}/close',
  summary: { zh: '撤下', en: 'Close a published listing' },
  body: Close,
});

export const listOwnListings = endpoint({
  ...get,
  path: '/listings/mine',
  summary: { zh: '本单位的成果', en: 'Listings of my organisation' },
  access: { who: 'signed-in' },
  query: z.strictObject(page),
  answer: ListingPage,
});

export const listListingsInReview = endpoint({
  ...get,
  path: '/listings/in-review',
  summary: { zh: '待审成果', en: 'Listings waiting for review, oldest first' },
  access: REVIEWER,
  query: z.strictObject(page),
  answer: ListingPage,
});

export const listListings = endpoint({
  ...get,
  path: '/listings',
  summary: { zh: '已发布的成果', en: 'Published listings' },
  access: { who: 'public' },
  query: PublicFilter,
  answer: ListingPage,
});

export const readListing = endpoint({
  ...get,
  path: '/listings/{listingId}',
  summary: { zh: '一项成果', en: 'One listing' },
  access: { who: 'public' },
  params: byListing,
  answer: ListingView,
});

export const createNeed = endpoint({
  ...create,
  path: '/needs',
  summary: { zh: '新建需求(草稿)', en: 'Create a need as a draft' },
  access: BUYER,
  body: z.strictObject({ needId: Id, content: NeedContent, contact: Contact }),
  answer: NeedView,
});

export const reviseNeed = endpoint({
  ...needAct,
  path: '/needs/{needId}/revise',
  summary: { zh: '修改需求', en: 'Revise a draft or returned need' },
  body: TradeAct.extend({ content: NeedContent, contact: Contact }),
});

export const submitNeed = endpoint({
  ...needAct,
  path: '/needs/{needId}/submit',
  needs: 'verified-organisation',
  summary: { zh: '提交审核', en: 'Submit for review' },
  body: Submit,
  refusals: [...ACT_REFUSALS, 'listing-incomplete'],
});

export const publishNeed = endpoint({
  ...needReview,
  path: '/needs/{needId}/publish',
  summary: { zh: '审核通过并发布', en: 'Approve and publish' },
  body: Publish,
});

export const returnNeed = endpoint({
  ...needReview,
  path: '/needs/{needId}/return',
  summary: { zh: '退回修改', en: 'Return with reasons' },
  body: Return,
});

export const renewNeed = endpoint({
  ...needAct,
  path: '/needs/{needId}/renew',
  summary: { zh: '续期', en: 'Renew a published need' },
  body: Renew,
});

export const closeNeed = endpoint({
  ...needAct,
  path: '/needs/{needId}/close',
  summary: { zh: '撤下', en: 'Close a published need' },
  body: Close,
});

export const listOwnNeeds = endpoint({
  ...get,
  path: '/needs/mine',
  summary: { zh: '本单位的需求', en: 'Needs of my organisation' },
  access: { who: 'signed-in' },
  query: z.strictObject(page),
  answer: NeedPage,
});

export const listNeedsInReview = endpoint({
  ...get,
  path: '/needs/in-review',
  summary: { zh: '待审需求', en: 'Needs waiting for review, oldest first' },
  access: REVIEWER,
  query: z.strictObject(page),
  answer: NeedPage,
});

export const listNeeds = endpoint({
  ...get,
  path: '/needs',
  summary: { zh: '已发布的需求', en: 'Published needs' },
  access: { who: 'public' },
  query: PublicFilter,
  answer: NeedPage,
});

export const readNeed = endpoint({
  ...get,
  path: '/needs/{needId}',
  summary: { zh: '一项需求', en: 'One need' },
  access: { who: 'public' },
  params: byNeed,
  answer: NeedView,
});
