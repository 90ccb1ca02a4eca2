import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';

export type Language = 'zh' | 'en';

export const DICTIONARIES: Readonly<Record<Language, Words>> = { zh, en };

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

export const WordsProvider = (props: { language: Language; children: ReactNode }) => {
  const { language, children } = props;
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  return (
    <SpokenContext.Provider value={{ language, t: DICTIONARIES[language] }}>
      {children}
    </SpokenContext.Provider>
  );
};

export const useWords = (): Spoken => useContext(SpokenContext);
