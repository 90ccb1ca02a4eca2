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

/** Each issue as field, rule and the sentence in both languages. */
const fieldProblems = (
  part: string,
  schema: z.ZodType,
  input: unknown,
  issues: readonly z.core.$ZodIssue[],
): FieldProblem[] => {
  const zh = messagesIn(schema, input, chinese);
  const en = messagesIn(schema, input, english);
  return issues.map((issue, i) => {
    const ours = (RULES as Record<string, { zh: string; en: string } | undefined>)[issue.message];
    const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    return {
      field: pathOf(part, [...issue.path, ...(unknownKey ? [unknownKey] : [])]),
      rule: ours ? issue.message : issue.code,
      zh: ours?.zh ?? zh.get(`${i}`) ?? issue.message,
      en: ours?.en ?? en.get(`${i}`) ?? issue.message,
    };
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
