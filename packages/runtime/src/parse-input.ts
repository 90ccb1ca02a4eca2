import { z } from '@hono/zod-openapi';
import { type FieldProblem, Refusal } from '@jishi/contracts/problem';
import { RULES } from '@jishi/contracts/rules';
import { cleanText } from './clean-text.ts';

const chinese = z.locales.zhCN().localeError;
const english = z.locales.en().localeError;

type Messages = ReadonlyMap<string, string>;

const pathOf = (part: string, path: readonly PropertyKey[]): string =>
  [part, ...path.map(String)].filter((step) => step !== '').join('.');

const messagesIn = (schema: z.ZodType, input: unknown, locale: typeof english): Messages => {
  const result = schema.safeParse(input, { error: locale });
  const issues = result.success ? [] : result.error.issues;
  return new Map(issues.map((issue, i) => [`${i}`, issue.message]));
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | null | undefined)?.[step],
    input,
  );

const MISSING = { rule: 'missing', zh: '缺少此项', en: 'This is missing' };

/** Each issue as field, rule and the sentence in both languages; one for each unknown field. */
const fieldProblems = (
  part: string,
  schema: z.ZodType,
  input: unknown,
  issues: readonly z.core.$ZodIssue[],
): FieldProblem[] => {
  const zh = messagesIn(schema, input, chinese);
  const en = messagesIn(schema, input, english);
  return issues.flatMap((issue, i): FieldProblem[] => {
    const ours = (RULES as Record<string, { zh: string; en: string } | undefined>)[issue.message];
    const said = {
      rule: ours ? issue.message : issue.code,
      zh: ours?.zh ?? zh.get(`${i}`) ?? issue.message,
      en: ours?.en ?? en.get(`${i}`) ?? issue.message,
    };
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: pathOf(part, [...issue.path, key]), ...said }));
    }
    const field = pathOf(part, issue.path);
    // A number that is not there is read as NaN, which tells nobody anything.
    const isMissing = issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined;
    return [{ field, ...(isMissing && !ours ? MISSING : said) }];
  });
};

/**
 * Parses one part of a request by its contract schema. `part` names it in the answer: empty for
 * the body, whose fields stand for themselves; `query` and `path` otherwise.
 */
export const parseInput = <S extends z.ZodType>(
  part: '' | 'query' | 'path',
  schema: S,
  input: unknown,
): z.output<S> => {
  const clean = cleanText(input, part === '' ? [] : [part]);
  const result = schema.safeParse(clean);
  if (result.success) return result.data;
  throw new Refusal('invalid-input', {
    fields: fieldProblems(part, schema, clean, result.error.issues),
  });
};
