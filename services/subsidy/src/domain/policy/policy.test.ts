import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { payableFrom } from '../notice.ts';
import { loadPolicy, PolicyInvalid } from './load.ts';
import { ARTICLES, PARAMETER_KEYS, type ParameterKey, parameterRule } from './parameters.ts';
import { changeDays, isInForce, spanStart, valuesOn } from './values.ts';

const dated = (value: unknown, from: string, until?: string) => ({
  value,
  from,
  ...(until ? { until } : {}),
  source: '示例条文',
  status: 'ASSUMPTION',
  lastCheckedOn: '2026-11-22',
});

const sample = (key: ParameterKey): unknown => {
  const { units, words } = parameterRule(key);
  if (units[0] === 'codes') return words?.slice(0, 1);
  return units[0] === 'choice' ? words?.[0] : 100;
};

/** The smallest file that loads; tests change one thing of it. */
const file = () => ({
  scheme: 'test-scheme',
  zh: '测试',
  en: 'Test',
  from: '2025-01-01',
  objection: { zh: '书面', en: 'in writing', source: '示例条文', status: 'ASSUMPTION' },
  articles: ARTICLES.map((article) => ({
    article,
    zh: '条',
    en: 'article',
    source: '示例条文',
    status: 'DRAFT',
  })),
  parameters: Object.fromEntries(
    PARAMETER_KEYS.map((key) => [
      key,
      {
        zh: '参数',
        en: 'parameter',
        unit: parameterRule(key).units[0] as string,
        values: [dated(sample(key), '2025-01-01')],
      },
    ]),
  ) as Record<string, { unit: string; values: unknown[] }>,
});

type PolicyFile = ReturnType<typeof file>;

const withValues = (key: ParameterKey, values: unknown[]): PolicyFile => {
  const changed = file();
  const parameter = changed.parameters[key];
  if (parameter) parameter.values = values;
  return changed;
};

const problemsOf = (raw: unknown): readonly string[] => {
  try {
    loadPolicy(raw);
    return [];
  } catch (error) {
    if (error instanceof PolicyInvalid) return error.problems;
    throw error;
  }
};

const rates = (...values: unknown[]) => withValues('rateSeller', values);

describe('a policy file', () => {
  test('loads when every value is dated, of its unit and without gap', () => {
    expect(problemsOf(file())).toStrictEqual([]);
  });

  test('is refused with the path of an unknown key', () => {
    const raw = { ...file(), parameters: { ...file().parameters, rateSelle: {} } };
    expect(problemsOf(raw)).toContainEqual('parameters.rateSelle: unknown key');
  });

  test('is refused when a key is missing', () => {
    const raw = file();
    delete raw.parameters.ceiling;
    expect(problemsOf(raw)[0]).toMatch(/^parameters\.ceiling:/);
  });

  test('is refused with a rate in yuan', () => {
    const raw = file();
    raw.parameters.rateSeller = { ...raw.parameters.rateSeller, unit: 'CNY', values: [] };
    raw.parameters.rateSeller.values = [dated(100, '2025-01-01')];
    expect(problemsOf({ ...raw, parameters: { ...raw.parameters } })).toSatisfy(
      (problems: string[]) => problems.some((p) => p.startsWith('parameters.rateSeller')),
    );
  });

  test.each([
    [10_000, []],
    [0, []],
    [10_001, 1],
    [-1, 1],
    ['200', 1],
  ])('takes a rate of %s basis points only from 0 to 10 000', (value, expected) => {
    const problems = problemsOf(rates(dated(value, '2025-01-01')));
    expect(problems).toHaveLength(expected === 1 ? 1 : 0);
  });

  test('takes only words that a rule acts on', () => {
    const problems = problemsOf(withValues('relatedParty', [dated('maybe', '2025-01-01')]));
    expect(problems).toStrictEqual([
      'parameters.relatedParty.values[0].value: one of excluded, allowed is expected',
    ]);
  });

  test('names a gap of one day between two values', () => {
    const first = dated(100, '2025-01-01', '2025-06-30');
    expect(problemsOf(rates(first, dated(200, '2025-07-01')))).toStrictEqual([
      'parameters.rateSeller.values[0]: gap from 2025-06-30 to 2025-07-01',
    ]);
  });

  test('names an overlap of one day, and an open value that is not the last', () => {
    const overlap = dated(100, '2025-01-01', '2025-07-02');
    const expected = ['parameters.rateSeller.values[0]: overlaps the next value from 2025-07-01'];
    expect(problemsOf(rates(overlap, dated(200, '2025-07-01')))).toStrictEqual(expected);
    const open = dated(100, '2025-01-01');
    expect(problemsOf(rates(open, dated(200, '2025-07-01')))).toStrictEqual(expected);
  });

  test('names a gap before the first and after the last value', () => {
    expect(problemsOf(rates(dated(1, '2025-01-02')))).toStrictEqual([
      'parameters.rateSeller.values[0]: gap from 2025-01-01 to 2025-01-02',
    ]);
    expect(problemsOf(rates(dated(1, '2025-01-01', '2025-12-31')))).toStrictEqual([
      'parameters.rateSeller.values[0]: gap from 2025-12-31 on',
    ]);
  });

  test('is refused when its articles are in another order', () => {
    const raw = { ...file(), articles: file().articles.toReversed() };
    expect(problemsOf(raw)[0]).toMatch(/^articles: expected in-force/);
  });

  test('is refused by the parser when a key stands twice', () => {
    expect(() => parse('a: 1\na: 2')).toThrow(/unique/);
  });
});

describe('values by day', () => {
  const policy = loadPolicy(
    rates(dated(100, '2025-01-01', '2025-07-01'), dated(200, '2025-07-01')),
  );

  test('a value holds from its first day until the day before the next', () => {
    expect(valuesOn(policy, '2025-06-30').number('rateSeller')).toBe(100);
    expect(valuesOn(policy, '2025-07-01').number('rateSeller')).toBe(200);
  });

  test('change days and spans meet at the day of the change', () => {
    expect(changeDays(policy)).toStrictEqual(['2025-01-01', '2025-07-01']);
    expect(spanStart(policy, '2024-12-31')).toBeNull();
    expect(spanStart(policy, '2025-06-30')).toBe('2025-01-01');
    expect(spanStart(policy, '2025-07-01')).toBe('2025-07-01');
  });

  test('a scheme is in force from its first day, and not on the day it ends', () => {
    const ending = loadPolicy({ ...file(), until: '2026-01-01' });
    expect(
      ['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'].map((d) => isInForce(ending, d)),
    ).toStrictEqual([false, true, true, false]);
  });

  test('a day outside the scheme has no value', () => {
    expect(() => valuesOn(policy, '2024-12-31').number('rateSeller')).toThrow(RangeError);
  });
});

describe('public notice', () => {
  const notice = (days: number, unit: string) => {
    const raw = withValues('noticeDays', [dated(days, '2025-01-01')]);
    if (raw.parameters.noticeDays) raw.parameters.noticeDays.unit = unit;
    return loadPolicy(raw);
  };

  test('of zero days ends at once', () => {
    expect(payableFrom(notice(0, 'calendar-days'), '2025-02-01', '2025-03-01')).toBe('2025-03-01');
  });

  test('of seven calendar days ends with the seventh, the first included', () => {
    const policy = notice(7, 'calendar-days');
    expect(payableFrom(policy, '2025-02-01', '2025-05-31')).toBe('2025-06-07');
  });

  test('of five working days skips the weekend and the holiday', () => {
    const policy = notice(5, 'working-days');
    // Counted: 09-28 (a working Sunday), 09-29, 09-30, then 10-09 and 10-10 after the holiday.
    expect(payableFrom(policy, '2025-02-01', '2025-09-26')).toBe('2025-10-11');
  });
});
