import type { Id } from '@jishi/contracts/ids';
import { Refusal } from '@jishi/contracts/problem';
import type { Insertable, Selectable } from 'kysely';
import type { Actor } from './audit.ts';
import type { SubsidyTables, SubsidyTransaction } from './tables.ts';

export type RepaymentEntryRow = Selectable<SubsidyTables['repayment_entry']>;

/** The claim's repayment that waits for a second officer; a claim has one at a time. */
export const pendingRepayment = (
  trx: SubsidyTransaction,
  clawbackId: Id,
): Promise<RepaymentEntryRow | undefined> =>
  trx
    .selectFrom('repayment_entry')
    .selectAll()
    .where('clawback_id', '=', clawbackId)
    .where('outcome', 'is', null)
    .executeTakeFirst();

/** Keeps an entry; a bank reference that stands for another already is refused. */
export const saveRepaymentEntry = async (
  trx: SubsidyTransaction,
  row: Insertable<SubsidyTables['repayment_entry']>,
): Promise<void> => {
  const saved = await trx
    .insertInto('repayment_entry')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (saved.numInsertedOrUpdatedRows !== 1n) throw new Refusal('bank-reference-used');
};

export const settleRepaymentEntry = async (
  trx: SubsidyTransaction,
  actor: Actor,
  entry: RepaymentEntryRow,
  outcome: 'confirmed' | 'withdrawn',
): Promise<void> => {
  await trx
    .updateTable('repayment_entry')
    .set({ outcome, settled_by: actor.person.userId, settled_at: actor.at })
    .where('repayment_id', '=', entry.repayment_id)
    .executeTakeFirstOrThrow();
};

/** A confirmed entry becomes a repayment. */
export const saveRepayment = async (
  trx: SubsidyTransaction,
  entry: RepaymentEntryRow,
  confirmedBy: Id,
): Promise<void> => {
  await trx
    .insertInto('repayment')
    .values({
      repayment_id: entry.repayment_id,
      clawback_id: entry.clawback_id,
      amount_fen: entry.amount_fen,
      received_on: entry.received_on,
      bank_reference: entry.bank_reference,
      entered_by: entry.entered_by,
      entered_at: entry.entered_at,
      confirmed_by: confirmedBy,
    })
    .execute();
};
