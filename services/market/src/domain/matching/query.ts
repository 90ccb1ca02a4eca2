import type { SearchText } from './document.ts';
import { termCounts } from './tokens.ts';

export interface QueryTerm {
  readonly term: string;
  readonly weight: number;
}

/** A long text says a word more often than it means it: 2c/(c+1) rises from 1 towards 2. */
const saturated = (count: number): number => (2 * count) / (count + 1);

/** A need's title says what is wanted, its text mostly where it comes from. */
const TEXT_WEIGHT = 0.25;

/**
 * The weighted terms of a record that looks for its counterpart: title × 1, text × 0.25 with
 * saturated term weights. A record without a title, and free words, weigh as saturated text.
 */
export const queryTerms = ({ title, text }: SearchText): QueryTerm[] => {
  const inTitle = termCounts(title);
  const inText = termCounts(text);
  const textWeight = inTitle.size === 0 ? 1 : TEXT_WEIGHT;
  const terms = new Set([...inTitle.keys(), ...inText.keys()]);
  return [...terms].map((term) => {
    const count = inText.get(term) ?? 0;
    return { term, weight: (inTitle.get(term) ?? 0) + textWeight * saturated(count) };
  });
};
