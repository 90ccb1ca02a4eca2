import { Refusal } from '@jishi/contracts/problem';
import {
  approveBatch,
  cancelBatch,
  createBatch,
  downloadBatchFile,
  listBatches,
  readBatch,
} from '@jishi/contracts/subsidy/endpoints';
import type { BatchStatus } from '@jishi/contracts/subsidy/payment';
import type { Service } from '@jishi/runtime/service';
import { requireSeparateDuty } from '../domain/duties.ts';
import { type Actor, audit } from '../store/audit.ts';
import {
  type BatchRow,
  batchFileBoundTo,
  batchView,
  decidersOf,
  type InstructionRow,
  instructionsOf,
  listBatchIds,
  lockBatch,
  setBatch,
  setInstruction,
} from '../store/batches.ts';
import { post } from '../store/books.ts';
import { deskOfficersOf, lockCase, setCaseStatus } from '../store/cases.ts';
import { takeCommand } from '../store/commands.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { actorOf, personOf, type SubsidyDependencies } from './dependencies.ts';
import { prepareBatch } from './prepare-batch.ts';

const requireBatch = (row: BatchRow, version: number, status: BatchStatus): void => {
  if (row.version !== version) throw new Refusal('version-conflict');
  if (row.status !== status) throw new Refusal('batch-state');
};

/** Refuses who prepared the batch, decided a case of it, or belongs to a payee. */
const requireSecondOfficer = async (
  trx: SubsidyTransaction,
  actor: Actor,
  row: BatchRow,
  instructions: readonly InstructionRow[],
): Promise<void> => {
  const cases = await Promise.all(instructions.map((line) => lockCase(trx, line.case_id)));
  requireSeparateDuty(actor.person, {
    partyIds: instructions.map((line) => line.party_id),
    userIds: [
      row.created_by,
      ...(await decidersOf(
        trx,
        instructions.map((line) => line.decision_id),
      )),
      ...(await deskOfficersOf(
        trx,
        cases.map((found) => found.contract_id),
      )),
    ],
  });
};

/** Money and status of each award move from committed to instructed. */
const sendInstructions = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  instructions: readonly InstructionRow[],
): Promise<void> => {
  for (const line of instructions) {
    const { scheme, year } = await lockCase(trx, line.case_id);
    await post(trx, { scheme, year }, 'instruct', {
      entryId: dependencies.newId(),
      reference: line.instruction_id,
      amountFen: line.amount_fen,
      at: actor.at,
    });
    await setInstruction(trx, line.instruction_id, 'prepared', { status: 'sent' });
    await setCaseStatus(trx, line.case_id, 'batched', 'instructed');
    const after = { batchId: line.batch_id, instructionId: line.instruction_id };
    await audit(trx, actor, { act: 'instructed', subject: line.case_id, after });
  }
};

const cancelInstructions = async (
  trx: SubsidyTransaction,
  actor: Actor,
  instructions: readonly InstructionRow[],
): Promise<void> => {
  for (const line of instructions) {
    await setInstruction(trx, line.instruction_id, 'prepared', { status: 'cancelled' });
    await setCaseStatus(trx, line.case_id, 'batched', 'approved');
    const before = { batchId: line.batch_id };
    await audit(trx, actor, { act: 'batch-cancelled', subject: line.case_id, before });
  }
};

const serveBatchReads = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, sealer, clock } = dependencies;

  service.serve(listBatches, ({ query, principal }) =>
    withSight(db, SEES_ALL, async (trx) => {
      const items = [];
      for (const id of await listBatchIds(trx, query.status, query.limit)) {
        items.push(await batchView(trx, id, personOf(principal).userId));
      }
      return { items };
    }),
  );

  service.serve(readBatch, ({ params, principal }) =>
    withSight(db, SEES_ALL, (trx) => batchView(trx, params.batchId, personOf(principal).userId)),
  );

  service.serveRaw(downloadBatchFile, async (asked) => {
    const { batchId } = asked.params;
    const actor = actorOf(asked, clock);
    const file = await withSight(db, SEES_ALL, async (trx) => {
      const row = await lockBatch(trx, batchId);
      if (row.status !== 'approved' && row.status !== 'settled') throw new Refusal('batch-state');
      await audit(trx, actor, { act: 'file-downloaded', subject: batchId });
      return sealer.open(row.file_sealed, batchFileBoundTo(batchId));
    });
    return asked.context.body(file, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="batch-${batchId}.csv"`,
      'cache-control': 'no-store',
    });
  });
};

/** Payment batches: prepared by one finance officer, approved by another, file out. */
export const serveBatches = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, clock } = dependencies;
  serveBatchReads(service, dependencies);

  service.serve(createBatch, async (asked) => {
    const { commandId, batchId, caseIds } = asked.body;
    const actor = actorOf(asked, clock);
    return withSight(db, SEES_ALL, async (trx) => {
      const command = { commandId, act: 'create-batch', subject: batchId, content: { caseIds } };
      if (await takeCommand(trx, actor.person, command, actor.at)) {
        await prepareBatch(trx, dependencies, actor, batchId, caseIds);
      }
      return batchView(trx, batchId, actor.person.userId);
    });
  });

  service.serve(approveBatch, async (asked) => {
    const { batchId } = asked.params;
    const { commandId, version, fileHash } = asked.body;
    const actor = actorOf(asked, clock);
    return withSight(db, SEES_ALL, async (trx) => {
      const content = { version, fileHash };
      const command = { commandId, act: 'approve-batch', subject: batchId, content };
      if (await takeCommand(trx, actor.person, command, actor.at)) {
        const row = await lockBatch(trx, batchId);
        requireBatch(row, version, 'prepared');
        const instructions = await instructionsOf(trx, batchId);
        await requireSecondOfficer(trx, actor, row, instructions);
        if (row.file_hash !== fileHash) throw new Refusal('content-changed');
        await setBatch(trx, batchId, {
          status: 'approved',
          approved_by: actor.person.userId,
          approved_at: actor.at,
        });
        await sendInstructions(trx, dependencies, actor, instructions);
        await audit(trx, actor, { act: 'batch-approved', subject: batchId, after: { fileHash } });
      }
      return batchView(trx, batchId, actor.person.userId);
    });
  });

  service.serve(cancelBatch, async (asked) => {
    const { batchId } = asked.params;
    const { commandId, version } = asked.body;
    const actor = actorOf(asked, clock);
    return withSight(db, SEES_ALL, async (trx) => {
      const command = { commandId, act: 'cancel-batch', subject: batchId, content: { version } };
      if (await takeCommand(trx, actor.person, command, actor.at)) {
        requireBatch(await lockBatch(trx, batchId), version, 'prepared');
        await cancelInstructions(trx, actor, await instructionsOf(trx, batchId));
        await setBatch(trx, batchId, { status: 'cancelled' });
        await audit(trx, actor, { act: 'batch-cancelled', subject: batchId });
      }
      return batchView(trx, batchId, actor.person.userId);
    });
  });
};
