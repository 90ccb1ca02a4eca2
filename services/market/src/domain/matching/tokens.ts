import { stem } from './stem.ts';

/** A piece of text that is indexed, and where it stands in the text as it was given. */
export interface Token {
  readonly term: string;
  /** UTF-16 offsets into the normalised text, half-open; for marking what matched. */
  readonly start: number;
  readonly end: number;
}

/** English function words: they tell nothing and are in every abstract. */
const FUNCTION_WORDS = new Set(
  (
    'a about all also an and any are as at be been between but by can could did do does each for ' +
    'from had has have how if in into is it its may more most no not of on only or other our so ' +
    'some such than that the their them then there these they this those to up very was we were ' +
    'what when where which who why will with would you your'
  ).split(' '),
);

/** A run of Han characters, or a run of other letters and digits; the rest separates. */
const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const HAN = /^\p{Script=Han}/u;
/** Longer runs are encodings or noise, not words. */
const WORD_LENGTH_MAX = 64;

/** The form in which texts are compared: compatibility forms folded (full-width, ligatures). */
export const normalised = (text: string): string => text.normalize('NFKC');

const hanTokens = (run: string, start: number): Token[] => {
  const tokens: Token[] = [];
  let at = start;
  let previous: { character: string; start: number } | undefined;
  for (const character of run) {
    const end = at + character.length;
    if (previous) tokens.push({ term: previous.character + character, start: previous.start, end });
    tokens.push({ term: character, start: at, end });
    previous = { character, start: at };
    at = end;
  }
  return tokens;
};

const wordToken = (run: string, start: number): Token[] => {
  const word = run.toLowerCase();
  if (FUNCTION_WORDS.has(word) || word.length > WORD_LENGTH_MAX) return [];
  return [{ term: stem(word), start, end: start + run.length }];
};

/**
 * Cuts a normalised text into terms. Han runs give every single character and every pair of
 * neighbours (a word segmenter alone finds less: technical words are not in its dictionary);
 * other words are lower-cased and lightly stemmed. Blanks and signs separate, so a pair never
 * spans them.
 */
export const tokensOf = (text: string): Token[] =>
  [...text.matchAll(RUN)].flatMap((match) =>
    HAN.test(match[0]) ? hanTokens(match[0], match.index) : wordToken(match[0], match.index),
  );

/** How often each term occurs in a text, in order of first appearance. */
export const termCounts = (text: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { term } of tokensOf(normalised(text))) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
};
