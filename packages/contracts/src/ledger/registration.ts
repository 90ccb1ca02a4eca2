import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { LocalDate } from '../time.ts';
import { ContractPrivate, ContractPublic, RegistrationNumber } from './events.ts';

export const RegistrationStatus = z.enum([
  'submitted',
  'returned',
  'accepted',
  'first-reviewed',
  'registered',
  'refused',
]);
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

export const ReceiptStatus = z.enum(['recorded', 'confirmed', 'verified']);

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
});
export type RegistrationView = z.infer<typeof RegistrationView>;

/** Every act carries its own id (idempotency) and the version that the person saw. */
export const Act = z.strictObject({ commandId: Id, version: z.int().nonnegative() });

export const ReasonedAct = Act.extend({
  reasons: z.array(z.strictObject({ code: z.string().min(1), note: z.string().max(500) })).min(1),
});

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
