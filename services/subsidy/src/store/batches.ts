import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import type { BatchStatus, BatchView } from '@jishi/contracts/subsidy/payment';
import type { Insertable, Selectable } from 'kysely';
import { waitingFailures } from './bank-answer-lines.ts';
import type { SubsidyTables, SubsidyTransaction } from './tables.ts';

export type BatchRow = Selectable<SubsidyTables['batch']>;
export type InstructionRow = Selectable<SubsidyTables['instruction']>;

export const batchFileBoundTo = (batchId: Id): string => `batch-file:${batchId}`;

/** The batch, locked for the rest of the transaction; missing is refused. */
export const lockBatch = async (trx: SubsidyTransaction, batchId: Id): Promise<BatchRow> => {
  const row = await trx
    .selectFrom('batch')
    .selectAll()
    .where('batch_id', '=', batchId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  return row;
};

/** An id that stands for another batch already is refused. */
export const saveBatch = async (
  trx: SubsidyTransaction,
  batch: Insertable<SubsidyTables['batch']>,
  instructions: readonly Insertable<SubsidyTables['instruction']>[],
): Promise<void> => {
  const saved = await trx
    .insertInto('batch')
    .values(batch)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (saved.numInsertedOrUpdatedRows !== 1n) throw new Refusal('id-reused');
  await trx
    .insertInto('instruction')
    .values([...instructions])
    .execute();
};

export const instructionsOf = (
  trx: SubsidyTransaction,
  batchId: Id,
): Promise<readonly InstructionRow[]> =>
  trx
    .selectFrom('instruction')
    .selectAll()
    .where('batch_id', '=', batchId)
    .orderBy('position')
    .execute();

export const casesOfBatches = async (
  trx: SubsidyTransaction,
  batchIds: readonly Id[],
): Promise<readonly Id[]> => {
  if (batchIds.length === 0) return [];
  const rows = await trx
    .selectFrom('instruction')
    .select('case_id')
    .where('batch_id', 'in', [...batchIds])
    .execute();
  return rows.map((row) => row.case_id);
};

export const setBatch = async (
  trx: SubsidyTransaction,
  batchId: Id,
  changes: { status: BatchStatus; approved_by?: Id; approved_at?: string },
): Promise<void> => {
  await trx
    .updateTable('batch')
    .set((eb) => ({ ...changes, version: eb('version', '+', 1) }))
    .where('batch_id', '=', batchId)
    .executeTakeFirstOrThrow();
};

/** One instruction from one status to the next; anything else is a fault. */
export const setInstruction = async (
  trx: SubsidyTransaction,
  instructionId: Id,
  from: InstructionRow['status'],
  changes: Partial<Pick<InstructionRow, 'status' | 'bank_reference' | 'paid_on'>>,
): Promise<void> => {
  const changed = await trx
    .updateTable('instruction')
    .set(changes)
    .where('instruction_id', '=', instructionId)
    .where('status', '=', from)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) throw new Error(`instruction ${instructionId} is not ${from}`);
};

/** Who decided and who approved the cases of these decisions. */
export const decidersOf = async (
  trx: SubsidyTransaction,
  decisionIds: readonly Id[],
): Promise<readonly Id[]> => {
  const rows = await trx
    .selectFrom('decision')
    .select(['decided_by', 'approved_by'])
    .where('decision_id', 'in', [...decisionIds])
    .execute();
  return rows.flatMap((row) => [row.decided_by, ...(row.approved_by ? [row.approved_by] : [])]);
};

export const batchView = async (
  trx: SubsidyTransaction,
  batchId: Id,
  userId: Id,
): Promise<BatchView> => {
  const row = await trx
    .selectFrom('batch')
    .selectAll()
    .where('batch_id', '=', batchId)
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  const instructions = await instructionsOf(trx, batchId);
  const failures = new Map(
    (await waitingFailures(trx, batchId)).map((failure) => [
      failure.instruction_id,
      { bankReference: failure.bank_reference, enteredByMe: failure.entered_by === userId },
    ]),
  );
  return {
    batchId,
    status: row.status,
    version: row.version,
    createdAt: row.created_at,
    approvedAt: row.approved_at,
    totalFen: formatFen(instructions.reduce((sum, line) => sum + line.amount_fen, 0n)),
    fileHash: row.file_hash,
    preparedByMe: row.created_by === userId,
    instructions: instructions.map((line) => ({
      instructionId: line.instruction_id,
      caseId: line.case_id,
      payeeName: line.payee_name,
      accountEnding: line.account_ending,
      amountFen: formatFen(line.amount_fen),
      reference: line.reference,
      status: line.status,
      bankReference: line.bank_reference,
      paidOn: line.paid_on,
      failure: failures.get(line.instruction_id) ?? null,
    })),
  };
};

export const listBatchIds = async (
  trx: SubsidyTransaction,
  status: BatchStatus | undefined,
  limit: number,
): Promise<readonly Id[]> => {
  let query = trx.selectFrom('batch').select('batch_id').orderBy('created_at', 'desc').limit(limit);
  if (status) query = query.where('status', '=', status);
  return (await query.execute()).map((row) => row.batch_id);
};
