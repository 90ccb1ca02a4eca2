import type { FieldProblem } from '../problem.ts';
import type { ContactDraft, ListingDraft, NeedDraft } from './drafts.ts';
import { Contact, IntellectualProperty, ListingContent, NeedContent } from './listing.ts';
import { TEXT_LENGTH_MIN } from './quality.ts';

/** What a record says, as a draft: empty texts where nothing is said. */
export const draftOfListing = (content: ListingContent): ListingDraft => ({
  ...content,
  gain: content.gain ?? { text: '', unit: '' },
  intellectualProperty: content.intellectualProperty.map(({ kind, number }) => ({
    kind,
    number: number ?? '',
  })),
  price:
    content.price.mode === 'fixed'
      ? { mode: 'fixed', priceFen: content.price.priceFen }
      : { mode: 'negotiable', priceFen: null },
  ownership: content.ownership ?? null,
});

export const draftOfNeed = (content: NeedContent): NeedDraft => content;

export const draftOfContact = (contact: Contact | undefined): ContactDraft => ({
  name: contact?.name ?? '',
  phone: contact?.phone ?? '',
  email: contact?.email ?? '',
});

const gap = (field: string, zh: string, en: string): FieldProblem => ({
  field,
  rule: 'required-for-review',
  zh,
  en,
});

const TITLE = gap('title', '标题不少于 4 个字', 'A title of at least 4 characters');
const FIELD = gap('fieldCode', '请选技术领域', 'Choose the technology field');
const INDUSTRY = gap('industryCode', '请选服务行业', 'Choose the industry that it serves');
const DISTRICT = gap('district', '请选所在板块', 'Choose the district');
const DEAL = gap('dealTypes', '至少选一种合作方式', 'Choose at least one deal type');

const classificationGaps = (draft: ListingDraft | NeedDraft): FieldProblem[] => [
  ...(draft.fieldCode === null ? [FIELD] : []),
  ...(draft.industryCode === null ? [INDUSTRY] : []),
  ...(draft.district === null ? [DISTRICT] : []),
  ...(draft.dealTypes.length === 0 ? [DEAL] : []),
];

const textGap = (field: string, text: string, zh: string, en: string): FieldProblem[] =>
  text.length >= TEXT_LENGTH_MIN
    ? []
    : [
        gap(
          field,
          `${zh}：至少 ${TEXT_LENGTH_MIN} 个字`,
          `${en}: at least ${TEXT_LENGTH_MIN} characters`,
        ),
      ];

const contactOf = ({ name, phone, email }: ContactDraft) => ({
  name,
  phone: phone === '' ? null : phone,
  email: email === '' ? null : email,
});

const contactGaps = (contact: ContactDraft): FieldProblem[] => [
  ...(contact.name === '' ? [gap('contact.name', '请填写联系人', 'Name a contact')] : []),
  ...(contact.phone === '' && contact.email === ''
    ? [gap('contact.phone', '电话和邮箱至少填一项', 'Give a phone number or an e-mail')]
    : []),
  ...(contact.phone !== '' && contact.phone.length < 5
    ? [gap('contact.phone', '电话号码太短', 'The phone number is too short')]
    : []),
  ...(contact.email !== '' && !Contact.shape.email.safeParse(contact.email).success
    ? [gap('contact.email', '邮箱格式不对', 'Not an e-mail address')]
    : []),
];

const PATENT_KINDS: ReadonlySet<string> = new Set([
  'invention',
  'utility-model',
  'design',
  'application',
]);

const rightOf = ({ kind, number }: ListingDraft['intellectualProperty'][number]): unknown => ({
  kind,
  number: number === '' && !PATENT_KINDS.has(kind) ? null : number,
});

/** What is wrong with one number; undefined when nothing is. The page asks on leaving the field. */
export const rightProblem = (
  right: ListingDraft['intellectualProperty'][number],
): { readonly zh: string; readonly en: string } | undefined => {
  const parsed = IntellectualProperty.safeParse(rightOf(right));
  if (parsed.success) return undefined;
  const kind = parsed.error.issues.some((issue) => issue.message === 'patent-kind');
  return kind
    ? {
        zh: '号码与权利种类不符：已授权的专利带 ZL 且类型一致，申请不带 ZL',
        en: 'The number is of another kind of right: a granted patent bears ZL, an application not',
      }
    : {
        zh: '专利号或申请号有误：位数、类型或校验位不对',
        en: 'Not a valid patent or application number: form, type or check digit is wrong',
      };
};

const rightGaps = (draft: ListingDraft): FieldProblem[] =>
  draft.intellectualProperty.flatMap((right, i) => {
    const problem = rightProblem(right);
    return problem ? [gap(`intellectualProperty.${i}.number`, problem.zh, problem.en)] : [];
  });

const priceGaps = ({ price }: ListingDraft): FieldProblem[] => {
  if (price.mode === null) return [gap('price', '请选定价方式', 'Choose how it is priced')];
  const missing = price.mode === 'fixed' && price.priceFen === null;
  return missing ? [gap('price', '请填写价格', 'State the price')] : [];
};

/** A measure says nothing without its unit, nor a unit without its measure. */
const gainGaps = ({ gain }: ListingDraft): FieldProblem[] => {
  if ((gain.text === '') === (gain.unit === '')) return [];
  return [gap('gain', '效果与单位要一起填', 'State the gain together with its unit')];
};

/** Everything that a review needs and that is missing or wrong, in the order of the form. */
export const listingGaps = (draft: ListingDraft, contact: ContactDraft): FieldProblem[] => [
  ...(draft.title.length < 4 ? [TITLE] : []),
  ...textGap('problemSolved', draft.problemSolved, '解决什么问题', 'Which problem it solves'),
  ...textGap('summary', draft.summary, '成果说明', 'A summary'),
  ...gainGaps(draft),
  ...(draft.trl === null ? [gap('trl', '请选成熟度', 'Choose the readiness level')] : []),
  ...rightGaps(draft),
  ...classificationGaps(draft),
  ...priceGaps(draft),
  ...contactGaps(contact),
];

export const needGaps = (draft: NeedDraft, contact: ContactDraft): FieldProblem[] => [
  ...(draft.title.length < 4 ? [TITLE] : []),
  ...textGap('text', draft.text, '需求说明', 'What is needed'),
  ...classificationGaps(draft),
  ...contactGaps(contact),
];

/** The record that a draft without gaps says; call it when there are none. */
export const listingOfDraft = (draft: ListingDraft): ListingContent => {
  const { gain, price, ownership, venue, ...rest } = draft;
  return ListingContent.parse({
    ...rest,
    gain: gain.text !== '' && gain.unit !== '' ? gain : null,
    price: price.mode === 'fixed' ? price : { mode: price.mode },
    intellectualProperty: draft.intellectualProperty.map(rightOf),
    venue: venue === '' ? null : venue,
    ...(ownership === null ? {} : { ownership }),
  });
};

export const needOfDraft = (draft: NeedDraft): NeedContent => NeedContent.parse(draft);

export const contactOfDraft = (contact: ContactDraft): Contact => Contact.parse(contactOf(contact));
