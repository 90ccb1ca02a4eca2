import type { Region } from '@jishi/contracts/codes';
import type { CellProblem, ImportTarget } from '@jishi/contracts/market/import';
import { Contact, ListingContent } from '@jishi/contracts/market/listing';
import { TEXT_LENGTH_MIN } from '@jishi/contracts/market/quality';
import { bad, good, plainText, type Reading } from './cell.ts';
import { readEach } from './code-list.ts';
import { dealTypes, fields, readIndustry, readRegion, readTrl } from './code-lists.ts';
import { readRights } from './identifiers.ts';
import { lengthWithin, type RowReader, type RowSource, rowReader } from './row-reader.ts';

export interface ListingRow {
  readonly content: ListingContent;
  readonly contact: Contact;
}

export interface ListingContext {
  readonly target: ImportTarget;
  readonly district: Region;
  /** Of the person who imports, for rows that name none. */
  readonly contact: { readonly name: string; readonly email: string | null };
}

export type RowReading<Value> =
  | { readonly value: Value; readonly problems: readonly [] }
  | { readonly value: undefined; readonly problems: readonly CellProblem[] };

const NEGOTIABLE = /^(面议|协商|议价|协议定价|negotiable)$/i;

const readPrice = (reader: RowReader): ListingContent['price'] | undefined => {
  if (!reader.isGiven('price')) return { mode: 'negotiable' };
  const isOpen = (text: string): boolean => NEGOTIABLE.test(plainText(text));
  const open = reader.take('price', ({ text }) => good(isOpen(text)));
  if (open !== false) return open ? { mode: 'negotiable' } : undefined;
  const priceFen = reader.amount('price');
  return priceFen === undefined ? undefined : { mode: 'fixed', priceFen };
};

const readGain = (reader: RowReader): ListingContent['gain'] => {
  const text = reader.text('gainText') ?? '';
  const unit = reader.text('gainUnit') ?? '';
  if (text === '' && unit === '') return null;
  if (unit === '') {
    reader.report(
      'gainUnit',
      bad('gain-unit', '写了实测效果,还需写明单位', 'A measured gain needs its unit').trouble,
    );
  }
  if (text === '') {
    reader.report(
      'gainText',
      bad('gain-text', '只有单位,没有实测效果', 'There is a unit without a gain').trouble,
    );
  }
  lengthWithin(reader, 'gainText', text, { min: 0, max: 500 });
  lengthWithin(reader, 'gainUnit', unit, { min: 0, max: 40 });
  return { text, unit };
};

const EMAIL = Contact.shape.email.unwrap();
const readEmail = (text: string): Reading<string> =>
  EMAIL.safeParse(text.trim()).success
    ? good(text.trim())
    : bad('email', '不是有效的邮箱地址', 'Not a valid e-mail address');

const PHONE = /^[\d+()\-\s,;/转]{5,40}$/;
const readPhone = (text: string): Reading<string> =>
  PHONE.test(text.trim())
    ? good(text.trim())
    : bad('phone', '不是有效的电话号码', 'Not a valid telephone number');

/** A row without a contact of its own is answered by whoever imports it. */
const readContact = (reader: RowReader, fallback: ListingContext['contact']): Contact => {
  const name = reader.text('contactName');
  const phone = reader.by('contactPhone', readPhone) ?? null;
  const email = reader.by('contactEmail', readEmail) ?? null;
  lengthWithin(reader, 'contactName', name, { min: 1, max: 100 });
  const reached = phone !== null || email !== null;
  return { name: name ?? fallback.name, phone, email: reached ? email : fallback.email };
};

/** Without these two a review has nothing to look at; a draft may still lack them. */
const readForReview = (reader: RowReader, key: string, target: ImportTarget, max: number) => {
  const text = reader.text(key) ?? '';
  const min = target === 'submitted' ? TEXT_LENGTH_MIN : 0;
  lengthWithin(reader, key, text, { min, max });
  return text;
};

const optional = (reader: RowReader, key: string, max: number): string => {
  const text = reader.text(key) ?? '';
  lengthWithin(reader, key, text, { min: 0, max });
  return text;
};

/** A row of a sheet of results as the content of a listing, or every reason why it is none. */
export const readListingRow = (
  source: RowSource,
  context: ListingContext,
): RowReading<ListingRow> => {
  const reader = rowReader(source);
  const title = reader.text('title');
  lengthWithin(reader, 'title', title, { min: 4, max: 100 });
  const venue = optional(reader, 'venue', 100);
  const content = {
    title,
    problemSolved: readForReview(reader, 'problemSolved', context.target, 4_000),
    summary: readForReview(reader, 'summary', context.target, 20_000),
    gain: readGain(reader),
    closestAlternative: optional(reader, 'closestAlternative', 2_000),
    trl: reader.by('trl', readTrl),
    trlEvidence: optional(reader, 'trlEvidence', 2_000),
    intellectualProperty: reader.by('rights', readRights) ?? [],
    fieldCode: reader.by('fieldCode', fields.read),
    industryCode: reader.by('industryCode', readIndustry),
    district: reader.by('district', readRegion) ?? context.district,
    dealTypes: reader.by('dealTypes', (text) => readEach(dealTypes, text)),
    price: readPrice(reader),
    venue: venue === '' ? null : venue,
  };
  const contact = readContact(reader, context.contact);
  if (reader.problems.length > 0) return { value: undefined, problems: reader.problems };
  const parsed = ListingContent.safeParse(content);
  if (parsed.success) return { value: { content: parsed.data, contact }, problems: [] };
  const [issue] = parsed.error.issues;
  reader.report(
    issue?.path[0] === 'intellectualProperty' ? 'rights' : 'title',
    bad('record', '此行不能成为一项成果', `Not a listing: ${issue?.message ?? ''}`).trouble,
  );
  return { value: undefined, problems: reader.problems };
};

/** By which two listings of one organisation count as the same: the title, however it is set. */
export const listingKey = ({ content }: ListingRow): string =>
  plainText(content.title)
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]/gu, '');
