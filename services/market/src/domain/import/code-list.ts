import { bad, good, plainText, quote, type Reading } from './cell.ts';

export interface Named<Code extends string = string> {
  readonly code: Code;
  /** As a page and the template write it; the first is what a suggestion writes. */
  readonly names: readonly string[];
}

/** Blanks, punctuation and case do not tell names apart. */
const keyOf = (text: string): string =>
  plainText(text)
    .toLowerCase()
    .replace(/[\s·、,,.。()()《》"'“”_-]/g, '');

export interface CodeList<Code extends string> {
  readonly read: (text: string) => Reading<Code>;
}

const NEAR_LENGTH_MIN = 2;

/** The one entry whose name holds the text, or the other way round; undefined when several do. */
const nearest = <Code extends string>(
  key: string,
  entries: readonly Named<Code>[],
): Named<Code> | undefined => {
  if (key.length < NEAR_LENGTH_MIN) return undefined;
  const near = entries.filter(({ names }) =>
    names
      .map(keyOf)
      .some((name) => name.length >= NEAR_LENGTH_MIN && (name.includes(key) || key.includes(name))),
  );
  return near.length === 1 ? near[0] : undefined;
};

/**
 * A list of codes by which a cell is read: the code itself or any of its names. What is near to
 * exactly one name is suggested, never taken.
 */
export const codeList = <Code extends string>(
  what: { readonly zh: string; readonly en: string },
  entries: readonly Named<Code>[],
): CodeList<Code> => {
  const known = new Map<string, Code>();
  for (const { code, names } of entries) {
    for (const name of [code, ...names]) known.set(keyOf(name), code);
  }
  return {
    read: (text) => {
      const key = keyOf(text);
      const code = known.get(key);
      if (code !== undefined) return good(code);
      const near = nearest(key, entries)?.names[0];
      return near === undefined
        ? bad(
            'code-unknown',
            `${what.zh}中没有${quote(text)}`,
            `${quote(text)} is not in the list of ${what.en}`,
          )
        : bad(
            'code-unknown',
            `${what.zh}中没有${quote(text)}。改为${quote(near)}?`,
            `${quote(text)} is not in the list of ${what.en}. Make it ${quote(near)}?`,
            near,
          );
    },
  };
};

/** Several in one cell, with any usual separator between. */
export const parts = (text: string): string[] =>
  text
    .split(/[;;、,,\n|/]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Each part by a list; the first that is not in it is the trouble of the cell. */
export const readEach = <Code extends string>(
  list: CodeList<Code>,
  text: string,
): Reading<Code[]> => {
  const found: Code[] = [];
  const written = parts(text);
  for (const [i, part] of written.entries()) {
    const { value, trouble } = list.read(part);
    if (!trouble) {
      if (!found.includes(value)) found.push(value);
      continue;
    }
    const { suggestion } = trouble;
    const whole = suggestion && written.map((other, j) => (j === i ? suggestion : other));
    return { trouble: { ...trouble, suggestion: whole ? whole.join(';') : null } };
  }
  return good(found);
};
