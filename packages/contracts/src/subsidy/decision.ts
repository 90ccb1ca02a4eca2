import { z } from '@hono/zod-openapi';
import { FenString, RateBp } from '../money.ts';
import { LocalDate } from '../time.ts';
import { ParameterUnit, ParameterValue, SchemeId, SourceStatus } from './policy.ts';

/** Does the rule hold, does it refuse, or is something missing to say so. */
export const Verdict = z.enum(['passed', 'refused', 'needs']);
export type Verdict = z.infer<typeof Verdict>;

/** The value of a parameter as it was used, with how well it is known. */
export const UsedParameter = z.strictObject({
  key: z.string(),
  value: ParameterValue,
  unit: ParameterUnit,
  from: LocalDate,
  source: z.string(),
  status: SourceStatus,
});
export type UsedParameter = z.infer<typeof UsedParameter>;

/** One rule checked: what went in, what it said, and on whose word. */
export const Check = z.strictObject({
  article: z.string(),
  zh: z.string(),
  en: z.string(),
  verdict: Verdict,
  /** Names the case within the rule, such as `type-without-base`; `ok` when it holds. */
  reason: z.string(),
  reasonZh: z.string(),
  reasonEn: z.string(),
  /** Facts that went in, by name; amounts are fen as decimal strings. */
  inputs: z.record(z.string(), z.string()),
  parameters: z.array(UsedParameter),
  source: z.string(),
  status: SourceStatus,
});
export type Check = z.infer<typeof Check>;

/** From the base to the award, each step in fen. */
export const Calculation = z.strictObject({
  /** 实际成交额: the sum of the verified receipts of this case. */
  baseFen: FenString,
  rateBp: RateBp,
  /** base × rate, rounded down to the fen: the one place where this scheme rounds. */
  shareFen: FenString,
  capFen: FenString,
  /** What earlier decisions took from the cap of (party, role, year). */
  capUsedBeforeFen: FenString,
  capRemainingFen: FenString,
  awardFen: FenString,
  /** The part of the share that the cap cut off; it is not paid later. */
  cutByCapFen: FenString,
});
export type Calculation = z.infer<typeof Calculation>;

/**
 * A decision is an answer with its whole trace; «not eligible» is an answer too. The first
 * refusal in article order is `decidedBy`, all checks are kept.
 */
export const DecisionContent = z.strictObject({
  scheme: SchemeId,
  policyHash: z.string(),
  /** The day whose parameter values apply. */
  policyDay: LocalDate,
  year: z.int(),
  outcome: z.enum(['award', 'not-eligible', 'incomplete']),
  decidedBy: z.string().nullable(),
  awardFen: FenString,
  calculation: Calculation.nullable(),
  checks: z.array(Check),
  includesAssumption: z.boolean(),
});
export type DecisionContent = z.infer<typeof DecisionContent>;
