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
import { reassessCase } from '../process/reassess.ts';
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
import { lockBooks, post } from '../store/books.ts';
import { contractOf, lockCase, lockCases, setCaseStatus } from '../store/cases.ts';
import { sha256, takeCommand } from '../store/commands.ts';
import { lockReassessing } from '../store/contract-changes.ts';
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

/** The bank's side of the reconciliation: its lines as taken, never changed. */
const saveAnswerLines = async (
  trx: SubsidyTransaction,
  answerNumber: string,
  instructions: readonly InstructionRow[],
  answered: readonly AnsweredInstruction[],
): Promise<void> => {
  const sent = new Map(instructions.map((line) => [line.instruction_id, line.amount_fen]));
  await trx
    .insertInto('bank_answer_line')
    .values(
      answered.map((line, i) => ({
        answer_number: answerNumber,
        line: i + 1,
        instruction_id: line.instructionId,
        amount_fen: sent.get(line.instructionId) ?? 0n,
        is_paid: line.isPaid,
        bank_reference: line.bankReference,
        paid_on: line.paidOn,
      })),
    )
    .execute();
};

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
  await saveAnswerLines(trx, answerNumber, instructions, answered);
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
  const left = instructions.filter((i) => i.status === 'sent' && !byId.has(i.instruction_id));
  await setBatch(trx, batchId, { status: left.length === 0 ? 'settled' : 'approved' });
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
