import type { FieldCode, IndustryCode, Region } from '@jishi/contracts/codes';
import type { ContactDraft, NeedDraft } from '@jishi/contracts/market/drafts';
import type { DealType } from '@jishi/contracts/market/listing';
import type { ListingMatch } from '@jishi/contracts/market/matching';
import { readNeed } from '@jishi/contracts/market/need-reading';

/** A need as the form holds it: every control a text, '' for nothing. */
export interface NeedValues {
  title: string;
  text: string;
  fieldCode: string;
  industryCode: string;
  district: string;
  trlWanted: string;
  budgetFen: string;
  dealTypes: DealType[];
  deadline: string;
  contactName: string;
  contactPhone: string;
  contactEmail: string;
}

export interface NeedBody {
  readonly content: NeedDraft;
  readonly contact: ContactDraft;
}

const codeOr = <Code extends string>(text: string): Code | null =>
  text === '' ? null : (text as Code);

export const bodyOfNeed = (values: NeedValues): NeedBody => ({
  content: {
    title: values.title.trim(),
    text: values.text.trim(),
    fieldCode: codeOr<FieldCode>(values.fieldCode),
    industryCode: codeOr<IndustryCode>(values.industryCode),
    district: codeOr<Region>(values.district),
    trlWanted: values.trlWanted === '' ? null : Number(values.trlWanted),
    budgetFen: /^\d{1,18}$/.test(values.budgetFen) ? values.budgetFen : null,
    dealTypes: [...values.dealTypes],
    deadline: /^\d{4}-\d{2}-\d{2}$/.test(values.deadline) ? values.deadline : null,
  },
  contact: {
    name: values.contactName.trim(),
    phone: values.contactPhone.trim(),
    email: values.contactEmail.trim(),
  },
});

export const valuesOfNeed = ({ content, contact }: NeedBody): NeedValues => ({
  title: content.title,
  text: content.text,
  fieldCode: content.fieldCode ?? '',
  industryCode: content.industryCode ?? '',
  district: content.district ?? '',
  trlWanted: content.trlWanted === null ? '' : String(content.trlWanted),
  budgetFen: content.budgetFen ?? '',
  dealTypes: [...content.dealTypes],
  deadline: content.deadline ?? '',
  contactName: contact.name,
  contactPhone: contact.phone,
  contactEmail: contact.email,
});

export const emptyNeed = (known: {
  readonly district: string;
  readonly name: string;
  readonly email: string;
}): NeedValues => ({
  ...{ title: '', text: '', fieldCode: '', industryCode: '', district: known.district },
  ...{ trlWanted: '', budgetFen: '', dealTypes: [], deadline: '' },
  ...{ contactName: known.name, contactPhone: '', contactEmail: known.email },
});

export type ReadField =
  | 'title'
  | 'fieldCode'
  | 'industryCode'
  | 'trlWanted'
  | 'budgetFen'
  | 'dealTypes'
  | 'deadline';

const TITLE_LENGTH_MAX = 30;

/** A title out of the first sentence, until somebody writes a better one. */
export const titleOf = (text: string): string => {
  const sentence = text.trim().split(/[。！？!?\n]|\.\s/)[0] ?? '';
  const wanted = /(?:需要|寻找|急需|想要|求购|need|looking for)\s*(.+)$/i.exec(sentence)?.[1];
  const title = (wanted ?? sentence).trim();
  return title.length <= TITLE_LENGTH_MAX ? title : title.slice(0, TITLE_LENGTH_MAX);
};

/** What the words say of each field; '' or nothing where they say nothing. */
export const readFrom = (
  text: string,
  today: string,
): Pick<NeedValues, 'title' | 'trlWanted' | 'budgetFen' | 'dealTypes' | 'deadline'> => {
  const { trlWanted, budgetFen, dealTypes, deadline } = readNeed(text, today);
  return {
    title: titleOf(text),
    trlWanted: trlWanted === null ? '' : String(trlWanted),
    budgetFen: budgetFen ?? '',
    dealTypes: [...dealTypes],
    deadline: deadline ?? '',
  };
};

const BEST_LOOKED_AT = 5;

const commonest = (codes: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [code, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  return count > 1 && count * 2 > codes.length ? code : '';
};

/** The classification that most of the best matches have; none when they disagree. */
export const classifiedBy = (
  matches: readonly ListingMatch[],
): Pick<NeedValues, 'fieldCode' | 'industryCode'> => {
  const best = matches
    .filter((match) => match.criteria[0]?.verdict === 'met')
    .slice(0, BEST_LOOKED_AT)
    .map((match) => match.listing.content);
  return {
    fieldCode: commonest(best.map((content) => content.fieldCode)),
    industryCode: commonest(best.map((content) => content.industryCode)),
  };
};
