import { normalised, tokensOf } from './tokens.ts';

/** How telling a term is: its inverse document frequency; 0 where most records say it. */
export type Telling = (term: string) => number;

export interface PhraseFields {
  readonly [field: string]: string;
}

const PHRASES_SHOWN_MAX = 6;
/** The trade's own words: in a small collection their frequency does not give them away. */
const TRADE_WORDS = new Set(
  (
    '技术 研究 系统 方法 应用 开发 研发 产品 设备 装置 工艺 生产 需求 解决 问题 提高 实现 进行 ' +
    '要求 采用 具有 一种 目前 公司 企业 项目 性能 能力 条件 使用 可以 需要 现有 相关 主要 方案 ' +
    '以上 以下 以内 左右 大于 小于 高于 低于 不低 不高 不超 超过 不少 达到 降低 提升 预算 万元'
  ).split(' '),
);

interface Found {
  readonly phrase: string;
  readonly score: number;
}

const isHan = (term: string): boolean => /^\p{Script=Han}/u.test(term);

/** Pairs and words of a text; single characters explain nothing. */
const speakingTerms = (text: string): string[] =>
  tokensOf(text)
    .map((token) => token.term)
    .filter((term) => !isHan(term) || [...term].length > 1);

/** Every pair and word of what is asked: the terms whose frequency `Telling` must know. */
export const tellingTerms = (asked: PhraseFields): string[] => [
  ...new Set(Object.values(asked).flatMap((text) => speakingTerms(normalised(text)))),
];

/** From each place on, the longest stretch of a Han run that the other side says too. */
const commonStretches = (run: string, other: string): string[] => {
  const characters = [...run];
  const stretches: string[] = [];
  for (let at = 0; at + 1 < characters.length; ) {
    let end = at + 1;
    while (end < characters.length && other.includes(characters.slice(at, end + 1).join(''))) end++;
    if (end - at > 1) stretches.push(characters.slice(at, end).join(''));
    at = end - at > 1 ? end : at + 1;
  }
  return stretches;
};

const commonWords = (asked: string, otherStems: ReadonlySet<string>): string[] =>
  tokensOf(asked)
    .filter(({ term }) => !isHan(term) && otherStems.has(term))
    .map(({ start, end }) => asked.slice(start, end));

const scoreOf = (phrase: string, telling: Telling): number => {
  const terms = speakingTerms(phrase);
  return terms.reduce((sum, term) => sum + (TRADE_WORDS.has(term) ? 0 : telling(term)), 0);
};

/**
 * The phrases that both sides say, the longest and most telling first, at most six. A phrase
 * within a longer one is left out.
 */
export const commonPhrases = (
  asked: PhraseFields,
  found: PhraseFields,
  telling: Telling,
): string[] => {
  const other = normalised(Object.values(found).join('\n'));
  const stems = new Set(speakingTerms(other).filter((term) => !isHan(term)));
  const texts = Object.values(asked).map(normalised);
  const phrases = new Set(
    texts.flatMap((text) => [
      ...(text.match(/\p{Script=Han}+/gu) ?? []).flatMap((run) => commonStretches(run, other)),
      ...commonWords(text, stems),
    ]),
  );
  const scored: Found[] = [...phrases]
    .map((phrase) => ({ phrase, score: scoreOf(phrase, telling) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.phrase < b.phrase ? -1 : 1));
  const kept: string[] = [];
  for (const { phrase } of scored) {
    if (kept.length === PHRASES_SHOWN_MAX) break;
    if (!kept.some((longer) => longer.toLowerCase().includes(phrase.toLowerCase()))) {
      kept.push(phrase);
    }
  }
  return kept;
};
