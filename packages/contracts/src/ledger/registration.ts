import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { LocalDate } from '../time.ts';
import {
  ChangeKind,
  ContractPrivate,
  ContractPublic,
  ReasonsPrivate,
  RegistrationNumber,
} from './events.ts';

export const RegistrationStatus = z.enum([
  'submitted',
  'returned',
  'accepted',
  'first-reviewed',
  'registered',
  'refused',
  'deregistered',
  'revoked',
]);
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

export const ReceiptStatus = z.enum(['recorded', 'confirmed', 'verified', 'reversed']);

const Reasons = ReasonsPrivate.shape.reasons;

/** How far a value of a rule can be trusted; shown wherever its result is shown. */
export const SourceStatus = z.enum(['OFFICIAL', 'SINGLE_SOURCE', 'DRAFT', 'ASSUMPTION']);
export type SourceStatus = z.infer<typeof SourceStatus>;

/** The legal clock of a review, as of a day. */
export const ReviewClock = z.object({
  regime: z.string(),
  /** Larger ones have a longer limit in some regimes. */
  amountClass: z.enum(['ordinary', 'large']),
  days: z.int(),
  unit: z.enum(['working-days', 'calendar-days']),
  status: SourceStatus,
  /** The day after which counting begins: acceptance, or the day that supplements arrived. */
  startedOn: LocalDate,
  dueOn: LocalDate,
  /** Working days from tomorrow to the due day; 0 on and after it. null once decided. */
  workingDaysLeft: z.int().nullable(),
  /** Working days since the due day while undecided, or by which the decision was late. */
  overdueWorkingDays: z.int(),
  overdue: z.boolean(),
  /** The holiday calendar does not cover a day of the count yet. */
  provisional: z.boolean(),
  decidedOn: LocalDate.nullable(),
});
export type ReviewClock = z.infer<typeof ReviewClock>;

/** A change that waits for its second person. */
export const PendingChange = z.object({
  changeId: Id,
  kind: z.enum([...ChangeKind.options, 'reverse-receipt']),
  /** Of a reversal; null for the others. */
  receiptId: Id.nullable(),
  proposedOn: LocalDate,
  /** Last day on which it may be confirmed. */
  expiresOn: LocalDate,
  reasons: Reasons,
  /** The facts as they would be; null unless it is an amendment. */
  amended: z.object({ public: ContractPublic, private: ContractPrivate }).nullable(),
  /** Whether the reader proposed it. */
  mine: z.boolean(),
  /** Whether the reader could be the second person, had they the role; false for the parties. */
  mayConfirm: z.boolean(),
});
export type PendingChange = z.infer<typeof PendingChange>;

/** A change that happened. */
export const DoneChange = z.object({
  changeId: Id,
  kind: ChangeKind,
  on: LocalDate,
  seq: z.int(),
});
export type DoneChange = z.infer<typeof DoneChange>;

/** What market sends when both sides have signed: the same id as the contract in market. */
export const Submission = z.strictObject({
  contractId: Id,
  public: ContractPublic,
  private: ContractPrivate,
});
export type Submission = z.infer<typeof Submission>;

export const ReceiptView = z.object({
  receiptId: Id,
  status: ReceiptStatus,
  amountFen: FenString,
  receivedOn: LocalDate,
  evidenceHash: z.string(),
  bankReference: z.string(),
});

export type ReceiptView = z.infer<typeof ReceiptView>;

/** A registration as its parties and the desk see it. */
export const RegistrationView = z.object({
  contractId: Id,
  status: RegistrationStatus,
  /** Send it back with an act: another version means somebody was faster. */
  version: z.int(),
  seq: z.int(),
  submittedOn: LocalDate,
  acceptedOn: LocalDate.nullable(),
  /** Last working day of the review limit of the regime; null before acceptance. */
  dueOn: LocalDate.nullable(),
  regime: z.string().nullable(),
  needsSecondReview: z.boolean(),
  registrationNumber: RegistrationNumber.nullable(),
  registeredOn: LocalDate.nullable(),
  public: ContractPublic,
  private: ContractPrivate,
  reasons: z.array(z.object({ code: z.string(), note: z.string() })),
  receipts: z.array(ReceiptView),
  /** 1 for a contract that came once; one more for each supplement. */
  submissions: z.int(),
  /** null before the clock runs: not accepted yet, or with the parties for supplements. */
  clock: ReviewClock.nullable(),
  /** How often it was amended; the facts above are those of the last amendment. */
  amendment: z.int(),
  changes: z.array(DoneChange),
  pendingChange: PendingChange.nullable(),
});
export type RegistrationView = z.infer<typeof RegistrationView>;

/** Every act carries its own id (idempotency) and the version that the person saw. */
export const Act = z.strictObject({ commandId: Id, version: z.int().nonnegative() });

export const ReasonInput = z.strictObject({
  code: z.string().min(1).max(60),
  note: z.string().max(500),
});

export const ReasonedAct = Act.extend({ reasons: z.array(ReasonInput).min(1).max(20) });

export const ChangeInput = ReasonedAct.extend({
  changeId: Id,
  kind: ChangeKind,
  /** The whole facts as they shall be, for an amendment; null otherwise. */
  amended: z.strictObject({ public: ContractPublic, private: ContractPrivate }).nullable(),
});

export const ReversalInput = ReasonedAct.extend({ changeId: Id });

export const ReceiptInput = z.strictObject({
  commandId: Id,
  receiptId: Id,
  amountFen: FenString,
  receivedOn: LocalDate,
  evidenceHash: z.string().regex(/^[0-9a-f]{64}$/),
  bankReference: z.string().min(4).max(64),
});

/** What a writer answers: where the stream is now and the sequence to wait for in a read. */
export const Written = z.object({ contractId: Id, version: z.int(), seq: z.int() });
export type Written = z.infer<typeof Written>;
