import type { Id } from '@jishi/contracts/ids';
import type { AnsweredInstruction } from '../domain/payment/bank-answer.ts';
import { reassessCase } from '../process/reassess.ts';
import { type Actor, audit } from '../store/audit.ts';
import { type InstructionRow, instructionsOf, setBatch, setInstruction } from '../store/batches.ts';
import { lockBooks, post } from '../store/books.ts';
import { contractOf, lockCase, lockCases, setCaseStatus } from '../store/cases.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import type { SubsidyDependencies } from './dependencies.ts';

/** The ledger changed the contract while the money was under way: looked at now. */
const reassessAfter = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  line: InstructionRow,
): Promise<void> => {
  const row = await lockCase(trx, line.case_id);
  const { changed_seq: seq } = await contractOf(trx, row.contract_id);
  if (seq !== null) await reassessCase(trx, dependencies, row.case_id, { seq, at: actor.at });
};

/** Paid: the money leaves. Failed: it is committed again and the case may go into a new batch. */
const settle = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  line: InstructionRow,
  answer: AnsweredInstruction,
): Promise<void> => {
  const { scheme, year } = await lockCase(trx, line.case_id);
  await post(trx, { scheme, year }, answer.isPaid ? 'pay' : 'fail', {
    entryId: dependencies.newId(),
    reference: line.instruction_id,
    amountFen: line.amount_fen,
    at: actor.at,
  });
  await setInstruction(trx, line.instruction_id, 'sent', {
    status: answer.isPaid ? 'paid' : 'failed',
    bank_reference: answer.bankReference,
    paid_on: answer.isPaid ? answer.paidOn : null,
  });
  await setCaseStatus(trx, line.case_id, 'instructed', answer.isPaid ? 'paid' : 'approved');
  await audit(trx, actor, {
    act: answer.isPaid ? 'paid' : 'payment-failed',
    subject: line.case_id,
    after: { instructionId: line.instruction_id, bankReference: answer.bankReference },
  });
};

/** Settles the answered instructions of a batch, in the order of the batch. */
export const settleAll = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  instructions: readonly InstructionRow[],
  answered: readonly AnsweredInstruction[],
): Promise<void> => {
  const books = await lockCases(
    trx,
    instructions.map((line) => line.case_id),
  );
  await lockBooks(trx, books);
  const byId = new Map(answered.map((line) => [line.instructionId, line]));
  for (const line of instructions) {
    const found = byId.get(line.instruction_id);
    if (!found) continue;
    await settle(trx, dependencies, actor, line, found);
    await reassessAfter(trx, dependencies, actor, line);
  }
};

/** A batch is settled when each instruction was answered; its version moves in any case. */
export const closeWhenAnswered = async (trx: SubsidyTransaction, batchId: Id): Promise<void> => {
  const left = (await instructionsOf(trx, batchId)).some((line) => line.status === 'sent');
  await setBatch(trx, batchId, { status: left ? 'approved' : 'settled' });
};
