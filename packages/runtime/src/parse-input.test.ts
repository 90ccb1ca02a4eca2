import { z } from '@hono/zod-openapi';
import { Refusal } from '@jishi/contracts/problem';
import { expect, test } from 'vitest';
import { parseInput } from './parse-input.ts';

const QUERY = z.strictObject({
  seq: z.coerce.number().int().positive(),
  from: z.string(),
  size: z.coerce.number().int().optional(),
});

const problemsOf = (input: unknown) => {
  try {
    return parseInput('query', QUERY, input);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.detail.fields?.map(({ field, rule }) => `${field}: ${rule}`);
  }
};

test('what is missing is called missing, in both languages', () => {
  expect(problemsOf({})).toStrictEqual(['query.seq: missing', 'query.from: missing']);
  expect(() => parseInput('query', QUERY, {})).toThrow(
    expect.objectContaining({
      detail: {
        fields: [
          { field: 'query.seq', rule: 'missing', zh: '缺少此项', en: 'This is missing' },
          { field: 'query.from', rule: 'missing', zh: '缺少此项', en: 'This is missing' },
        ],
      },
    }),
  );
});

test('what is there and wrong is told as such', () => {
  expect(problemsOf({ seq: 'x', from: 'a' })).toStrictEqual(['query.seq: invalid_type']);
  expect(problemsOf({ seq: '0', from: 'a' })).toStrictEqual(['query.seq: too_small']);
  expect(problemsOf({ seq: '1', from: 'a' })).toStrictEqual({ seq: 1, from: 'a' });
});

test('each field that is not known is named', () => {
  expect(problemsOf({ seq: '1', from: 'a', period: '1', cell: '2' })).toStrictEqual([
    'query.period: unrecognized_keys',
    'query.cell: unrecognized_keys',
  ]);
});
