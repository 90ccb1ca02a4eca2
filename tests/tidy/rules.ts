/** A file of the project as the rules see it: its path from the root and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

const FILE_LINES_MAX = 250;
const LINE_LENGTH_MAX = 100;
/** Full stops of Chinese text count as what they are on the screen: two columns. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/gu;

const isTypeScript = (path: string): boolean => /\.(ts|tsx|mts|mjs|cjs)$/.test(path);
/** Code lists and the words of the console are tables: long by nature, read by looking up. */
const isTable = (path: string): boolean =>
  /(^|\/)(locales|words|migrations|fixtures|reference|data)\//.test(path);

const lines = (text: string): string[] => text.replace(/\n$/, '').split('\n');

type Rule = (file: SourceFile) => Finding[];

/** Finds every line on which a pattern stands. */
const forbid =
  (rule: string, pattern: RegExp, applies: (path: string) => boolean): Rule =>
  ({ path, text }) =>
    applies(path)
      ? lines(text).flatMap((line, i) =>
          pattern.test(line) ? [{ path, line: i + 1, rule: `${rule}: ${line.trim()}` }] : [],
        )
      : [];

const fileLength: Rule = ({ path, text }) => {
  const count = lines(text).length;
  if (!isTypeScript(path) || isTable(path) || count <= FILE_LINES_MAX) return [];
  return [{ path, line: count, rule: `a file has at most ${FILE_LINES_MAX} lines` }];
};

const lineLength: Rule = ({ path, text }) =>
  isTypeScript(path)
    ? lines(text).flatMap((line, i) =>
        line.length > LINE_LENGTH_MAX && line.replace(WIDE, '').trim().length > 0
          ? [{ path, line: i + 1, rule: `a line has at most ${LINE_LENGTH_MAX} characters` }]
          : [],
      )
    : [];

const FOLDERS = /(^|\/)(utils?|common|lib|helpers?|misc)(\/|\.[a-z]+$)/;
const folderNames: Rule = ({ path }) =>
  FOLDERS.test(path) ? [{ path, line: 1, rule: 'a name says what is inside' }] : [];

const isText = (path: string): boolean => !/^(pnpm-lock\.yaml|tests\/tidy\/)/.test(path);
const isCode = (path: string): boolean => isText(path) && isTypeScript(path);
// In pieces, so that this file does not find itself.
const word = (...parts: string[]): RegExp => new RegExp(`\\b(${parts.join('|')})\\b`);

export const RULES: Readonly<Record<string, Rule>> = {
  'file-length': fileLength,
  'line-length': lineLength,
  'folder-names': folderNames,
  'leftover-markers': forbid('a leftover marker', word('TODO', 'FIXME', 'XXX', 'HACK'), isText),
  'machine-paths': forbid(
    'a path of one machine',
    /(^|[\s"'`(=])\/(work|root|home|Users)\//,
    isText,
  ),
  emoji: forbid('an emoji', /\p{Extended_Pictographic}/u, isCode),
  'skipped-tests': forbid(
    'a test that does not run',
    /\b(it|test|describe)\.(skip|only|todo)\b/,
    isCode,
  ),
  'shadow-of-any': forbid(
    'a type that says nothing',
    /\bas any\b|: any\b|@ts-(ignore|nocheck)/,
    isCode,
  ),
  barrels: ({ path, text }) =>
    /(^|\/)index\.tsx?$/.test(path) && /^export .* from /m.test(text)
      ? [{ path, line: 1, rule: 'no barrel: import from where a thing is' }]
      : [],
};

export const findAll = (files: readonly SourceFile[]): Finding[] =>
  files.flatMap((file) => Object.values(RULES).flatMap((rule) => rule(file)));

const FIRST_SCREEN_LINES = 40;

/** A newcomer sees both commands without scrolling. */
export const readmeProblems = (readme: string): string[] => {
  const screen = lines(readme).slice(0, FIRST_SCREEN_LINES).join('\n');
  return ['npx -y pnpm@10 start', 'npx -y pnpm@10 test'].filter((c) => !screen.includes(c));
};

/** Every type of the problem table has its section, and no section is left of a type gone. */
export const problemSectionProblems = (types: readonly string[], page: string): string[] => {
  const sections = [...page.matchAll(/^## `?([a-z0-9-]+)`?$/gm)].map(([, name]) => name ?? '');
  return [
    ...types.filter((t) => !sections.includes(t)).map((t) => `no section ${t}`),
    ...sections.filter((s) => !types.includes(s)).map((s) => `no type ${s}`),
  ];
};
