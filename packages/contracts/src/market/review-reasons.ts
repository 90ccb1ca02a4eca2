import type { ReturnCode } from './listing.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What a reviewer says when a record goes back: a sentence that tells what would be right. */
export const RETURN_REASONS: Readonly<Record<ReturnCode, Words>> = {
  incomplete: {
    zh: '内容不全：写明解决的问题、实测效果和成熟度依据',
    en: 'Incomplete: state the problem, the measured gain and the evidence of readiness',
  },
  'not-a-technology': {
    zh: '不是技术成果或技术需求：产品销售、招聘、采购不在此发布',
    en: 'Not a technology: sales of goods, recruiting and purchasing are not published here',
  },
  'wrong-classification': {
    zh: '技术领域或服务行业选错：按内容改选',
    en: 'Wrong field or industry: choose by the content',
  },
  'rights-unproven': {
    zh: '权利依据不足：补专利号，或说明权利归属',
    en: 'Rights not shown: add the patent number or say who owns them',
  },
  exaggerated: {
    zh: '表述夸大：用实测数据代替“领先、首创”等说法',
    en: 'Overstated: give measured data instead of superlatives',
  },
  duplicate: {
    zh: '与已发布的记录重复：修改原记录或说明差别',
    en: 'A duplicate of a published record: change that one or say what differs',
  },
  'contact-in-text': {
    zh: '正文含联系方式：移到联系人一栏',
    en: 'Contact data in the text: move it to the contact',
  },
  'confidential-content': {
    zh: '含涉密或不宜公开的内容：删去后再提交',
    en: 'Confidential content: remove it before submitting again',
  },
  other: { zh: '其他，见说明', en: 'Other; see the note' },
};
