import { z } from '@hono/zod-openapi';
import { LocalDate } from '../time.ts';

/** A scheme's stable name, such as `suzhou-transfer`; also the folder of its policy files. */
export const SchemeId = z.string().regex(/^[a-z][a-z0-9-]{2,40}$/);
export type SchemeId = z.infer<typeof SchemeId>;

/** In what capacity a party takes part in a contract: 输出方, 吸纳方, 中介方. */
export const SubsidyRole = z.enum(['seller', 'buyer', 'broker']);
export type SubsidyRole = z.infer<typeof SubsidyRole>;

/**
 * How well a value of a policy is known. Shown wherever a result that rests on it is shown:
 * official text; one page only; a draft for comment; our own assumption where no text was found.
 */
export const SourceStatus = z.enum(['OFFICIAL', 'SINGLE_SOURCE', 'DRAFT', 'ASSUMPTION']);
export type SourceStatus = z.infer<typeof SourceStatus>;

/** `CNY` is whole yuan, `bp` basis points, `codes` a list, `choice` one word. */
export const ParameterUnit = z.enum([
  'CNY',
  'bp',
  'calendar-days',
  'working-days',
  'codes',
  'choice',
]);
export type ParameterUnit = z.infer<typeof ParameterUnit>;

export const ParameterValue = z.union([z.int(), z.string(), z.array(z.string())]);

/** One dated value: valid on every day with `from <= day < until`. */
export const DatedValueView = z.object({
  value: ParameterValue,
  from: LocalDate,
  until: LocalDate.nullable(),
  source: z.string(),
  status: SourceStatus,
  lastCheckedOn: LocalDate,
});

export const ParameterView = z.object({
  key: z.string(),
  zh: z.string(),
  en: z.string(),
  unit: ParameterUnit,
  values: z.array(DatedValueView),
});

/** A rule of the scheme, in the order in which the rules are checked. */
export const ArticleView = z.object({
  article: z.string(),
  zh: z.string(),
  en: z.string(),
  source: z.string(),
  status: SourceStatus,
});
export type ArticleView = z.infer<typeof ArticleView>;

export const SchemeView = z
  .object({
    scheme: SchemeId,
    zh: z.string(),
    en: z.string(),
    from: LocalDate,
    until: LocalDate.nullable(),
    /** SHA-256 of the parameter file; every decision names it. */
    policyHash: z.string().regex(/^[0-9a-f]{64}$/),
    /** How to object to a notice. */
    objection: z.object({
      zh: z.string(),
      en: z.string(),
      source: z.string(),
      status: SourceStatus,
    }),
    articles: z.array(ArticleView),
    parameters: z.array(ParameterView),
  })
  .openapi('Scheme');
export type SchemeView = z.infer<typeof SchemeView>;
