import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant } from '../time.ts';
import { FEED_PAGE_SIZE_MAX, FeedItem, FeedPage, LogHead } from './envelope.ts';
import { EVENT_DATA } from './events.ts';
import { INDEX_ENDPOINTS } from './index-endpoints.ts';
import { Gauge, LiveSnapshot } from './live.ts';
import { LOG_DESK_ENDPOINTS } from './log-desk.ts';
import { PROOF_ENDPOINTS } from './proofs.ts';
import { PUBLICATION_ENDPOINTS } from './publication.ts';
import { PUBLICATION_DESK_ENDPOINTS } from './publication-desk.ts';
import {
  Act,
  ReasonedAct,
  ReceiptInput,
  RegistrationStatus,
  RegistrationView,
  Submission,
  Written,
} from './registration.ts';
import { REGISTRY_ENDPOINTS } from './registry-endpoints.ts';

const ledger = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;
const DESK = ['registrar', 'senior-registrar'] as const;
const byContract = z.strictObject({ contractId: Id });
const byReceipt = z.strictObject({ contractId: Id, receiptId: Id });
/** A read may wait (2 s, then 503) until the view has reached a sequence. */
const atLeast = { atLeast: z.coerce.number().int().nonnegative().optional() };
const asOf = { asOf: z.coerce.number().int().nonnegative().optional() };
const IN_REVIEW = [
  'version-conflict',
  'id-reused',
  'registration-state',
  'duties-not-separated',
] as const;

export const submitContract = endpoint({
  ...ledger,
  method: 'post',
  path: '/registrations',
  summary: { zh: '提交认定登记', en: 'Submit a signed contract for registration' },
  access: { who: 'services', services: ['market'] },
  body: z.strictObject({ commandId: Id, submission: Submission }),
  answer: Written,
  refusals: [
    'id-reused',
    'registration-state',
    'not-registrant',
    'technology-value-above-contract-value',
    'contract-text-used',
    'parties-changed',
  ],
});

export const recordListingEvent = endpoint({
  ...ledger,
  method: 'post',
  path: '/listing-events',
  summary: {
    zh: '记录成果或需求的挂出、续期与撤下',
    en: 'Record that a listing or need opened, was renewed or closed',
  },
  access: { who: 'services', services: ['market'] },
  body: z.strictObject({
    commandId: Id,
    event: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('ListingOpened'), data: EVENT_DATA.ListingOpened }),
      z.strictObject({ type: z.literal('ListingRenewed'), data: EVENT_DATA.ListingRenewed }),
      z.strictObject({ type: z.literal('ListingClosed'), data: EVENT_DATA.ListingClosed }),
      z.strictObject({ type: z.literal('NeedOpened'), data: EVENT_DATA.NeedOpened }),
      z.strictObject({ type: z.literal('NeedRenewed'), data: EVENT_DATA.NeedRenewed }),
      z.strictObject({ type: z.literal('NeedClosed'), data: EVENT_DATA.NeedClosed }),
    ]),
  }),
  answer: z.object({ seq: z.int() }),
  refusals: ['id-reused', 'listing-state'],
});

export const listRegistrations = endpoint({
  ...ledger,
  method: 'get',
  path: '/registrations',
  summary: { zh: '登记队列', en: 'Registrations: the desk sees all, a party its own' },
  access: { who: 'signed-in' },
  query: z.strictObject({
    status: RegistrationStatus.optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    ...atLeast,
  }),
  answer: z.object({ items: z.array(RegistrationView), next: Id.nullable(), head: LogHead }),
  refusals: ['not-caught-up'],
});

export const readRegistration = endpoint({
  ...ledger,
  method: 'get',
  path: '/registrations/{contractId}',
  summary: { zh: '一份登记', en: 'One registration' },
  access: { who: 'signed-in', services: ['market', 'subsidy'] },
  params: byContract,
  query: z.strictObject(atLeast),
  answer: RegistrationView,
  refusals: ['not-caught-up'],
});

const deskAct = {
  ...ledger,
  method: 'post',
  access: { who: 'roles', roles: DESK },
  params: byContract,
  answer: Written,
} as const;

export const acceptRegistration = endpoint({
  ...deskAct,
  path: '/registrations/{contractId}/accept',
  summary: { zh: '受理', en: 'Accept for review' },
  body: Act,
  refusals: IN_REVIEW,
});

export const returnRegistration = endpoint({
  ...deskAct,
  path: '/registrations/{contractId}/return',
  summary: { zh: '退回补正', en: 'Return for supplements' },
  body: ReasonedAct,
  refusals: IN_REVIEW,
});

/**
 * Below the threshold this registers; at or over it, or split off from other contracts of the two
 * parties, it passes to the senior registrar.
 */
export const approveRegistration = endpoint({
  ...deskAct,
  path: '/registrations/{contractId}/approve',
  summary: { zh: '审核通过', en: 'Approve: registers, or passes on for second review' },
  body: Act,
  refusals: [...IN_REVIEW, 'not-caught-up'],
});

export const confirmSecondReview = endpoint({
  ...deskAct,
  access: { who: 'roles', roles: ['senior-registrar'] },
  path: '/registrations/{contractId}/second-review',
  summary: { zh: '二次审核通过', en: 'Second review: registers' },
  body: Act,
  refusals: IN_REVIEW,
});

export const refuseRegistration = endpoint({
  ...deskAct,
  path: '/registrations/{contractId}/refuse',
  summary: { zh: '不予登记', en: 'Refuse registration' },
  body: ReasonedAct,
  refusals: IN_REVIEW,
});

export const recordReceipt = endpoint({
  ...ledger,
  method: 'post',
  path: '/registrations/{contractId}/receipts',
  summary: { zh: '登记到账', en: 'Seller records money that arrived' },
  access: { who: 'signed-in' },
  needs: 'verified-organisation',
  params: byContract,
  body: ReceiptInput,
  answer: Written,
  refusals: ['id-reused', 'registration-state', 'evidence-used', 'receipt-above-technology-value'],
});

export const confirmReceipt = endpoint({
  ...ledger,
  method: 'post',
  path: '/registrations/{contractId}/receipts/{receiptId}/confirm',
  summary: { zh: '买方确认付款', en: 'Buyer confirms the payment' },
  access: { who: 'signed-in' },
  needs: 'verified-organisation',
  params: byReceipt,
  body: z.strictObject({ commandId: Id }),
  answer: Written,
  refusals: ['id-reused', 'registration-state', 'receipt-state', 'duties-not-separated'],
});

export const verifyReceipt = endpoint({
  ...ledger,
  method: 'post',
  path: '/registrations/{contractId}/receipts/{receiptId}/verify',
  summary: { zh: '核验到账', en: 'Registrar verifies the receipt' },
  access: { who: 'roles', roles: DESK },
  params: byReceipt,
  body: z.strictObject({ commandId: Id }),
  answer: Written,
  refusals: ['id-reused', 'registration-state', 'receipt-state', 'duties-not-separated'],
});

/** Private parts come with it for the auditor, the exchange operator and the subsidy service. */
export const readFeed = endpoint({
  ...ledger,
  method: 'get',
  path: '/feed',
  summary: { zh: '账本事件(分页)', en: 'Events of the log after a sequence' },
  access: { who: 'public' },
  query: z.strictObject({
    after: z.coerce.number().int().nonnegative().default(0),
    limit: z.coerce.number().int().min(1).max(FEED_PAGE_SIZE_MAX).default(200),
  }),
  answer: FeedPage,
  refusals: ['as-of-beyond-head'],
});

export const streamFeed = endpoint({
  ...ledger,
  method: 'get',
  path: '/feed/stream',
  summary: { zh: '账本事件(推送)', en: 'The same as a stream; resumes by Last-Event-ID' },
  access: { who: 'public' },
  query: z.strictObject({ after: z.coerce.number().int().nonnegative().optional() }),
  answer: FeedItem,
  refusals: ['as-of-beyond-head'],
  sends: 'events',
});

export const readHead = endpoint({
  ...ledger,
  method: 'get',
  path: '/log/head',
  summary: {
    zh: '账本最新位置,或某一记录时刻的位置',
    en: 'The head of the log, now or as of a time',
  },
  access: { who: 'public' },
  /** As of a recorded time: the last event recorded then or before, to be asked for as `asOf`. */
  query: z.strictObject({ recordedAt: Instant.optional() }),
  answer: LogHead,
  refusals: [],
});

export const readGauge = endpoint({
  ...ledger,
  method: 'get',
  path: '/gauge',
  summary: { zh: '年度成交额与目标', en: "The year's contract value against its target" },
  access: { who: 'public' },
  query: z.strictObject({
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    ...asOf,
    ...atLeast,
  }),
  answer: Gauge,
  refusals: ['not-caught-up', 'as-of-beyond-head', 'as-of-not-public'],
});

export const readLive = endpoint({
  ...ledger,
  method: 'get',
  path: '/live',
  summary: { zh: '实时屏数据', en: 'All that the live screen shows' },
  access: { who: 'public' },
  query: z.strictObject({ ...asOf, ...atLeast }),
  answer: LiveSnapshot,
  refusals: ['not-caught-up', 'as-of-beyond-head', 'as-of-not-public'],
});

export const streamLive = endpoint({
  ...ledger,
  method: 'get',
  path: '/live/stream',
  summary: { zh: '实时屏推送', en: 'The same as a stream, with heartbeats' },
  access: { who: 'public' },
  answer: LiveSnapshot,
  refusals: [],
  sends: 'events',
});

export const LEDGER_ENDPOINTS = [
  submitContract,
  recordListingEvent,
  listRegistrations,
  readRegistration,
  acceptRegistration,
  returnRegistration,
  approveRegistration,
  confirmSecondReview,
  refuseRegistration,
  recordReceipt,
  confirmReceipt,
  verifyReceipt,
  ...REGISTRY_ENDPOINTS,
  readFeed,
  streamFeed,
  readHead,
  readGauge,
  readLive,
  streamLive,
  ...INDEX_ENDPOINTS,
  ...PUBLICATION_ENDPOINTS,
  ...PUBLICATION_DESK_ENDPOINTS,
  ...LOG_DESK_ENDPOINTS,
  ...PROOF_ENDPOINTS,
];
