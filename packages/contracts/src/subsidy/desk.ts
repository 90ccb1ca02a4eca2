import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate } from '../time.ts';
import { BatchStatus } from './payment.ts';
import { SchemeId, SubsidyRole } from './policy.ts';

/** What waits for somebody, by what is to be done; the officer's chips with their counts. */
export const Queue = z.enum([
  'to-decide',
  'to-approve',
  'mine-waiting',
  'incomplete',
  'notice',
  'payable',
  'in-payment',
  'paid',
  'refused',
  'closed',
  'clawback',
]);
export type Queue = z.infer<typeof Queue>;

export const QueueCount = z.object({ queue: Queue, count: z.int().nonnegative() });

/**
 * 公示: by its nature public. A person's name is shortened to the family name; an organisation's
 * stands in full. No account, no contract title.
 */
export const NoticeLine = z.object({
  caseId: Id,
  scheme: SchemeId,
  year: z.int(),
  role: SubsidyRole,
  partyName: z.string(),
  awardFen: FenString,
  /** First and last day; null without days of notice (the rule sets none). */
  from: LocalDate,
  lastDay: LocalDate.nullable(),
  days: z.int().nonnegative(),
  isRunning: z.boolean(),
  /** Claimed back in full, by claims that were approved: the award does not stand any more. */
  isClaimedBack: z.boolean(),
  includesAssumption: z.boolean(),
});
export type NoticeLine = z.infer<typeof NoticeLine>;

/** An approved award, and whether it can go into a batch today. */
export const BatchCandidate = z.object({
  caseId: Id,
  scheme: SchemeId,
  year: z.int(),
  role: SubsidyRole,
  partyName: z.string(),
  registrationNumber: z.string(),
  awardFen: FenString,
  payableFrom: LocalDate,
  approvedAt: Instant,
  accountEnding: z.string().nullable(),
  /** Why it cannot be paid now; `ready` when it can. */
  state: z.enum([
    'ready',
    'notice-running',
    'payee-account-missing',
    'payee-name-differs',
    'duties-not-separated',
    'conflict-of-interest',
  ]),
});
export type BatchCandidate = z.infer<typeof BatchCandidate>;

const SignedFen = z.string().regex(/^-?\d+$/);

/** One batch, seen from three sides: our file, the bank's answers, our books. */
export const ReconciliationLine = z.object({
  batchId: Id,
  status: BatchStatus,
  approvedAt: Instant,
  instructions: z.int(),
  sentFen: FenString,
  bankPaidFen: FenString,
  bankFailedFen: FenString,
  openFen: FenString,
  bookedPaidFen: FenString,
  bookedFailedFen: FenString,
  /** What the bank says minus what the books say; zero when both agree. */
  differenceFen: SignedFen,
});
export type ReconciliationLine = z.infer<typeof ReconciliationLine>;

export const ReconciliationView = z.object({
  items: z.array(ReconciliationLine),
  sentFen: FenString,
  paidFen: FenString,
  failedFen: FenString,
  openFen: FenString,
  /** Repayments entered, and what the books hold of them. */
  repaidFen: FenString,
  bookedRepaidFen: FenString,
  differenceFen: SignedFen,
  asOf: LocalDate,
});

/** A scheme's year: every fen of the budget is in one of these places. */
export const BudgetLine = z.object({
  scheme: SchemeId,
  year: z.int(),
  budgetFen: FenString,
  freeFen: FenString,
  committedFen: FenString,
  instructedFen: FenString,
  /** Paid and not claimed back. */
  paidFen: FenString,
  receivableFen: FenString,
  repaidFen: FenString,
  /** The places together are the budget. */
  isBalanced: z.boolean(),
});
export type BudgetLine = z.infer<typeof BudgetLine>;

/** One act of an officer or of the ledger's feed: who, when, before, after, why. */
export const AuditLine = z.object({
  auditId: z.string(),
  at: Instant,
  /** null: the system, on an event of the ledger. */
  userId: Id.nullable(),
  organisationId: Id.nullable(),
  roles: z.array(z.string()),
  act: z.string(),
  subject: Id,
  requestId: z.string(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  note: z.string().nullable(),
});
export type AuditLine = z.infer<typeof AuditLine>;
