import { type Language, useWords } from './words.tsx';

/** A desk's own dictionary: the English one has the same keys as the Chinese one, by type. */
export interface AreaWords<Keys extends string> {
  readonly zh: Readonly<Record<Keys, string>>;
  readonly en: Readonly<Record<Keys, string>>;
}

/** The words of one desk in the reader's language; they are loaded with the desk's pages. */
export const useAreaWords = <Keys extends string>(
  words: AreaWords<Keys>,
): { readonly language: Language; readonly w: Readonly<Record<Keys, string>> } => {
  const { language } = useWords();
  return { language, w: words[language] };
};
