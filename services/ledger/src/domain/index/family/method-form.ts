import { refuseField } from '@jishi/contracts/problem';
import type { z } from 'zod';
import { MethodFile } from './method-file.ts';

type Issue = z.core.$ZodIssue;

/** `editions[0].weights.S`; of a key that does not belong there, the key itself. */
const fieldOf = ({ path, ...issue }: Issue): string => {
  const more = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...path, ...more].reduce<string>(
    (field, part) =>
      typeof part === 'number' ? `${field}[${part}]` : `${field}${field && '.'}${String(part)}`,
    '',
  );
};

const FORMS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'number-form': [
    '数须写作字符串:整数、小数或分数',
    'Write a number as text: an integer, a decimal or a fraction',
  ],
  'above-zero': ['须为大于 0 的整数,写作字符串', 'Write a whole number above zero, as text'],
  'year-form': ['年份写作四位数字的字符串', 'Write a year as text of four digits'],
};

const textOf = (issue: Issue): readonly [zh: string, en: string] => {
  const known = FORMS[issue.message];
  if (known) return known;
  if (issue.code === 'unrecognized_keys') return ['没有这个参数', 'There is no such parameter'];
  return ['参数文件格式有误', issue.message];
};

/** The parameter file by its schema; refuses (`invalid-input`) its first fault by field. */
export const checkForm = (given: unknown): MethodFile => {
  const parsed = MethodFile.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (!issue) throw new Error('a refusal without an issue');
  const [zh, en] = textOf(issue);
  throw refuseField('invalid-input', fieldOf(issue), 'parameters-form', zh, en);
};
