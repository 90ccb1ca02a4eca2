import { createContext, type ReactNode, use, useContext, useEffect } from 'react';
import { type Words, zh } from './zh.ts';

export type Language = 'zh' | 'en';

/** English is read when it is asked for: most visitors never load it. */
let english: Promise<Words> | undefined;
/** The same once it is there: nobody waits for it then. */
let englishNow: Words | undefined;
export const loadEnglish = (): Promise<Words> => {
  english ??= import('./en.ts').then(
    ({ en }) => {
      englishNow = en;
      return en;
    },
    (error: unknown) => {
      // Asked for again by whoever asks next.
      english = undefined;
      throw error;
    },
  );
  return english;
};

/** Puts values into the `{gaps}` of a text; a gap without a value stays, so that tests see it. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));

/** Chinese unless the address says English. */
export const languageOf = (search: string): Language =>
  new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'zh';

interface Spoken {
  readonly language: Language;
  readonly t: Words;
}

const SpokenContext = createContext<Spoken>({ language: 'zh', t: zh });

/** Waits for English in the Suspense around it. */
export const WordsProvider = (props: { language: Language; children: ReactNode }) => {
  const { language, children } = props;
  const t = language === 'zh' ? zh : (englishNow ?? use(loadEnglish()));
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  return <SpokenContext.Provider value={{ language, t }}>{children}</SpokenContext.Provider>;
};

export const useWords = (): Spoken => useContext(SpokenContext);
