import type { NeedContent, Quality } from '@jishi/contracts/market/listing';
import { assess, type Criterion, TEXT_LENGTH_MIN } from '../listing/quality.ts';

const TEXT_LENGTH_GOOD = 80;

/** Our own weights (ASSUMPTION). A number with its limit tells more than a page of background. */
export const NEED_CRITERIA: readonly Criterion<NeedContent>[] = [
  {
    field: 'text',
    points: 40,
    zh: `需求说明(不少于 ${TEXT_LENGTH_GOOD} 字)`,
    en: `A text of at least ${TEXT_LENGTH_GOOD} characters`,
    met: (c) => c.text.length >= TEXT_LENGTH_GOOD,
  },
  {
    field: 'text.figure',
    points: 20,
    zh: '可检验的指标(数值)',
    en: 'A figure that can be tested',
    met: (c) => /\d/.test(c.text),
  },
  {
    field: 'budgetFen',
    points: 20,
    zh: '预算',
    en: 'A budget',
    met: (c) => c.budgetFen !== null,
  },
  {
    field: 'trlWanted',
    points: 10,
    zh: '所需成熟度',
    en: 'The readiness level wanted',
    met: (c) => c.trlWanted !== null,
  },
  {
    field: 'deadline',
    points: 10,
    zh: '期限',
    en: 'A deadline',
    met: (c) => c.deadline !== null,
  },
];

export const needQuality = (content: NeedContent): Quality => assess(content, NEED_CRITERIA);

export const needRequired = (content: NeedContent): string[] =>
  content.text.length < TEXT_LENGTH_MIN ? ['text'] : [];
