import { Refusal } from '@jishi/contracts/problem';
import { settleFailedLines } from '@jishi/contracts/subsidy/endpoints';
import type { Service } from '@jishi/runtime/service';
import { requireSeparateDuty } from '../domain/duties.ts';
import { type Actor, audit } from '../store/audit.ts';
import {
  type FailedLineRow,
  saveAnswerLines,
  settleFailures,
  waitingFailures,
} from '../store/bank-answer-lines.ts';
import { batchView, type InstructionRow, instructionsOf, lockBatch } from '../store/batches.ts';
import { takeCommand } from '../store/commands.ts';
import { lockReassessing } from '../store/contract-changes.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { actorOf, type SubsidyDependencies } from './dependencies.ts';
import { closeWhenAnswered, settleAll } from './settle-instructions.ts';

const answeredBy = (line: FailedLineRow) => ({
  instructionId: line.instruction_id,
  isPaid: false,
  bankReference: line.bank_reference,
  paidOn: line.paid_on,
  answerNumber: line.answer_number,
  line: line.line,
});

/** What others entered and nobody settled. One's own lines alone are refused. */
const linesOfOthers = async (
  trx: SubsidyTransaction,
  actor: Actor,
  batchId: string,
): Promise<readonly FailedLineRow[]> => {
  const waiting = await waitingFailures(trx, batchId);
  if (waiting.length === 0) throw new Refusal('batch-state');
  const others = waiting.filter((line) => line.entered_by !== actor.person.userId);
  if (others.length === 0) throw new Refusal('duties-not-separated');
  return others;
};

/** Confirmed: the failure takes effect and the awards may be paid again. Rejected: nothing does. */
const settleLines = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  instructions: readonly InstructionRow[],
  asked: { readonly batchId: string; readonly outcome: 'confirmed' | 'rejected' },
): Promise<void> => {
  const { batchId, outcome } = asked;
  const lines = await linesOfOthers(trx, actor, batchId);
  await settleFailures(trx, actor, lines, outcome);
  if (outcome === 'confirmed') {
    const answered = lines.map(answeredBy);
    await saveAnswerLines(trx, instructions, answered);
    await settleAll(trx, dependencies, actor, instructions, answered);
  }
  await closeWhenAnswered(trx, batchId);
  const after = { outcome, instructionIds: lines.map((line) => line.instruction_id) };
  await audit(trx, actor, { act: `failure-${outcome}`, subject: batchId, after });
};

/** A payment counts as failed when a second finance officer says so too. */
export const serveFailedLines = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, clock } = dependencies;

  service.serve(settleFailedLines, (asked) => {
    const { batchId } = asked.params;
    const { commandId, ...content } = asked.body;
    const actor = actorOf(asked, clock);
    return withSight(db, SEES_ALL, async (trx) => {
      await lockReassessing(trx);
      const command = { commandId, act: 'settle-failed-lines', subject: batchId, content };
      if (await takeCommand(trx, actor.person, command, actor.at)) {
        const row = await lockBatch(trx, batchId);
        if (row.version !== content.version) throw new Refusal('version-conflict');
        const instructions = await instructionsOf(trx, batchId);
        const partyIds = instructions.map((line) => line.party_id);
        requireSeparateDuty(actor.person, { partyIds, userIds: [] });
        const { outcome } = content;
        await settleLines(trx, dependencies, actor, instructions, { batchId, outcome });
      }
      return batchView(trx, batchId, actor.person.userId);
    });
  });
};
