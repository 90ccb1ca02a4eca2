import type { Id } from '@jishi/contracts/ids';
import { Refusal } from '@jishi/contracts/problem';
import { enterBankAnswer, enterBankAnswerFile } from '@jishi/contracts/subsidy/endpoints';
import type { AnswerProblem, BankAnswerInput } from '@jishi/contracts/subsidy/payment';
import type { Service } from '@jishi/runtime/service';
import { requireSeparateDuty } from '../domain/duties.ts';
import { readAnswerFile } from '../domain/payment/answer-file.ts';
import {
  type AnsweredInstruction,
  answerProblem,
  matchAnswer,
} from '../domain/payment/bank-answer.ts';
import { referenceKey } from '../domain/payment/reference-key.ts';
import { type Actor, audit } from '../store/audit.ts';
import {
  paidKeys,
  saveAnswerLines,
  saveFailures,
  waitingFailures,
} from '../store/bank-answer-lines.ts';
import {
  type BatchRow,
  batchView,
  type InstructionRow,
  instructionsOf,
  lockBatch,
} from '../store/batches.ts';
import { sha256, takeCommand } from '../store/commands.ts';
import { lockReassessing } from '../store/contract-changes.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { actorOf, type SubsidyDependencies } from './dependencies.ts';
import { closeWhenAnswered, settleAll } from './settle-instructions.ts';

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
  const waiting = await waitingFailures(trx, row.batch_id);
  const waits = new Set(waiting.map((failure) => failure.instruction_id));
  const sent = instructions.map((line) => ({
    instructionId: line.instruction_id,
    payeeName: line.payee_name,
    amountFen: line.amount_fen,
    isAnswered: line.status !== 'sent' || waits.has(line.instruction_id),
  }));
  const keys = answer.lines.map((line) => referenceKey(line.bankReference));
  const { problems, answered } = matchAnswer(sent, answer.lines, await paidKeys(trx, keys));
  const whole = [
    ...(earlier ? [answerProblem(0, 'answer-number-used')] : []),
    ...(answer.fileHash === row.file_hash ? [] : [answerProblem(0, 'file-hash')]),
  ];
  const all = [...whole, ...problems];
  return all.length > 0 ? { kind: 'wrong', problems: all } : { kind: 'right', answered };
};

/** What was paid is booked at once; «failed» waits for a second finance officer. */
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
  const paid = answered.filter((line) => line.isPaid);
  const failed = answered.filter((line) => !line.isPaid);
  const kept = paid.map((line) => ({ ...line, answerNumber, line: answered.indexOf(line) + 1 }));
  await saveAnswerLines(trx, instructions, kept);
  await saveFailures(
    trx,
    actor,
    failed.map((line) => ({ ...line, answerNumber, line: answered.indexOf(line) + 1 })),
  );
  for (const line of failed) {
    const after = { instructionId: line.instructionId, answerNumber };
    await audit(trx, actor, { act: 'failure-entered', subject: batchId, after });
  }
  await settleAll(trx, dependencies, actor, instructions, paid);
  await closeWhenAnswered(trx, batchId);
  const after = { answerNumber, lines: answered.length };
  await audit(trx, actor, { act: 'bank-answer-taken', subject: batchId, after });
};

const enter = (
  dependencies: SubsidyDependencies,
  actor: Actor,
  batchId: Id,
  body: BankAnswerInput,
) =>
  withSight(dependencies.db, SEES_ALL, async (trx) => {
    await lockReassessing(trx);
    const row = await lockBatch(trx, batchId);
    if (row.status !== 'approved' && row.status !== 'settled') throw new Refusal('batch-state');
    const instructions = await instructionsOf(trx, batchId);
    const partyIds = instructions.map((line) => line.party_id);
    requireSeparateDuty(actor.person, { partyIds, userIds: [] });
    const { commandId, ...answer } = body;
    const { userId } = actor.person;
    const verdict = await judge(trx, row, instructions, body);
    if (verdict.kind === 'wrong') {
      const after = { answerNumber: answer.answerNumber, problems: verdict.problems.length };
      await audit(trx, actor, { act: 'bank-answer-refused', subject: batchId, after });
      const batch = await batchView(trx, batchId, userId);
      return { applied: false, problems: verdict.problems, batch };
    }
    const command = { commandId, act: 'bank-answer', subject: batchId, content: answer };
    const isNew = await takeCommand(trx, actor.person, command, actor.at);
    if (isNew && verdict.kind === 'right') {
      const whole = { ...body, batchId, answered: verdict.answered };
      await applyAnswer(trx, dependencies, actor, instructions, whole);
    }
    return { applied: true, problems: [], batch: await batchView(trx, batchId, userId) };
  });

/** The bank's answer: matched by machine, all lines or none; every difference is named. */
export const serveBankAnswer = (service: Service, dependencies: SubsidyDependencies): void => {
  service.serve(enterBankAnswer, (asked) => {
    const actor = actorOf(asked, dependencies.clock);
    return enter(dependencies, actor, asked.params.batchId, asked.body);
  });

  service.serve(enterBankAnswerFile, (asked) => {
    const actor = actorOf(asked, dependencies.clock);
    const { commandId, csv } = asked.body;
    const read = readAnswerFile(csv);
    return enter(dependencies, actor, asked.params.batchId, { commandId, ...read });
  });
};
