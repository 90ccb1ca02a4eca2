import type { Id } from '@jishi/contracts/ids';
import type { Fen } from '@jishi/contracts/money';
import type { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import type { Selectable } from 'kysely';
import type { SubsidyTables, SubsidyTransaction } from './tables.ts';

export type DecisionRow = Selectable<SubsidyTables['decision']>;

/** Whose ceiling: one row, one lock, so that any number of decisions at once share it exactly. */
export interface CapKey {
  readonly scheme: string;
  readonly partyId: Id;
  readonly role: SubsidyRole;
  readonly year: number;
}

/** What is used of a cap, locked until the transaction ends; the row is made when it is missing. */
export const lockCap = async (trx: SubsidyTransaction, key: CapKey): Promise<Fen> => {
  const row = await trx
    .insertInto('cap_usage')
    .values({ scheme: key.scheme, party_id: key.partyId, role: key.role, year: key.year })
    .onConflict((conflict) =>
      conflict
        .columns(['scheme', 'party_id', 'role', 'year'])
        .doUpdateSet((eb) => ({ used_fen: eb.ref('cap_usage.used_fen') })),
    )
    .returning('used_fen')
    .executeTakeFirstOrThrow();
  return row.used_fen;
};

/** Takes from a cap, or with a negative amount gives back. */
export const useCap = async (
  trx: SubsidyTransaction,
  key: CapKey,
  amountFen: Fen,
): Promise<void> => {
  const changed = await trx
    .updateTable('cap_usage')
    .set((eb) => ({ used_fen: eb('used_fen', '+', amountFen) }))
    .where('scheme', '=', key.scheme)
    .where('party_id', '=', key.partyId)
    .where('role', '=', key.role)
    .where('year', '=', key.year)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) throw new Error('no cap row: lock it first');
};

export const saveDecision = async (
  trx: SubsidyTransaction,
  row: Pick<
    DecisionRow,
    | 'decision_id'
    | 'case_id'
    | 'content'
    | 'content_hash'
    | 'award_fen'
    | 'includes_assumption'
    | 'decided_by'
    | 'decided_at'
  >,
): Promise<void> => {
  await trx.insertInto('decision').values(row).execute();
};

/** The decision of a case that was neither sent back nor voided by the ledger. */
export const validDecision = (
  trx: SubsidyTransaction,
  caseId: Id,
): Promise<DecisionRow | undefined> =>
  trx
    .selectFrom('decision')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('returned_at', 'is', null)
    .where('voided_at', 'is', null)
    .executeTakeFirst();

export const setApproved = async (
  trx: SubsidyTransaction,
  decisionId: Id,
  approval: { approved_by: Id; approved_at: string; payable_from: string | null },
): Promise<void> => {
  await trx
    .updateTable('decision')
    .set(approval)
    .where('decision_id', '=', decisionId)
    .executeTakeFirstOrThrow();
};

export const setReturned = async (
  trx: SubsidyTransaction,
  decisionId: Id,
  returned: { returned_by: Id; returned_at: string },
): Promise<void> => {
  await trx
    .updateTable('decision')
    .set(returned)
    .where('decision_id', '=', decisionId)
    .executeTakeFirstOrThrow();
};

/** A change in the ledger took the ground from it: nobody's act, named by its sequence. */
export const setVoided = async (
  trx: SubsidyTransaction,
  decisionId: Id,
  voided: { voided_at: string; voided_seq: number },
): Promise<void> => {
  await trx
    .updateTable('decision')
    .set(voided)
    .where('decision_id', '=', decisionId)
    .executeTakeFirstOrThrow();
};

/** What is used of a cap, to look at; whoever decides locks it instead. */
export const capUsed = async (trx: SubsidyTransaction, key: CapKey): Promise<Fen> => {
  const row = await trx
    .selectFrom('cap_usage')
    .select('used_fen')
    .where('scheme', '=', key.scheme)
    .where('party_id', '=', key.partyId)
    .where('role', '=', key.role)
    .where('year', '=', key.year)
    .executeTakeFirst();
  return row?.used_fen ?? 0n;
};

export const capKeyOf = (row: {
  readonly scheme: string;
  readonly party_id: Id;
  readonly role: SubsidyRole;
  readonly year: number;
}): CapKey => ({ scheme: row.scheme, partyId: row.party_id, role: row.role, year: row.year });
