import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate } from '../time.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** No control character and none that turns a line of a file around. */
const LineText = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);

/** Where an award is paid to; registered by the payee itself. Sensitive: encrypted at rest. */
export const PayeeAccountInput = z.strictObject({
  commandId: Id,
  accountName: LineText,
  bankName: LineText,
  accountNumber: z.string().regex(/^\d{8,32}$/),
});

/** An account as it is shown: the number by its last four digits alone. */
export const PayeeAccountView = z.object({
  accountId: Id,
  accountName: z.string(),
  bankName: z.string(),
  accountEnding: z.string().regex(/^\d{4}$/),
  /** A changed account is used only from this instant on. */
  effectiveFrom: Instant,
});
export type PayeeAccountView = z.infer<typeof PayeeAccountView>;

/** prepared → approved (file out) → settled when each instruction is answered; or cancelled. */
export const BatchStatus = z.enum(['prepared', 'approved', 'settled', 'cancelled']);
export type BatchStatus = z.infer<typeof BatchStatus>;

export const InstructionStatus = z.enum(['prepared', 'sent', 'paid', 'failed', 'cancelled']);

export const InstructionView = z.object({
  instructionId: Id,
  caseId: Id,
  payeeName: z.string(),
  accountEnding: z.string(),
  amountFen: FenString,
  reference: z.string(),
  status: InstructionStatus,
  bankReference: z.string().nullable(),
  paidOn: LocalDate.nullable(),
  /** The bank's answer says «failed»: it takes effect when another finance officer confirms it. */
  failure: z.object({ bankReference: z.string(), enteredByMe: z.boolean() }).nullable(),
});
export type InstructionView = z.infer<typeof InstructionView>;

export const BatchView = z
  .object({
    batchId: Id,
    status: BatchStatus,
    version: z.int(),
    createdAt: Instant,
    approvedAt: Instant.nullable(),
    totalFen: FenString,
    /** SHA-256 of the payment file, byte for byte: what is approved and what the bank answers. */
    fileHash: Hash,
    /** The caller prepared it: somebody else approves. */
    preparedByMe: z.boolean(),
    instructions: z.array(InstructionView),
  })
  .openapi('PaymentBatch');
export type BatchView = z.infer<typeof BatchView>;

export const BATCH_CASES_MAX = 500;
export const ANSWER_LINES_MAX = 2_000;

/** One line of the bank's answer, as given: nothing is trusted before it matches. */
export const AnswerLine = z.strictObject({
  instructionId: z.string().max(100),
  payeeName: z.string().max(300),
  amountFen: z.string().max(40),
  result: z.string().max(20),
  bankReference: z.string().max(100),
  paidOn: z.string().max(20),
});
export type AnswerLine = z.infer<typeof AnswerLine>;

export const BankAnswerInput = z.strictObject({
  commandId: Id,
  /** SHA-256 of the payment file that the bank carried out. */
  fileHash: z.string().max(100),
  /** The bank's number of this answer: taken once. */
  answerNumber: z.string().trim().min(1).max(64),
  lines: z.array(AnswerLine).min(1).max(ANSWER_LINES_MAX),
});
export type BankAnswerInput = z.infer<typeof BankAnswerInput>;

/** The bank's own file, as text: what is read of it is matched like any other answer. */
export const BankAnswerFile = z.strictObject({
  commandId: Id,
  csv: z.string().min(1).max(900_000),
});
export type BankAnswerFile = z.infer<typeof BankAnswerFile>;

/** `line` counts from 1; 0 is the answer as a whole. */
export const AnswerProblem = z.object({
  line: z.int().nonnegative(),
  instructionId: z.string().nullable(),
  /** What we sent and what the answer says, where the two differ. */
  expected: z.string().nullable(),
  given: z.string().nullable(),
  rule: z.enum([
    'file-hash',
    'answer-number-used',
    'instruction-unknown',
    'instruction-repeated',
    'payee-differs',
    'amount-differs',
    'result-unknown',
    'bank-reference-missing',
    'bank-reference-used',
    'date-not-valid',
    'already-answered',
  ]),
  zh: z.string(),
  en: z.string(),
});
export type AnswerProblem = z.infer<typeof AnswerProblem>;

/** All lines match and take effect, or none does and each difference is named. */
export const BankAnswerResult = z.object({
  applied: z.boolean(),
  problems: z.array(AnswerProblem),
  batch: BatchView,
});

/** Balances of one scheme and year, in fen; `appropriation` is negative, the sum of all is zero. */
export const BooksView = z.object({
  accounts: z.array(
    z.object({
      account: z.string(),
      balanceFen: z.string().regex(/^-?\d+$/),
      /** The same, added up again from the postings. */
      postedFen: z.string().regex(/^-?\d+$/),
    }),
  ),
  sumFen: z.string().regex(/^-?\d+$/),
  entries: z.int(),
  unbalancedEntries: z.int(),
  /** Both sums zero, each balance equal to its postings, no entry unbalanced. */
  isBalanced: z.boolean(),
  asOf: LocalDate,
});
