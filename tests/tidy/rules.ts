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
const TEST_LINES_MAX = 400;
const LINE_LENGTH_MAX = 100;

const isTypeScript = (path: string): boolean => /\.(ts|tsx|mts|mjs)$/.test(path);
/** Tables are long by nature and read by looking up: endpoints, problems, words, migrations. */
const isTable = (path: string): boolean =>
  /(^|\/)(words|migrations|calendar|calibration)\/|(endpoints|problem)\.ts$/.test(path);

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
  const limit = /\.test\.tsx?$/.test(path) ? TEST_LINES_MAX : FILE_LINES_MAX;
  if (!isTypeScript(path) || isTable(path) || count <= limit) return [];
  return [{ path, line: count, rule: `a file has at most ${limit} lines` }];
};

/** A text or an address cannot be broken where it stands; what is around it can. */
const LITERAL = /'[^']*'|"[^"]*"|`[^`]*`|\/[^/\s]+\/|https?:\S+/g;
const isTooLong = (line: string): boolean =>
  line.length > LINE_LENGTH_MAX && line.replace(LITERAL, '').length > LINE_LENGTH_MAX / 2;

const lineLength: Rule = ({ path, text }) =>
  isTypeScript(path) && !isTable(path)
    ? lines(text).flatMap((line, i) =>
        isTooLong(line)
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
  'silenced-types': forbid('a silenced type error', /@ts-(ignore|nocheck|expect-error)/, isCode),
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
