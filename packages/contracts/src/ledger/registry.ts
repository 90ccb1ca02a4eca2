import { z } from '@hono/zod-openapi';
import { ContractType, DistrictCode, FieldCode, Region } from '../codes.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate } from '../time.ts';
import { LogHead } from './envelope.ts';
import { ContractPrivate, ContractPublic, ListSide, RegistrationNumber } from './events.ts';
import { PendingChange, RegistrationStatus, ReviewClock } from './registration.ts';

/** What the registrar's desk reads: queue, checks, history, registered contracts, lists. */

export const CheckVerdict = z.enum(['ok', 'warn', 'fail', 'unknown']);
export type CheckVerdict = z.infer<typeof CheckVerdict>;

/** One thing that the system looked at. `unknown`: nothing that we have can tell. */
export const SystemCheck = z.object({
  code: z.string(),
  verdict: CheckVerdict,
  /** What was looked at, as a title. */
  titleZh: z.string(),
  titleEn: z.string(),
  /** What was found. */
  zh: z.string(),
  en: z.string(),
  /** Where it points: a path in the contract such as `private.form.patentNumbers.0`. */
  field: z.string().nullable(),
  /** Other contracts that the finding names. */
  contractIds: z.array(Id),
});
export type SystemCheck = z.infer<typeof SystemCheck>;

/** «9/10»: how many of the checks are ok. */
export const CheckCount = z.object({ ok: z.int(), of: z.int() });

/** A registrar has taken the case: the others see it, and nobody is locked out. */
export const CaseClaim = z.object({ userId: Id, mine: z.boolean(), claimedAt: Instant });
export type CaseClaim = z.infer<typeof CaseClaim>;

const Party = z.object({ partyId: Id, name: z.string() });

const Row = z.object({
  contractId: Id,
  status: RegistrationStatus,
  version: z.int(),
  title: z.string(),
  contractType: ContractType,
  contractSubType: z.string(),
  fieldCode: FieldCode,
  sellerDistrict: Region,
  seller: Party,
  buyer: Party,
  contractValueFen: FenString,
  technologyValueFen: FenString,
  signedOn: LocalDate,
  submittedOn: LocalDate,
});

export const QueueRow = Row.extend({
  submissions: z.int(),
  clock: ReviewClock.nullable(),
  needsSecondReview: z.boolean(),
  /** The other contracts of the pair because of which it needs one though it is smaller. */
  splitWith: z.array(Id),
  checks: CheckCount,
  claim: CaseClaim.nullable(),
});
export type QueueRow = z.infer<typeof QueueRow>;

/** Over everything that the filter finds, not this page alone. */
export const Totals = z.object({
  count: z.int(),
  contractValueFen: FenString,
  technologyValueFen: FenString,
});
export type Totals = z.infer<typeof Totals>;

const yes = z.enum(['true', 'false']).transform((text) => text === 'true');
const Limit = z.coerce.number().int().min(1).max(200).default(50);
const Cursor = z.string().min(1).max(200).optional();
const atLeast = z.coerce.number().int().nonnegative().optional();

export const QueueQuery = z.strictObject({
  /** Without one: everything that waits for the desk (submitted, accepted, first-reviewed). */
  status: z.enum(['submitted', 'returned', 'accepted', 'first-reviewed', 'refused']).optional(),
  mine: yes.optional(),
  unclaimed: yes.optional(),
  resubmitted: yes.optional(),
  needsSecondReview: yes.optional(),
  after: Cursor,
  limit: Limit,
  atLeast,
});

export const QueuePage = z.object({
  items: z.array(QueueRow),
  next: z.string().nullable(),
  totals: Totals,
  head: LogHead,
});

export const RegistrationChecks = z.object({
  contractId: Id,
  version: z.int(),
  count: CheckCount,
  items: z.array(SystemCheck),
  splitWith: z.array(Id),
  claim: CaseClaim.nullable(),
  /** Whether the reader passed the first review: then another person does the second. */
  firstReviewedByMe: z.boolean(),
});

/** The facts as registered (0) and after each amendment. */
export const RegistrationVersion = z.object({
  amendment: z.int(),
  on: LocalDate,
  seq: z.int(),
  changeId: Id.nullable(),
  public: ContractPublic,
  private: ContractPrivate,
});
export type RegistrationVersion = z.infer<typeof RegistrationVersion>;

/** One act of a contract's life. Officers are named to the desk alone, by pseudonym. */
export const HistoryLine = z.object({
  seq: z.int(),
  version: z.int(),
  type: z.string(),
  on: LocalDate.nullable(),
  recordedAt: Instant,
  by: z.enum(['registrant', 'seller', 'buyer', 'desk', 'senior', 'service']),
  userId: Id.nullable(),
  reasons: z.array(z.object({ code: z.string(), note: z.string() })),
  changeId: Id.nullable(),
  receiptId: Id.nullable(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

/** How a registered contract stands; `amended` ones are registered, too. */
export const Standing = z.enum(['registered', 'amended', 'deregistered', 'revoked']);
export type Standing = z.infer<typeof Standing>;

export const RegisteredQuery = z.strictObject({
  /** Beginning of the registration number. */
  number: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional(),
  title: z.string().min(1).max(100).optional(),
  party: z.string().min(1).max(100).optional(),
  district: DistrictCode.optional(),
  contractType: ContractType.optional(),
  standing: Standing.optional(),
  /** Registered on or after, and before: half-open. */
  from: LocalDate.optional(),
  to: LocalDate.optional(),
  side: ListSide.optional(),
  pendingChange: yes.optional(),
  after: Cursor,
  limit: Limit,
  atLeast,
});

/** A change that waits, as a row of a list tells it. */
export const OpenChange = PendingChange.pick({
  changeId: true,
  kind: true,
  proposedOn: true,
  expiresOn: true,
  mine: true,
  mayConfirm: true,
});

export const RegisteredRow = Row.extend({
  registrationNumber: RegistrationNumber,
  registeredOn: LocalDate,
  standing: Standing,
  amendment: z.int(),
  pendingChange: OpenChange.nullable(),
  side: ListSide,
});
export type RegisteredRow = z.infer<typeof RegisteredRow>;

export const RegisteredPage = z.object({
  items: z.array(RegisteredRow),
  next: z.string().nullable(),
  totals: Totals,
  head: LogHead,
});
