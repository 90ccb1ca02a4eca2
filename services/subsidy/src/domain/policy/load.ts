import {
  type ArticleView,
  ParameterUnit,
  ParameterValue,
  SchemeId,
  SourceStatus,
} from '@jishi/contracts/subsidy/policy';
import { LocalDate } from '@jishi/contracts/time';
import { z } from 'zod';
import {
  ARTICLES,
  type Article,
  PARAMETER_KEYS,
  type ParameterKey,
  parameterRule,
} from './parameters.ts';

/** A policy file that may not be used; each line of the message names a path and what is wrong. */
export class PolicyInvalid extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`policy not valid:\n${problems.join('\n')}`);
    this.name = 'PolicyInvalid';
    this.problems = problems;
  }
}

const DatedValueFile = z.strictObject({
  value: ParameterValue,
  from: LocalDate,
  until: LocalDate.optional(),
  source: z.string().min(4),
  status: SourceStatus,
  lastCheckedOn: LocalDate,
});

const ParameterFile = z.strictObject({
  zh: z.string().min(1),
  en: z.string().min(1),
  unit: ParameterUnit,
  values: z.array(DatedValueFile).min(1),
});

const ArticleFile = z.strictObject({
  article: z.enum(ARTICLES),
  zh: z.string().min(1),
  en: z.string().min(1),
  source: z.string().min(4),
  status: SourceStatus,
});

const keys = Object.fromEntries(PARAMETER_KEYS.map((key) => [key, ParameterFile])) as Record<
  ParameterKey,
  typeof ParameterFile
>;

const PolicyFile = z.strictObject({
  scheme: SchemeId,
  zh: z.string().min(1),
  en: z.string().min(1),
  from: LocalDate,
  until: LocalDate.optional(),
  articles: z.array(ArticleFile),
  objection: z.strictObject({
    zh: z.string().min(1),
    en: z.string().min(1),
    source: z.string().min(4),
    status: SourceStatus,
  }),
  parameters: z.strictObject(keys),
});

export type DatedValue = z.output<typeof DatedValueFile>;
export type Parameter = z.output<typeof ParameterFile>;

/** A scheme that may be used: dated values without gap or overlap, all of the right unit. */
export interface Policy {
  readonly scheme: string;
  readonly zh: string;
  readonly en: string;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
  readonly articles: Readonly<Record<Article, ArticleView>>;
  /** How to object to a public notice. */
  readonly objection: z.output<typeof PolicyFile>['objection'];
  readonly parameters: Readonly<Record<ParameterKey, Parameter>>;
}

const YUAN_MAX = 1_000_000_000_000;
const DAYS_MAX = 366;
const NUMBER_MAX = {
  CNY: YUAN_MAX,
  bp: 10_000,
  'calendar-days': DAYS_MAX,
  'working-days': DAYS_MAX,
};

/** Whether a value is of its unit's kind and range; the sentence when it is not. */
const valueProblem = (key: ParameterKey, unit: ParameterUnit, value: DatedValue['value']) => {
  const words = parameterRule(key).words ?? [];
  switch (unit) {
    case 'codes': {
      if (!Array.isArray(value) || value.length === 0) return 'a list of codes is expected';
      const unknown = value.find((word) => !words.includes(word));
      return unknown === undefined ? undefined : `unknown code "${unknown}"`;
    }
    case 'choice':
      return typeof value === 'string' && words.includes(value)
        ? undefined
        : `one of ${words.join(', ')} is expected`;
    default:
      return typeof value === 'number' && value >= 0 && value <= NUMBER_MAX[unit]
        ? undefined
        : `a whole number from 0 to ${NUMBER_MAX[unit]} is expected`;
  }
};

/** Values must follow each other without gap or overlap and cover the scheme's whole life. */
const spanProblems = (
  path: string,
  values: readonly DatedValue[],
  from: LocalDate,
  until: LocalDate | undefined,
): string[] => {
  const problems: string[] = [];
  const first = values[0];
  if (first && first.from > from) problems.push(`${path}[0]: gap from ${from} to ${first.from}`);
  values.forEach((value, i) => {
    const at = `${path}[${i}]`;
    if (value.until !== undefined && value.until <= value.from) {
      problems.push(`${at}: ends on ${value.until}, before it starts`);
    }
    const next = values[i + 1];
    if (next && (value.until === undefined || value.until > next.from)) {
      problems.push(`${at}: overlaps the next value from ${next.from}`);
    }
    if (next && value.until !== undefined && value.until < next.from) {
      problems.push(`${at}: gap from ${value.until} to ${next.from}`);
    }
    if (!next && value.until !== undefined && (until === undefined || value.until < until)) {
      problems.push(`${at}: gap from ${value.until} on`);
    }
  });
  return problems;
};

const parameterProblems = (
  key: ParameterKey,
  parameter: Parameter,
  from: LocalDate,
  until: LocalDate | undefined,
): string[] => {
  const path = `parameters.${key}`;
  if (!parameterRule(key).units.includes(parameter.unit)) {
    const allowed = parameterRule(key).units.join(' or ');
    return [`${path}.unit: ${parameter.unit} given, ${allowed} expected`];
  }
  const wrong = parameter.values.flatMap((dated, i) => {
    const problem = valueProblem(key, parameter.unit, dated.value);
    return problem ? [`${path}.values[${i}].value: ${problem}`] : [];
  });
  return [...wrong, ...spanProblems(`${path}.values`, parameter.values, from, until)];
};

/**
 * A parsed policy file as a policy. Throws PolicyInvalid with every problem by path: an unknown or
 * missing key, a wrong unit, kind or range, a gap, an overlap, or rules in another order.
 */
export const loadPolicy = (raw: unknown): Policy => {
  const parsed = PolicyFile.safeParse(raw);
  if (!parsed.success) {
    throw new PolicyInvalid(
      parsed.error.issues.map((issue) => {
        const path = issue.path.map(String).join('.');
        return issue.code === 'unrecognized_keys'
          ? `${[path, issue.keys[0]].filter(Boolean).join('.')}: unknown key`
          : `${path}: ${issue.message}`;
      }),
    );
  }
  const file = parsed.data;
  const order = file.articles.map((a) => a.article).join(',');
  const problems = [
    ...(order === ARTICLES.join(',') ? [] : [`articles: expected ${ARTICLES.join(', ')}`]),
    ...PARAMETER_KEYS.flatMap((key) =>
      parameterProblems(key, file.parameters[key], file.from, file.until),
    ),
  ];
  if (problems.length > 0) throw new PolicyInvalid(problems);
  return {
    ...file,
    until: file.until ?? null,
    articles: Object.fromEntries(file.articles.map((a) => [a.article, a])) as Record<
      Article,
      ArticleView
    >,
  };
};
