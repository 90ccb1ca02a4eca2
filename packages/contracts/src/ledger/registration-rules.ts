import { z } from '@hono/zod-openapi';
import { DistrictCode } from '../codes.ts';
import { FenString } from '../money.ts';
import { LocalDate } from '../time.ts';
import { SourceStatus } from './registration.ts';

/** The rules of registration as anybody may read them: dated, sourced, each with its status. */

const Sourced = <V extends z.ZodType>(value: V) =>
  z.object({ value, status: SourceStatus, source: z.string() });

const ReviewLimit = z.object({ days: z.int(), unit: z.enum(['working-days', 'calendar-days']) });
const Threshold = z.object({
  amount: z.enum(['contract-value', 'technology-value']),
  fromFen: FenString,
});

export const RegimeView = z.object({
  key: z.string(),
  zh: z.string(),
  en: z.string(),
  from: LocalDate,
  to: LocalDate.nullable(),
  /** `title and draft`: the text itself was not found; only its name, and an earlier draft. */
  inForce: Sourced(z.enum(['whole text', 'title and draft'])),
  reviewLimit: Sourced(ReviewLimit),
  reviewLimitLarge: Sourced(ReviewLimit),
  secondReview: Sourced(Threshold),
  /** From which day the clock counts after supplements. */
  supplement: Sourced(z.enum(['arrival', 'acceptance'])),
  importRegistrant: Sourced(z.enum(['domestic-buyer'])),
});

export const RegistrationPointView = z.object({
  code: z.string().regex(/^\d{6}$/),
  zh: z.string(),
  en: z.string(),
  districts: z.array(DistrictCode),
  status: SourceStatus,
});

export const RegistrationRulesView = z.object({
  regimes: z.array(RegimeView),
  regimeDate: Sourced(z.enum(['signedOn', 'submittedOn', 'acceptedOn'])),
  points: z.array(RegistrationPointView),
  split: Sourced(z.object({ days: z.int() })),
  list: Sourced(
    z.object({ fromFen: FenString, contractsMax: z.int(), printableAfterWorkingDays: z.int() }),
  ),
  proposalDays: Sourced(z.int()),
});

export const RegistrationReason = z.object({
  code: z.string(),
  /** What it may be given for. */
  acts: z.array(
    z.enum([
      ...(['return', 'refuse', 'amend', 'deregister', 'revoke', 'erase'] as const),
      ...(['reverse-receipt', 'reject'] as const),
    ]),
  ),
  zh: z.string(),
  en: z.string(),
  status: SourceStatus,
  source: z.string(),
});
export type RegistrationReason = z.infer<typeof RegistrationReason>;
