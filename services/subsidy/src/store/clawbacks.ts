import type { Id } from '@jishi/contracts/ids';
import type { Fen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import type { ClawbackStatus } from '@jishi/contracts/subsidy/clawback';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { SubsidyTables, SubsidyTransaction } from './tables.ts';

export type ClawbackRow = Selectable<SubsidyTables['clawback']>;
export type ReassessmentRow = Selectable<SubsidyTables['reassessment']>;

/** The claim, locked for the rest of the transaction; missing is refused. Lock its case first. */
export const lockClawback = async (
  trx: SubsidyTransaction,
  clawbackId: Id,
): Promise<ClawbackRow> => {
  const row = await trx
    .selectFrom('clawback')
    .selectAll()
    .where('clawback_id', '=', clawbackId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  return row;
};

/** Which case a claim is about, so that the case can be locked before the claim. */
export const caseOfClawback = async (trx: SubsidyTransaction, clawbackId: Id): Promise<Id> => {
  const row = await trx
    .selectFrom('clawback')
    .select('case_id')
    .where('clawback_id', '=', clawbackId)
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  return row.case_id;
};

export const clawbacksOf = (trx: SubsidyTransaction, caseId: Id): Promise<readonly ClawbackRow[]> =>
  trx
    .selectFrom('clawback')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('clawback_id')
    .execute();

/** From one status to the next; the version moves with every change. */
export const setClawback = async (
  trx: SubsidyTransaction,
  clawbackId: Id,
  changes: Partial<
    Pick<
      ClawbackRow,
      | 'demand_reason'
      | 'content'
      | 'content_hash'
      | 'demanded_by'
      | 'demanded_at'
      | 'approved_by'
      | 'approved_at'
      | 'due_on'
      | 'closed_at'
      | 'repaid_fen'
    >
  > & { readonly status: ClawbackStatus },
): Promise<void> => {
  await trx
    .updateTable('clawback')
    .set((eb) => ({ ...changes, version: eb('version', '+', 1) }))
    .where('clawback_id', '=', clawbackId)
    .executeTakeFirstOrThrow();
};

export const saveClawback = async (
  trx: SubsidyTransaction,
  row: Insertable<SubsidyTables['clawback']>,
): Promise<void> => {
  await trx.insertInto('clawback').values(row).execute();
};

export const saveReassessment = async (
  trx: SubsidyTransaction,
  row: ReassessmentRow,
): Promise<void> => {
  await trx.insertInto('reassessment').values(row).execute();
};

/** The case was looked at for the contract's changes up to this one; its version moves. */
export const markReassessed = async (
  trx: SubsidyTransaction,
  caseId: Id,
  seq: number,
): Promise<void> => {
  await trx
    .updateTable('subsidy_case')
    .set((eb) => ({ reassessed_seq: seq, version: eb('version', '+', 1) }))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
};

/** A case that ended unpaid lets go of its receipts: another party's case may hold them. */
export const releaseLines = async (
  trx: SubsidyTransaction,
  caseId: Id,
  seq: number,
): Promise<void> => {
  await trx
    .updateTable('case_line')
    .set({ released_seq: seq })
    .where('case_id', '=', caseId)
    .where('released_seq', 'is', null)
    .execute();
};

/** What is claimed of an award: all that was not withdrawn, and the part not approved yet. */
export const claimedOf = (
  rows: readonly ClawbackRow[],
): { readonly allFen: Fen; readonly unapproved: ClawbackRow | undefined } => {
  const unapproved = rows.find((row) => row.status === 'opened' || row.status === 'demanded');
  const live = rows.filter((row) => row.status !== 'withdrawn');
  return { allFen: live.reduce((sum, row) => sum + row.amount_fen, 0n), unapproved };
};

/** Batches not approved yet that hold a case of these contracts, locked in one order for all. */
export const lockPreparedBatches = async (
  trx: SubsidyTransaction,
  contractIds: readonly Id[],
): Promise<readonly Id[]> => {
  const found = await sql<{ batch_id: Id }>`
    select batch_id from batch where status = 'prepared' and batch_id in (
      select i.batch_id from instruction i join subsidy_case c using (case_id)
      where c.contract_id = any(${[...contractIds]}::uuid[]) and i.status = 'prepared')
    order by batch_id for update`.execute(trx);
  return found.rows.map((row) => row.batch_id);
};
