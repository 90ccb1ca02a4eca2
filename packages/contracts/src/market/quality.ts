import type { ListingDraft, NeedDraft } from './drafts.ts';
import type { Quality } from './listing.ts';

/** One thing that a good record says; points sum to 100 over a record's criteria. */
export interface QualityCriterion<Draft> {
  readonly field: string;
  readonly points: number;
  readonly zh: string;
  readonly en: string;
  readonly met: (draft: Draft) => boolean;
}

/** Pure, so that a page scores while somebody types and the server says the same. */
const assess = <Draft>(draft: Draft, criteria: readonly QualityCriterion<Draft>[]): Quality => ({
  score: criteria.reduce((sum, c) => sum + (c.met(draft) ? c.points : 0), 0),
  missing: criteria
    .filter((c) => !c.met(draft))
    .map(({ field, points, zh, en }) => ({ field, points, zh, en })),
});

/** Characters, not bytes: below these a text says too little to be matched. */
export const TEXT_LENGTH_MIN = 10;
const SUMMARY_LENGTH_GOOD = 100;

/** Our own weights (ASSUMPTION): what a buyer asks first weighs most. */
export const LISTING_CRITERIA: readonly QualityCriterion<ListingDraft>[] = [
  {
    field: 'problemSolved',
    points: 15,
    zh: '解决什么问题',
    en: 'Which problem it solves',
    met: (d) => d.problemSolved.length >= TEXT_LENGTH_MIN,
  },
  {
    field: 'summary',
    points: 18,
    zh: `成果说明（不少于 ${SUMMARY_LENGTH_GOOD} 字）`,
    en: `A summary of at least ${SUMMARY_LENGTH_GOOD} characters`,
    met: (d) => d.summary.length >= SUMMARY_LENGTH_GOOD,
  },
  {
    field: 'gain',
    points: 15,
    zh: '实测效果与单位',
    en: 'A measured gain with its unit',
    met: (d) => d.gain.text !== '' && d.gain.unit !== '',
  },
  {
    field: 'closestAlternative',
    points: 8,
    zh: '最接近的替代方案',
    en: 'The closest alternative',
    met: (d) => d.closestAlternative !== '',
  },
  {
    field: 'trlEvidence',
    points: 14,
    zh: '成熟度依据',
    en: 'Evidence of the readiness level',
    met: (d) => d.trl !== null && d.trlEvidence !== '',
  },
  {
    field: 'intellectualProperty',
    points: 15,
    zh: '知识产权',
    en: 'Intellectual property',
    met: (d) => d.intellectualProperty.length > 0,
  },
  {
    field: 'price',
    points: 10,
    zh: '明确价格',
    en: 'A stated price',
    met: (d) => d.price.mode === 'fixed' && d.price.priceFen !== null,
  },
  {
    field: 'ownership',
    points: 5,
    zh: '权利归属',
    en: 'Who owns the rights',
    met: (d) => d.ownership !== null,
  },
];

export const listingQuality = (draft: ListingDraft): Quality => assess(draft, LISTING_CRITERIA);

const NEED_TEXT_LENGTH_GOOD = 80;

/** Our own weights (ASSUMPTION). A number with its limit tells more than a page of background. */
export const NEED_CRITERIA: readonly QualityCriterion<NeedDraft>[] = [
  {
    field: 'text',
    points: 40,
    zh: `需求说明（不少于 ${NEED_TEXT_LENGTH_GOOD} 字）`,
    en: `A text of at least ${NEED_TEXT_LENGTH_GOOD} characters`,
    met: (d) => d.text.length >= NEED_TEXT_LENGTH_GOOD,
  },
  {
    field: 'text.figure',
    points: 20,
    zh: '可检验的指标(数值)',
    en: 'A figure that can be tested',
    met: (d) => /\d/.test(d.text),
  },
  {
    field: 'budgetFen',
    points: 20,
    zh: '预算',
    en: 'A budget',
    met: (d) => d.budgetFen !== null,
  },
  {
    field: 'trlWanted',
    points: 10,
    zh: '所需成熟度',
    en: 'The readiness level wanted',
    met: (d) => d.trlWanted !== null,
  },
  {
    field: 'deadline',
    points: 10,
    zh: '期限',
    en: 'A deadline',
    met: (d) => d.deadline !== null,
  },
];

export const needQuality = (draft: NeedDraft): Quality => assess(draft, NEED_CRITERIA);
