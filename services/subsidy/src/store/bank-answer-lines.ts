import type { Id } from '@jishi/contracts/ids';
import type { Selectable } from 'kysely';
import type { AnsweredInstruction } from '../domain/payment/bank-answer.ts';
import { referenceKey } from '../domain/payment/reference-key.ts';
import type { Actor } from './audit.ts';
import type { FailedLineTable } from './payment-tables.ts';
import type { SubsidyTransaction } from './tables.ts';

export type FailedLineRow = Selectable<FailedLineTable>;

/** A line at its place in the bank's answer, counted from 1. */
export interface AnswerLineAt extends AnsweredInstruction {
  readonly answerNumber: string;
  readonly line: number;
}

/** Which of these references, as they are compared, paid a line before. */
export const paidKeys = async (
  trx: SubsidyTransaction,
  keys: readonly string[],
): Promise<ReadonlySet<string>> => {
  const rows = await trx
    .selectFrom('bank_answer_line')
    .select('reference_key')
    .where('reference_key', 'in', [...keys])
    .where('is_paid', '=', true)
    .execute();
  return new Set(rows.map((row) => row.reference_key));
};

/** The bank's side of the reconciliation: its lines as they took effect, never changed. */
export const saveAnswerLines = async (
  trx: SubsidyTransaction,
  instructions: readonly { instruction_id: Id; amount_fen: bigint }[],
  lines: readonly AnswerLineAt[],
): Promise<void> => {
  if (lines.length === 0) return;
  const sent = new Map(instructions.map((line) => [line.instruction_id, line.amount_fen]));
  await trx
    .insertInto('bank_answer_line')
    .values(
      lines.map((line) => ({
        answer_number: line.answerNumber,
        line: line.line,
        instruction_id: line.instructionId,
        amount_fen: sent.get(line.instructionId) ?? 0n,
        is_paid: line.isPaid,
        bank_reference: line.bankReference,
        reference_key: referenceKey(line.bankReference),
        paid_on: line.paidOn,
      })),
    )
    .execute();
};

/** Lines that say «failed», kept until a second officer settles them. */
export const saveFailures = async (
  trx: SubsidyTransaction,
  actor: Actor,
  lines: readonly AnswerLineAt[],
): Promise<void> => {
  if (lines.length === 0) return;
  await trx
    .insertInto('failed_line')
    .values(
      lines.map((line) => ({
        answer_number: line.answerNumber,
        line: line.line,
        instruction_id: line.instructionId,
        bank_reference: line.bankReference,
        paid_on: line.paidOn,
        entered_by: actor.person.userId,
        entered_at: actor.at,
      })),
    )
    .execute();
};

/** Failed lines of a batch that nobody has settled yet. */
export const waitingFailures = (
  trx: SubsidyTransaction,
  batchId: Id,
): Promise<readonly FailedLineRow[]> =>
  trx
    .selectFrom('failed_line as f')
    .innerJoin('instruction as i', 'i.instruction_id', 'f.instruction_id')
    .selectAll('f')
    .where('i.batch_id', '=', batchId)
    .where('f.outcome', 'is', null)
    .orderBy('i.position')
    .execute();

export const settleFailures = async (
  trx: SubsidyTransaction,
  actor: Actor,
  lines: readonly FailedLineRow[],
  outcome: 'confirmed' | 'rejected',
): Promise<void> => {
  for (const line of lines) {
    await trx
      .updateTable('failed_line')
      .set({ outcome, settled_by: actor.person.userId, settled_at: actor.at })
      .where('answer_number', '=', line.answer_number)
      .where('line', '=', line.line)
      .executeTakeFirstOrThrow();
  }
};
