import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { RegistrationNumber } from '../ledger/events.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate } from '../time.ts';
import { DecisionContent } from './decision.ts';
import { SchemeId, SubsidyRole } from './policy.ts';

/** Which event of the ledger took the ground from an award. */
export const ClawbackCause = z.enum(['amended', 'deregistered', 'revoked', 'receipt-reversed']);
export type ClawbackCause = z.infer<typeof ClawbackCause>;

/**
 * opened (by the ledger's event) → demanded (by a subsidy officer, with the reason) → approved (by
 * another) → closed when all is repaid; or withdrawn, when a later event restored the award before
 * the approval.
 */
export const ClawbackStatus = z.enum(['opened', 'demanded', 'approved', 'closed', 'withdrawn']);
export type ClawbackStatus = z.infer<typeof ClawbackStatus>;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** 追回: what is claimed back of one paid award because of one event of the ledger. */
export const ClawbackLine = z.object({
  clawbackId: Id,
  caseId: Id,
  scheme: SchemeId,
  year: z.int(),
  role: SubsidyRole,
  partyId: Id,
  partyName: z.string(),
  registrationNumber: RegistrationNumber,
  cause: ClawbackCause,
  /** The event's sequence in the ledger. */
  causeSeq: z.int(),
  status: ClawbackStatus,
  version: z.int(),
  openedOn: LocalDate,
  amountFen: FenString,
  repaidFen: FenString,
  /** By when it is to be repaid; null while no rule sets a day. */
  dueOn: LocalDate.nullable(),
  demandedByMe: z.boolean(),
});
export type ClawbackLine = z.infer<typeof ClawbackLine>;

export const RepaymentView = z.object({
  repaymentId: Id,
  amountFen: FenString,
  receivedOn: LocalDate,
  bankReference: z.string(),
  enteredAt: Instant,
});
export type RepaymentView = z.infer<typeof RepaymentView>;

/** Entered by one finance officer, waiting for another; not repaid until then. */
export const PendingRepayment = RepaymentView.extend({ enteredByMe: z.boolean() });
export type PendingRepayment = z.infer<typeof PendingRepayment>;

export const ClawbackView = ClawbackLine.extend({
  /** The award as it was paid, and as it would be decided now. */
  paidFen: FenString,
  entitledFen: FenString,
  /** Decided anew with the facts of now and the values of the original day; with its trace. */
  reassessed: DecisionContent,
  original: DecisionContent,
  /** SHA-256 of what is demanded: the second officer approves this hash; null until demanded. */
  contentHash: Hash.nullable(),
  /** Told to officers only. */
  demandReason: z.string().nullable(),
  openedAt: Instant,
  demandedAt: Instant.nullable(),
  approvedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  repayments: z.array(RepaymentView),
  /** Told to officers only. */
  pendingRepayment: PendingRepayment.nullable(),
}).openapi('Clawback');
export type ClawbackView = z.infer<typeof ClawbackView>;
