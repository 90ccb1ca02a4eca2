import type { ListingContent } from '@jishi/contracts/market/listing';
import type {
  Criterion,
  CriterionName,
  NeedSketch,
  Verdict,
} from '@jishi/contracts/market/matching';
import { type Fen, parseFen } from '@jishi/contracts/money';
import type { LocalDate } from '@jishi/contracts/time';
import {
  dealTypeWords,
  fieldWords,
  industryWords,
  regionWords,
  trlWords,
  type Words,
  wanYuan,
} from './wording.ts';

/** Up to a tenth over the budget is near; from half over on there is nothing to talk about. */
const PRICE_NEAR_PERCENT = 110n;
const PRICE_HARD_PERCENT = 150n;
/** One level below the wanted readiness is near; two or more rule the result out. */
const TRL_NEAR_GAP = 1;

const LABELS: Readonly<Record<CriterionName, Words>> = {
  words: { zh: '技术内容', en: 'Subject' },
  field: { zh: '技术领域', en: 'Field' },
  industry: { zh: '服务行业', en: 'Industry' },
  district: { zh: '所在板块', en: 'District' },
  trl: { zh: '成熟度', en: 'Readiness' },
  price: { zh: '价格与预算', en: 'Price and budget' },
  'deal-type': { zh: '合作方式', en: 'Deal type' },
  deadline: { zh: '期限', en: 'Deadline' },
};

interface Sides {
  readonly need: Words | null;
  readonly result: Words | null;
}

const line = (
  criterion: CriterionName,
  sides: Sides,
  verdict: Verdict,
  more: { readonly note?: Words; readonly hard?: boolean } = {},
): Criterion => ({
  criterion,
  label: LABELS[criterion],
  ...sides,
  verdict,
  note: more.note ?? null,
  hard: more.hard ?? false,
});

/** Two or more phrases in common, or one of at least four characters, is about the same thing. */
const PHRASES_MET = 2;
const PHRASE_LENGTH_MET = 4;

export const wordsLine = (phrases: readonly string[]): Criterion => {
  const joined = phrases.join('、');
  const result = joined === '' ? null : { zh: joined, en: phrases.join(', ') };
  const met =
    phrases.length >= PHRASES_MET || phrases.some((p) => [...p].length >= PHRASE_LENGTH_MET);
  const verdict = met ? 'met' : phrases.length > 0 ? 'near' : 'missed';
  return line('words', { need: result, result }, verdict);
};

const equalLine = <Code>(
  criterion: 'field' | 'industry',
  wanted: Code | null,
  given: Code,
  words: (code: Code) => Words,
): Criterion => {
  const sides = { need: wanted === null ? null : words(wanted), result: words(given) };
  return line(criterion, sides, wanted === null ? 'unknown' : wanted === given ? 'met' : 'missed');
};

const isOfCity = (region: ListingContent['district']): boolean =>
  region !== 'outside' && region !== 'abroad';

const districtLine = (need: NeedSketch, result: ListingContent): Criterion => {
  const wanted = need.district;
  const sides = { need: wanted && regionWords(wanted), result: regionWords(result.district) };
  if (wanted === null) return line('district', sides, 'unknown');
  if (wanted === result.district) return line('district', sides, 'met');
  return line('district', sides, isOfCity(wanted) && isOfCity(result.district) ? 'near' : 'missed');
};

const trlLine = (need: NeedSketch, result: ListingContent): Criterion => {
  const wanted = need.trlWanted;
  const sides = { need: wanted === null ? null : trlWords(wanted), result: trlWords(result.trl) };
  if (wanted === null) return line('trl', sides, 'unknown');
  const gap = wanted - result.trl;
  if (gap <= 0) return line('trl', sides, 'met');
  const note = { zh: `低 ${gap} 级`, en: `${gap} level${gap === 1 ? '' : 's'} below` };
  if (gap <= TRL_NEAR_GAP) return line('trl', sides, 'near', { note });
  return line('trl', sides, 'missed', { note, hard: true });
};

const overBudget = (price: Fen, budget: Fen): Words => {
  const over = wanYuan(price - budget);
  return { zh: `超预算 ${over.zh}`, en: `${over.en} over the budget` };
};

const priceLine = (need: NeedSketch, { price }: ListingContent): Criterion => {
  const budget = need.budgetFen === null ? null : parseFen(need.budgetFen);
  const asked = price.mode === 'fixed' ? parseFen(price.priceFen) : null;
  const sides = {
    need: budget === null ? null : wanYuan(budget),
    result: asked === null ? { zh: '面议', en: 'negotiable' } : wanYuan(asked),
  };
  if (budget === null || asked === null) return line('price', sides, 'unknown');
  if (asked <= budget) return line('price', sides, 'met');
  const note = overBudget(asked, budget);
  if (asked * 100n <= budget * PRICE_NEAR_PERCENT) return line('price', sides, 'near', { note });
  const hard = asked * 100n > budget * PRICE_HARD_PERCENT;
  return line('price', sides, 'missed', { note, hard });
};

const dealTypeLine = (need: NeedSketch, result: ListingContent): Criterion => {
  const none = need.dealTypes.length === 0;
  const sides = {
    need: none ? null : dealTypeWords(need.dealTypes),
    result: dealTypeWords(result.dealTypes),
  };
  if (none) return line('deal-type', sides, 'unknown');
  const common = need.dealTypes.some((type) => result.dealTypes.includes(type));
  return common
    ? line('deal-type', sides, 'met')
    : line('deal-type', sides, 'missed', { hard: true });
};

/** A result names no date of delivery, so a deadline to come cannot be judged, only a past one. */
const deadlineLine = (need: NeedSketch, today: LocalDate): Criterion => {
  const { deadline } = need;
  const sides = { need: deadline === null ? null : { zh: deadline, en: deadline }, result: null };
  if (deadline === null || deadline >= today) return line('deadline', sides, 'unknown');
  const note = { zh: '需求期限已过', en: 'the deadline has passed' };
  return line('deadline', sides, 'missed', { note });
};

/** The lines that facts decide, without the words; always all of them, always in this order. */
export const factLines = (
  need: NeedSketch,
  result: ListingContent,
  today: LocalDate,
): readonly Criterion[] => [
  equalLine('field', need.fieldCode, result.fieldCode, fieldWords),
  equalLine('industry', need.industryCode, result.industryCode, industryWords),
  districtLine(need, result),
  trlLine(need, result),
  priceLine(need, result),
  dealTypeLine(need, result),
  deadlineLine(need, today),
];

export interface Tally {
  readonly met: number;
  readonly known: number;
  readonly hardMiss: boolean;
}

/** `met` of `known`; what one side does not say counts for neither. */
export const tally = (lines: readonly Criterion[]): Tally => ({
  met: lines.filter((l) => l.verdict === 'met').length,
  known: lines.filter((l) => l.verdict !== 'unknown').length,
  hardMiss: lines.some((l) => l.hard),
});

/** Hard misses below every other match, put aside below them; within each, the order of rank. */
export const inShownOrder = <T extends { readonly hardMiss: boolean; readonly rejected: unknown }>(
  ranked: readonly T[],
): T[] => {
  const place = (match: T): number => (match.rejected === null ? 0 : 2) + (match.hardMiss ? 1 : 0);
  return ranked
    .map((match, rank) => ({ match, rank }))
    .sort((a, b) => place(a.match) - place(b.match) || a.rank - b.rank)
    .map(({ match }) => match);
};
