import type { ListingContent } from '@jishi/contracts/market/listing';
import type { Hint, NeedSketch } from '@jishi/contracts/market/matching';
import { fieldWords } from './wording.ts';

/** Below this a need's text says too little for words to find much. */
const TEXT_LENGTH_GOOD = 40;

/** How many results a fact would set apart: all but those of the commonest value. */
const setApart = (values: readonly string[]): number => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return values.length - Math.max(0, ...counts.values());
};

interface Candidate {
  readonly missing: boolean;
  readonly use: number;
  readonly hint: Hint;
}

const trlCandidate = (need: NeedSketch, results: readonly ListingContent[]): Candidate => {
  const levels = results.map((r) => r.trl);
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  return {
    missing: need.trlWanted === null,
    use: setApart(levels.map(String)),
    hint: {
      field: 'trlWanted',
      zh: `写明最低成熟度:现有 ${levels.length} 项成果为 TRL ${low} 至 ${high}`,
      en: `Name the lowest readiness: the ${levels.length} results run from TRL ${low} to ${high}`,
    },
  };
};

const budgetCandidate = (need: NeedSketch, results: readonly ListingContent[]): Candidate => {
  const prices = results.flatMap((r) => (r.price.mode === 'fixed' ? [r.price.priceFen] : []));
  return {
    missing: need.budgetFen === null,
    use: setApart(prices),
    hint: {
      field: 'budgetFen',
      zh: `写明预算:${prices.length} 项成果有标价,可判断是否超出`,
      en: `Name a budget: ${prices.length} results have a price to compare with`,
    },
  };
};

const fieldCandidate = (need: NeedSketch, results: readonly ListingContent[]): Candidate => {
  const fields = [...new Set(results.map((r) => r.fieldCode))];
  const named = fields.slice(0, 3).map(fieldWords);
  return {
    missing: need.fieldCode === null,
    use: setApart(results.map((r) => r.fieldCode)),
    hint: {
      field: 'fieldCode',
      zh: `选定技术领域:成果分属 ${named.map((w) => w.zh).join('、')} 等`,
      en: `Choose the field: results are of ${named.map((w) => w.en).join(', ')}`,
    },
  };
};

const dealTypeCandidate = (need: NeedSketch, results: readonly ListingContent[]): Candidate => ({
  missing: need.dealTypes.length === 0,
  use: setApart(results.map((r) => [...r.dealTypes].sort().join())),
  hint: {
    field: 'dealTypes',
    zh: '写明合作方式:转让、许可或合作开发,可排除谈不拢的成果',
    en: 'Name the deal wanted: transfer, licence or joint development rules out what cannot be had',
  },
});

/**
 * The one missing fact of a need that would set most of its results apart; with a text that is
 * too short, the text. Null when everything that would help is said. Ties go to readiness, then
 * budget, field, deal type.
 */
export const hintFor = (need: NeedSketch, results: readonly ListingContent[]): Hint | null => {
  if ([...need.text].length < TEXT_LENGTH_GOOD) {
    return {
      field: 'text',
      zh: '再写一两句:要解决什么问题、在什么条件下、达到什么指标',
      en: 'Write a sentence or two: which problem, under which conditions, to which measure',
    };
  }
  if (results.length === 0) return null;
  const [best] = [trlCandidate, budgetCandidate, fieldCandidate, dealTypeCandidate]
    .map((candidate) => candidate(need, results))
    .filter(({ missing, use }) => missing && use > 0)
    .sort((a, b) => b.use - a.use);
  return best?.hint ?? null;
};
