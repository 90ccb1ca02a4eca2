import { z } from '@hono/zod-openapi';
import { FieldCode, IndustryCode, Region } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { FieldProblem } from '../problem.ts';
import { Instant, LocalDate } from '../time.ts';
import {
  DealType,
  ListingStatus,
  ListingView,
  NeedView,
  Ownership,
  Quality,
  ReturnReason,
  Trl,
} from './listing.ts';
import { PriceNoticeRule } from './price-notice.ts';

const text = (max: number) => z.string().trim().max(max).default('');
const DealTypes = z.array(DealType).max(DealType.options.length).default([]);

export const IntellectualPropertyKind = z.enum([
  'invention',
  'utility-model',
  'design',
  'application',
  'software-copyright',
  'technical-secret',
  'ic-layout',
  'plant-variety',
  'biomedicine-variety',
]);
export type IntellectualPropertyKind = z.infer<typeof IntellectualPropertyKind>;

/** A listing as far as it is written; what is not said is empty or null, and nothing is checked. */
export const ListingDraft = z.strictObject({
  title: text(100),
  problemSolved: text(4_000),
  summary: text(20_000),
  gain: z.strictObject({ text: text(500), unit: text(40) }).default({ text: '', unit: '' }),
  closestAlternative: text(2_000),
  trl: Trl.nullable().default(null),
  trlEvidence: text(2_000),
  /** A number as it was typed: it is checked when it is left, and again at submission. */
  intellectualProperty: z
    .array(z.strictObject({ kind: IntellectualPropertyKind, number: text(64) }))
    .max(50)
    .default([]),
  fieldCode: FieldCode.nullable().default(null),
  industryCode: IndustryCode.nullable().default(null),
  district: Region.nullable().default(null),
  dealTypes: DealTypes,
  price: z
    .strictObject({
      mode: z.enum(['fixed', 'negotiable']).nullable(),
      priceFen: FenString.nullable(),
    })
    .default({ mode: null, priceFen: null }),
  venue: z.string().trim().max(100).nullable().default(null),
  ownership: Ownership.nullable().default(null),
});
export type ListingDraft = z.infer<typeof ListingDraft>;

export const NeedDraft = z.strictObject({
  title: text(100),
  text: text(20_000),
  fieldCode: FieldCode.nullable().default(null),
  industryCode: IndustryCode.nullable().default(null),
  district: Region.nullable().default(null),
  trlWanted: Trl.nullable().default(null),
  budgetFen: FenString.nullable().default(null),
  dealTypes: DealTypes,
  deadline: LocalDate.nullable().default(null),
});
export type NeedDraft = z.infer<typeof NeedDraft>;

export const ContactDraft = z.strictObject({ name: text(100), phone: text(40), email: text(200) });
export type ContactDraft = z.infer<typeof ContactDraft>;

const draftView = {
  /** Send it back with the next save; 0 when nothing is saved yet. */
  version: z.int().nonnegative(),
  savedAt: Instant.nullable(),
  contact: ContactDraft,
  quality: Quality,
  /** What a submission would be refused for, by field; empty when it can be submitted. */
  gaps: z.array(FieldProblem),
  /** Of the record that it will change; null for one that was never submitted. */
  status: ListingStatus.nullable(),
  reasons: z.array(ReturnReason),
} as const;

export const ListingDraftView = z
  .strictObject({
    listingId: Id,
    content: ListingDraft,
    ...draftView,
    /** 公示: set when the owner is a public body and the price is negotiated. */
    priceNotice: PriceNoticeRule.nullable(),
  })
  .openapi('ListingDraft');
export type ListingDraftView = z.infer<typeof ListingDraftView>;

export const NeedDraftView = z
  .strictObject({ needId: Id, content: NeedDraft, ...draftView })
  .openapi('NeedDraft');
export type NeedDraftView = z.infer<typeof NeedDraftView>;

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const byListing = z.strictObject({ listingId: Id });
const byNeed = z.strictObject({ needId: Id });
const SELLER = { who: 'roles', roles: ['listing-officer'] } as const;
const BUYER = { who: 'roles', roles: ['buyer'] } as const;
const SAVE_REFUSALS = ['version-conflict', 'id-reused', 'listing-state', 'not-trading'] as const;
const SUBMIT_REFUSALS = [...SAVE_REFUSALS, 'listing-incomplete'] as const;
const saved = { commandId: Id, version: z.int().nonnegative() } as const;
const Submit = z.strictObject(saved);

const ofListing = { ...market, access: SELLER, params: byListing } as const;
const ofNeed = { ...market, access: BUYER, params: byNeed } as const;

export const readListingDraft = endpoint({
  ...ofListing,
  method: 'get',
  path: '/listings/{listingId}/draft',
  summary: { zh: '成果草稿', en: 'A listing as far as it is written' },
  answer: ListingDraftView,
  refusals: [],
});

export const saveListingDraft = endpoint({
  ...ofListing,
  method: 'put',
  path: '/listings/{listingId}/draft',
  summary: { zh: '保存成果草稿,可不完整', en: 'Save a listing as far as it is written' },
  body: z.strictObject({ ...saved, content: ListingDraft, contact: ContactDraft }),
  answer: ListingDraftView,
  refusals: SAVE_REFUSALS,
});

export const submitListingDraft = endpoint({
  ...ofListing,
  method: 'post',
  path: '/listings/{listingId}/draft/submit',
  needs: 'verified-organisation',
  summary: { zh: '提交成果草稿审核', en: 'Submit a draft for review; a refusal lists every gap' },
  body: Submit,
  answer: ListingView,
  refusals: SUBMIT_REFUSALS,
});

export const discardListingDraft = endpoint({
  ...ofListing,
  method: 'post',
  path: '/listings/{listingId}/draft/discard',
  summary: { zh: '删除成果草稿', en: 'Throw a draft away; a submitted record stays' },
  body: Submit,
  answer: z.object({ discarded: z.literal(true) }),
  refusals: SAVE_REFUSALS,
});

export const readNeedDraft = endpoint({
  ...ofNeed,
  method: 'get',
  path: '/needs/{needId}/draft',
  summary: { zh: '需求草稿', en: 'A need as far as it is written' },
  answer: NeedDraftView,
  refusals: [],
});

export const saveNeedDraft = endpoint({
  ...ofNeed,
  method: 'put',
  path: '/needs/{needId}/draft',
  summary: { zh: '保存需求草稿,可不完整', en: 'Save a need as far as it is written' },
  body: z.strictObject({ ...saved, content: NeedDraft, contact: ContactDraft }),
  answer: NeedDraftView,
  refusals: SAVE_REFUSALS,
});

export const submitNeedDraft = endpoint({
  ...ofNeed,
  method: 'post',
  path: '/needs/{needId}/draft/submit',
  needs: 'verified-organisation',
  summary: { zh: '提交需求草稿审核', en: 'Submit a draft for review; a refusal lists every gap' },
  body: Submit,
  answer: NeedView,
  refusals: SUBMIT_REFUSALS,
});

export const discardNeedDraft = endpoint({
  ...ofNeed,
  method: 'post',
  path: '/needs/{needId}/draft/discard',
  summary: { zh: '删除需求草稿', en: 'Throw a draft away; a submitted record stays' },
  body: Submit,
  answer: z.object({ discarded: z.literal(true) }),
  refusals: SAVE_REFUSALS,
});

export const DRAFT_ENDPOINTS = [
  readListingDraft,
  saveListingDraft,
  submitListingDraft,
  discardListingDraft,
  readNeedDraft,
  saveNeedDraft,
  submitNeedDraft,
  discardNeedDraft,
];
