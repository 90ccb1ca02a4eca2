import { Refusal } from '@jishi/contracts/problem';
import { enterBankAnswer } from '@jishi/contracts/subsidy/endpoints';
import type { AnswerProblem, BankAnswerInput } from '@jishi/contracts/subsidy/payment';
import type { Service } from '@jishi/runtime/service';
import { requireSeparateDuty } from '../domain/duties.ts';
import {
  type AnsweredInstruction,
  answerProblem,
  matchAnswer,
} from '../domain/payment/bank-answer.ts';
import { type Actor, audit } from '../store/audit.ts';
import {
  type BatchRow,
  batchView,
  type InstructionRow,
  instructionsOf,
  lockBatch,
  setBatch,
  setInstruction,
} from '../store/batches.ts';
import { post } from '../store/books.ts';
import { lockCase, setCaseStatus } from '../store/cases.ts';
import { sha256, takeCommand } from '../store/commands.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { actorOf, type SubsidyDependencies } from './dependencies.ts';

/** `taken` is this very answer, entered before: nothing is done and nothing is wrong. */
type Verdict =
  | { readonly kind: 'taken' }
  | { readonly kind: 'wrong'; readonly problems: AnswerProblem[] }
  | { readonly kind: 'right'; readonly answered: readonly AnsweredInstruction[] };

const contentHashOf = (answer: BankAnswerInput): string =>
  sha256(JSON.stringify([answer.fileHash, answer.answerNumber, answer.lines]));

const judge = async (
  trx: SubsidyTransaction,
  row: BatchRow,
  instructions: readonly InstructionRow[],
  answer: BankAnswerInput,
): Promise<Verdict> => {
  const earlier = await trx
    .selectFrom('bank_answer')
    .select(['batch_id', 'content_hash'])
    .where('answer_number', '=', answer.answerNumber)
    .executeTakeFirst();
  if (earlier?.batch_id === row.batch_id && earlier.content_hash === contentHashOf(answer)) {
    return { kind: 'taken' };
  }
  const sent = instructions.map((line) => ({
    instructionId: line.instruction_id,
    payeeName: line.payee_name,
    amountFen: line.amount_fen,
    isAnswered: line.status !== 'sent',
  }));
  const { problems, answered } = matchAnswer(sent, answer.lines);
  const whole = [
    ...(earlier ? [answerProblem(0, 'answer-number-used')] : []),
    ...(answer.fileHash === row.file_hash ? [] : [answerProblem(0, 'file-hash')]),
  ];
  const all = [...whole, ...problems];
  return all.length > 0 ? { kind: 'wrong', problems: all } : { kind: 'right', answered };
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

const applyAnswer = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  instructions: readonly InstructionRow[],
  answer: BankAnswerInput & { batchId: string; answered: readonly AnsweredInstruction[] },
): Promise<void> => {
  const { batchId, answered, answerNumber } = answer;
  await trx
    .insertInto('bank_answer')
    .values({
      answer_number: answerNumber,
      batch_id: batchId,
      content_hash: contentHashOf(answer),
      taken_at: actor.at,
    })
    .execute();
  const byId = new Map(answered.map((line) => [line.instructionId, line]));
  for (const line of instructions) {
    const found = byId.get(line.instruction_id);
    if (found) await settle(trx, dependencies, actor, line, found);
  }
  const left = instructions.filter((i) => i.status === 'sent' && !byId.has(i.instruction_id));
  await setBatch(trx, batchId, { status: left.length === 0 ? 'settled' : 'approved' });
  const after = { answerNumber, lines: answered.length };
  await audit(trx, actor, { act: 'bank-answer-taken', subject: batchId, after });
};

/** The bank's answer: matched by machine, all lines or none; every difference is named. */
export const serveBankAnswer = (service: Service, dependencies: SubsidyDependencies): void => {
  service.serve(enterBankAnswer, async (asked) => {
    const { batchId } = asked.params;
    const { commandId, ...answer } = asked.body;
    const actor = actorOf(asked, dependencies.clock);
    return withSight(dependencies.db, SEES_ALL, async (trx) => {
      const row = await lockBatch(trx, batchId);
      if (row.status !== 'approved' && row.status !== 'settled') throw new Refusal('batch-state');
      const instructions = await instructionsOf(trx, batchId);
      const partyIds = instructions.map((line) => line.party_id);
      requireSeparateDuty(actor.person, { partyIds, userIds: [] });
      const verdict = await judge(trx, row, instructions, asked.body);
      if (verdict.kind === 'wrong') {
        const after = { answerNumber: answer.answerNumber, problems: verdict.problems.length };
        await audit(trx, actor, { act: 'bank-answer-refused', subject: batchId, after });
        return {
          applied: false,
          problems: verdict.problems,
          batch: await batchView(trx, batchId),
        };
      }
      const command = { commandId, act: 'bank-answer', subject: batchId, content: answer };
      const isNew = await takeCommand(trx, actor.person, command, actor.at);
      if (isNew && verdict.kind === 'right') {
        const { answered } = verdict;
        const whole = { ...asked.body, batchId, answered };
        await applyAnswer(trx, dependencies, actor, instructions, whole);
      }
      return { applied: true, problems: [], batch: await batchView(trx, batchId) };
    });
  });
};
