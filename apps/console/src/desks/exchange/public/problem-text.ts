import page from '../../../../../../docs/problems.md?raw';

/** The paragraphs of one section of the one page of problems: Chinese first, then English. */
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section): [string, readonly string[]] => {
      const [name = '', ...lines] = section.split('\n');
      const paragraphs = lines.join('\n').split(/\n\s*\n/);
      const texts = paragraphs.map((text) => text.trim().replaceAll('\n', ' ').replaceAll('`', ''));
      return [name.trim(), texts.filter(Boolean)];
    }),
);

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

export const problemParagraphs = (type: string, language: 'zh' | 'en'): readonly string[] =>
  (sections.get(type) ?? []).filter((text) => isChinese(text) === (language === 'zh'));
