import { z } from '@hono/zod-openapi';
import { FieldCode, IndustryCode, Region } from '../codes.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { PartyNature } from '../party.ts';
import { PatentNumberText, type PatentType, readPatentNumber } from '../patent.ts';
import { LocalDate } from '../time.ts';

/** 合作方式: what sort of deal is wanted. */
export const DealType = z.enum([
  'transfer',
  'licence',
  'equity',
  'joint-development',
  'joint-production',
  'consulting',
  'service',
]);
export type DealType = z.infer<typeof DealType>;

/** Technology readiness by the nine levels of GB/T 22900-2022. */
export const Trl = z.int().min(1).max(9);

/** A granted right's number: with `ZL`, and of the type that it is said to be. */
const patentOf = <K extends PatentType>(kind: K) =>
  z.strictObject({
    kind: z.literal(kind),
    number: PatentNumberText.refine((text) => {
      const read = readPatentNumber(text);
      return read === undefined || (read.granted && read.type === kind);
    }, 'patent-kind'),
  });

/** Intellectual property behind a listing; a patent number carries its check character. */
export const IntellectualProperty = z.discriminatedUnion('kind', [
  patentOf('invention'),
  patentOf('utility-model'),
  patentOf('design'),
  z.strictObject({
    kind: z.literal('application'),
    /** ZL is only for what was granted. */
    number: PatentNumberText.refine((text) => !readPatentNumber(text)?.granted, 'patent-kind'),
  }),
  z.strictObject({
    kind: z.enum([
      'software-copyright',
      'technical-secret',
      'ic-layout',
      'plant-variety',
      'biomedicine-variety',
    ]),
    number: z.string().min(1).max(64).nullable(),
  }),
]);
export type IntellectualProperty = z.infer<typeof IntellectualProperty>;

export const Price = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('fixed'), priceFen: FenString }),
  z.strictObject({ mode: z.literal('negotiable') }),
]);
export type Price = z.infer<typeof Price>;

/** 归属: who else owns it, and what is agreed about it. */
export const Ownership = z.strictObject({
  coOwners: z.array(z.string().trim().min(1).max(100)).max(20),
  note: z.string().trim().max(2_000),
});
export type Ownership = z.infer<typeof Ownership>;

/** How to reach the people behind a record: kept apart, shown to participants only. */
export const Contact = z.strictObject({
  name: z.string().trim().min(1).max(100),
  phone: z.string().trim().min(5).max(40).nullable(),
  email: z.email().max(200).nullable(),
});
export type Contact = z.infer<typeof Contact>;

const Title = z.string().trim().min(4).max(100);
const DealTypes = z.array(DealType).min(1).max(DealType.options.length);

/** 成果. Texts may be empty in a draft; the quality score names what is missing. */
export const ListingContent = z.strictObject({
  title: Title,
  problemSolved: z.string().trim().max(4_000),
  summary: z.string().trim().max(20_000),
  /** Measured gain with its unit, such as 「能耗降低 18」「%」; null when nothing was measured. */
  gain: z
    .strictObject({
      text: z.string().trim().min(1).max(500),
      unit: z.string().trim().min(1).max(40),
    })
    .nullable(),
  closestAlternative: z.string().trim().max(2_000),
  trl: Trl,
  trlEvidence: z.string().trim().max(2_000),
  intellectualProperty: z.array(IntellectualProperty).max(50),
  fieldCode: FieldCode,
  industryCode: IndustryCode,
  district: Region,
  dealTypes: DealTypes,
  price: Price,
  /** Which of the joined exchanges it comes from; null when from this one. */
  venue: z.string().trim().min(1).max(100).nullable(),
  /** Not said in records from before this was asked. */
  ownership: Ownership.optional(),
});
export type ListingContent = z.infer<typeof ListingContent>;

/** 需求. */
export const NeedContent = z.strictObject({
  title: Title,
  text: z.string().trim().max(20_000),
  fieldCode: FieldCode,
  industryCode: IndustryCode,
  district: Region,
  /** The lowest readiness that would do; null when any. */
  trlWanted: Trl.nullable(),
  budgetFen: FenString.nullable(),
  dealTypes: DealTypes,
  deadline: LocalDate.nullable(),
});
export type NeedContent = z.infer<typeof NeedContent>;

/** draft → submitted → published | returned → (revised: draft) ; published → closed | expired. */
export const ListingStatus = z.enum([
  'draft',
  'submitted',
  'returned',
  'published',
  'closed',
  'expired',
]);
export type ListingStatus = z.infer<typeof ListingStatus>;

export const ReturnCode = z.enum([
  'incomplete',
  'not-a-technology',
  'wrong-classification',
  'rights-unproven',
  'exaggerated',
  'duplicate',
  'contact-in-text',
  'confidential-content',
  'other',
]);
export type ReturnCode = z.infer<typeof ReturnCode>;
export const ReturnReason = z.strictObject({ code: ReturnCode, note: z.string().trim().max(500) });
export type ReturnReason = z.infer<typeof ReturnReason>;

export const CloseReason = z.enum(['traded', 'withdrawn', 'superseded', 'other']);
export type CloseReason = z.infer<typeof CloseReason>;

/** 0 to 100, and each missing field by name, with the points that it would add. */
export const Quality = z.object({
  score: z.int().min(0).max(100),
  missing: z.array(
    z.object({
      field: z.string(),
      points: z.int().positive(),
      zh: z.string(),
      en: z.string(),
    }),
  ),
});
export type Quality = z.infer<typeof Quality>;

/** The organisation behind a record, as everybody may see it. */
export const Owner = z.strictObject({
  partyId: Id,
  name: z.string(),
  nature: PartyNature,
  district: Region,
});
export type Owner = z.infer<typeof Owner>;

const record = {
  status: ListingStatus,
  /** Send it back with an act: another version means somebody was faster. */
  version: z.int().positive(),
  owner: Owner,
  quality: Quality,
  openedOn: LocalDate.nullable(),
  expiresOn: LocalDate.nullable(),
  /** Only for the owner's own people and the reviewer: contact and why it was returned. */
  own: z.strictObject({ contact: Contact.nullable(), reasons: z.array(ReturnReason) }).nullable(),
} as const;

export const ListingView = z
  .strictObject({ listingId: Id, content: ListingContent, ...record })
  .openapi('Listing');
export type ListingView = z.infer<typeof ListingView>;

export const NeedView = z
  .strictObject({ needId: Id, content: NeedContent, ...record })
  .openapi('Need');
export type NeedView = z.infer<typeof NeedView>;
