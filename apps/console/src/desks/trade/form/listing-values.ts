import type { FieldCode, IndustryCode, Region } from '@jishi/contracts/codes';
import type { ContactDraft, ListingDraft } from '@jishi/contracts/market/drafts';
import type { DealType } from '@jishi/contracts/market/listing';

/** A listing as the form holds it: every control a text, '' for nothing. */
export interface ListingValues {
  title: string;
  problemSolved: string;
  summary: string;
  gainText: string;
  gainUnit: string;
  closestAlternative: string;
  trl: string;
  trlEvidence: string;
  rights: { kind: ListingDraft['intellectualProperty'][number]['kind']; number: string }[];
  fieldCode: string;
  industryCode: string;
  district: string;
  dealTypes: DealType[];
  priceMode: string;
  priceFen: string;
  owners: string;
  coOwners: string;
  ownershipNote: string;
  contactName: string;
  contactPhone: string;
  contactEmail: string;
}

export interface DraftBody {
  readonly content: ListingDraft;
  readonly contact: ContactDraft;
}

const codeOr = <Code extends string>(text: string): Code | null =>
  text === '' ? null : (text as Code);

const ownershipOf = (values: ListingValues): ListingDraft['ownership'] => {
  if (values.owners === '') return null;
  const names = values.owners === 'shared' ? values.coOwners.split(/[、,，;；\n]+/) : [];
  return {
    coOwners: names.map((name) => name.trim().slice(0, 100)).filter((name) => name !== ''),
    note: values.ownershipNote.trim(),
  };
};

const modeOf = (text: string): 'fixed' | 'negotiable' | null =>
  text === 'fixed' || text === 'negotiable' ? text : null;

/** What is saved; an amount that is none yet is not. */
export const bodyOfListing = (values: ListingValues): DraftBody => ({
  content: {
    title: values.title.trim(),
    problemSolved: values.problemSolved.trim(),
    summary: values.summary.trim(),
    gain: { text: values.gainText.trim(), unit: values.gainUnit.trim() },
    closestAlternative: values.closestAlternative.trim(),
    trl: values.trl === '' ? null : Number(values.trl),
    trlEvidence: values.trlEvidence.trim(),
    intellectualProperty: values.rights.map(({ kind, number }) => ({
      kind,
      number: number.trim(),
    })),
    fieldCode: codeOr<FieldCode>(values.fieldCode),
    industryCode: codeOr<IndustryCode>(values.industryCode),
    district: codeOr<Region>(values.district),
    dealTypes: [...values.dealTypes],
    price: {
      mode: modeOf(values.priceMode),
      priceFen:
        values.priceMode === 'fixed' && /^\d{1,18}$/.test(values.priceFen) ? values.priceFen : null,
    },
    venue: null,
    ownership: ownershipOf(values),
  },
  contact: {
    name: values.contactName.trim(),
    phone: values.contactPhone.trim(),
    email: values.contactEmail.trim(),
  },
});

export const valuesOfListing = ({ content, contact }: DraftBody): ListingValues => ({
  title: content.title,
  problemSolved: content.problemSolved,
  summary: content.summary,
  gainText: content.gain.text,
  gainUnit: content.gain.unit,
  closestAlternative: content.closestAlternative,
  trl: content.trl === null ? '' : String(content.trl),
  trlEvidence: content.trlEvidence,
  rights: content.intellectualProperty.map((right) => ({ ...right })),
  fieldCode: content.fieldCode ?? '',
  industryCode: content.industryCode ?? '',
  district: content.district ?? '',
  dealTypes: [...content.dealTypes],
  priceMode: content.price.mode ?? '',
  priceFen: content.price.priceFen ?? '',
  owners:
    content.ownership === null ? '' : content.ownership.coOwners.length > 0 ? 'shared' : 'sole',
  coOwners: content.ownership?.coOwners.join('、') ?? '',
  ownershipNote: content.ownership?.note ?? '',
  contactName: contact.name,
  contactPhone: contact.phone,
  contactEmail: contact.email,
});

/** A new one begins with what the market knows of its owner. */
export const emptyListing = (known: {
  readonly district: string;
  readonly name: string;
  readonly email: string;
}): ListingValues => ({
  ...{ title: '', problemSolved: '', summary: '', gainText: '', gainUnit: '' },
  ...{ closestAlternative: '', trl: '', trlEvidence: '', rights: [], fieldCode: '' },
  ...{ industryCode: '', district: known.district, dealTypes: [], priceMode: '', priceFen: '' },
  ...{ owners: '', coOwners: '', ownershipNote: '' },
  ...{ contactName: known.name, contactPhone: '', contactEmail: known.email },
});
