import type { Id } from '@jishi/contracts/ids';
import type { Instant } from '@jishi/contracts/time';
import { auditLedger } from '../store/audit.ts';
import { instructionsOf, setBatch, setInstruction } from '../store/batches.ts';
import { post } from '../store/books.ts';
import { type CaseRow, setCaseStatus } from '../store/cases.ts';
import { capKeyOf, type DecisionRow, lockCap, setVoided, useCap } from '../store/decisions.ts';
import type { SubsidyTransaction } from '../store/tables.ts';

/** A change of the contract that a case is to be looked at for. */
export interface Cause {
  readonly seq: number;
  readonly at: Instant;
}

/** A batch that nobody approved yet loses a case: it is cancelled, the other cases wait again. */
const cancelBatchOf = async (trx: SubsidyTransaction, cause: Cause, caseId: Id): Promise<void> => {
  const { batch_id: batchId } = await trx
    .selectFrom('instruction')
    .select('batch_id')
    .where('case_id', '=', caseId)
    .where('status', '=', 'prepared')
    .executeTakeFirstOrThrow();
  for (const line of await instructionsOf(trx, batchId)) {
    await setInstruction(trx, line.instruction_id, 'prepared', { status: 'cancelled' });
    await setCaseStatus(trx, line.case_id, 'batched', 'approved');
    const before = { batchId };
    await auditLedger(trx, cause, { act: 'batch-cancelled', subject: line.case_id, before });
  }
  await setBatch(trx, batchId, { status: 'cancelled' });
  await auditLedger(trx, cause, { act: 'batch-cancelled', subject: batchId, after: { caseId } });
};

/**
 * Takes the ground from a case's decision: out of its batch, its money back from committed to the
 * budget, its part of the cap freed. The case is open again. An open case has nothing to void.
 */
export const voidDecision = async (
  trx: SubsidyTransaction,
  { newId }: { readonly newId: () => Id },
  cause: Cause,
  row: CaseRow,
  decision: DecisionRow | undefined,
): Promise<void> => {
  if (row.status === 'open' || !decision) return;
  if (row.status === 'batched') await cancelBatchOf(trx, cause, row.case_id);
  const status = row.status === 'batched' ? 'approved' : row.status;
  const { award_fen: awardFen, decision_id: decisionId } = decision;
  await setVoided(trx, decisionId, { voided_at: cause.at, voided_seq: cause.seq });
  if (awardFen > 0n) {
    await lockCap(trx, capKeyOf(row));
    await useCap(trx, capKeyOf(row), -awardFen);
  }
  if (status === 'approved') {
    await post(trx, { scheme: row.scheme, year: row.year }, 'uncommit', {
      entryId: newId(),
      reference: decisionId,
      amountFen: awardFen,
      at: cause.at,
    });
  }
  await setCaseStatus(trx, row.case_id, status, 'open');
};
