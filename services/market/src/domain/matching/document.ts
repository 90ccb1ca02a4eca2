import { termCounts } from './tokens.ts';

/** What is searched: results by needs, needs by results, and both by free words. */
export type DocumentKind = 'listing' | 'need';

export interface SearchText {
  readonly title: string;
  readonly text: string;
}

/** One term of one document with its frequency in each of the two fields. */
export interface Posting {
  readonly term: string;
  readonly inTitle: number;
  readonly inText: number;
}

export interface IndexedText {
  /** Field lengths in terms, pairs included. */
  readonly titleLength: number;
  readonly textLength: number;
  readonly postings: readonly Posting[];
}

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** What the index keeps of a text. Postings are sorted by term: writers lock in one order. */
export const indexedText = ({ title, text }: SearchText): IndexedText => {
  const inTitle = termCounts(title);
  const inText = termCounts(text);
  const terms = [...new Set([...inTitle.keys(), ...inText.keys()])].sort();
  return {
    titleLength: total(inTitle),
    textLength: total(inText),
    postings: terms.map((term) => ({
      term,
      inTitle: inTitle.get(term) ?? 0,
      inText: inText.get(term) ?? 0,
    })),
  };
};
