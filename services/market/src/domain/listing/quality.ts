import type { ListingContent, Quality } from '@jishi/contracts/market/listing';

/** One thing that a good record says; points sum to 100 over a record's criteria. */
export interface Criterion<Content> {
  readonly field: string;
  readonly points: number;
  readonly zh: string;
  readonly en: string;
  readonly met: (content: Content) => boolean;
}

export const assess = <Content>(
  content: Content,
  criteria: readonly Criterion<Content>[],
): Quality => ({
  score: criteria.reduce((sum, c) => sum + (c.met(content) ? c.points : 0), 0),
  missing: criteria.filter((c) => !c.met(content)).map(({ field, zh, en }) => ({ field, zh, en })),
});

/** Characters, not bytes: below these a text says too little to be matched. */
export const TEXT_LENGTH_MIN = 10;
const SUMMARY_LENGTH_GOOD = 100;

/** Our own weights (ASSUMPTION): what a buyer asks first weighs most. */
export const LISTING_CRITERIA: readonly Criterion<ListingContent>[] = [
  {
    field: 'problemSolved',
    points: 15,
    zh: '解决什么问题',
    en: 'Which problem it solves',
    met: (c) => c.problemSolved.length >= TEXT_LENGTH_MIN,
  },
  {
    field: 'summary',
    points: 20,
    zh: `成果说明(不少于 ${SUMMARY_LENGTH_GOOD} 字)`,
    en: `A summary of at least ${SUMMARY_LENGTH_GOOD} characters`,
    met: (c) => c.summary.length >= SUMMARY_LENGTH_GOOD,
  },
  {
    field: 'gain',
    points: 15,
    zh: '实测效果与单位',
    en: 'A measured gain with its unit',
    met: (c) => c.gain !== null,
  },
  {
    field: 'closestAlternative',
    points: 10,
    zh: '最接近的现有方案',
    en: 'The closest alternative',
    met: (c) => c.closestAlternative !== '',
  },
  {
    field: 'trlEvidence',
    points: 15,
    zh: '成熟度依据',
    en: 'Evidence of the readiness level',
    met: (c) => c.trlEvidence !== '',
  },
  {
    field: 'intellectualProperty',
    points: 15,
    zh: '知识产权',
    en: 'Intellectual property',
    met: (c) => c.intellectualProperty.length > 0,
  },
  {
    field: 'price',
    points: 10,
    zh: '明确价格',
    en: 'A stated price',
    met: (c) => c.price.mode === 'fixed',
  },
];

export const listingQuality = (content: ListingContent): Quality =>
  assess(content, LISTING_CRITERIA);

/** Fields without which a review has nothing to look at. */
export const listingRequired = (content: ListingContent): string[] =>
  (['problemSolved', 'summary'] as const).filter((f) => content[f].length < TEXT_LENGTH_MIN);
