import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import type { PartyNature } from '../party.ts';
import { LocalDate } from '../time.ts';

const PolicyStatus = z.enum(['OFFICIAL', 'SINGLE_SOURCE', 'DRAFT', 'ASSUMPTION']);

/** 公示 of a negotiated price: how long, on what ground, and how sure that is. */
export const PriceNoticeRule = z.strictObject({
  days: z.int().positive(),
  basisZh: z.string(),
  basisEn: z.string(),
  status: PolicyStatus,
  lastCheckedOn: LocalDate,
});
export type PriceNoticeRule = z.infer<typeof PriceNoticeRule>;

/**
 * 促进科技成果转化法 art. 18: a state-founded institution or university that agrees on a price
 * publicises name and proposed price in its own unit. How many days the city asks for is
 * configuration: the official text with a number has not been read, so it is an ASSUMPTION.
 */
export const PRICE_NOTICE: PriceNoticeRule = {
  days: 15,
  basisZh:
    '《促进科技成果转化法》第十八条：协议定价应在本单位公示成果名称和拟交易价格；天数为设定值',
  basisEn:
    'Law on Promoting the Transformation of Scientific and Technological Achievements, art. 18: ' +
    'a negotiated price is publicised with the name of the result; the number of days is a setting',
  status: 'ASSUMPTION',
  lastCheckedOn: '2026-11-22',
};

const PUBLIC_BODIES: readonly PartyNature[] = ['university', 'institute', 'public-institution'];

/** The rule that a record is under; null for who is no public body, and for a stated price. */
export const priceNoticeRule = (
  nature: PartyNature,
  priceMode: 'fixed' | 'negotiable' | null,
): PriceNoticeRule | null =>
  PUBLIC_BODIES.includes(nature) && priceMode === 'negotiable' ? PRICE_NOTICE : null;

export const PriceNotice = z
  .strictObject({
    noticeId: Id,
    proposedPriceFen: FenString,
    /** Where objections go, in the words of the unit. */
    objectionsTo: z.string(),
    startedOn: LocalDate,
    /** The last day of the notice; objections are heard through it. */
    lastOn: LocalDate,
    state: z.enum(['running', 'over', 'withdrawn']),
    withdrawnBecause: z.string().nullable(),
  })
  .openapi('PriceNotice');
export type PriceNotice = z.infer<typeof PriceNotice>;

export const PriceNotices = z.strictObject({
  rule: PriceNoticeRule.nullable(),
  /** Newest first; the first one that is not withdrawn counts. */
  items: z.array(PriceNotice),
});
export type PriceNotices = z.infer<typeof PriceNotices>;

const byListing = z.strictObject({ listingId: Id });
const market = { service: 'market', params: byListing, query: Nothing, body: NoBody } as const;
const SELLER = { who: 'roles', roles: ['listing-officer'] } as const;
const REFUSALS = ['id-reused', 'listing-state', 'price-notice-state'] as const;

export const listPriceNotices = endpoint({
  ...market,
  method: 'get',
  path: '/listings/{listingId}/price-notices',
  summary: { zh: '拟交易价格公示', en: 'Notices of a proposed price, newest first' },
  access: { who: 'public' },
  answer: PriceNotices,
  refusals: [],
});

export const startPriceNotice = endpoint({
  ...market,
  method: 'post',
  path: '/listings/{listingId}/price-notices',
  summary: { zh: '开始公示拟交易价格', en: 'Publicise a proposed price' },
  access: SELLER,
  body: z.strictObject({
    noticeId: Id,
    proposedPriceFen: FenString,
    objectionsTo: z.string().trim().min(4).max(200),
  }),
  answer: PriceNotices,
  refusals: REFUSALS,
});

export const withdrawPriceNotice = endpoint({
  ...market,
  method: 'post',
  path: '/listings/{listingId}/price-notices/{noticeId}/withdraw',
  summary: { zh: '撤回公示', en: 'Withdraw a notice, such as after an objection' },
  access: SELLER,
  params: z.strictObject({ listingId: Id, noticeId: Id }),
  body: z.strictObject({ because: z.string().trim().min(2).max(500) }),
  answer: PriceNotices,
  refusals: REFUSALS,
});

export const PRICE_NOTICE_ENDPOINTS = [listPriceNotices, startPriceNotice, withdrawPriceNotice];
