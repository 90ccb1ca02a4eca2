import type { Id } from '@jishi/contracts/ids';
import type { ChangeKind } from '@jishi/contracts/subsidy/case';
import { type Selectable, sql } from 'kysely';
import type { AmendedFacts, ChangeReasons, SubsidyTables, SubsidyTransaction } from './tables.ts';

/** What the ledger says later about a registered contract. */
export interface ContractChange {
  readonly seq: number;
  readonly contractId: Id;
  readonly kind: ChangeKind;
  readonly changedOn: string;
  readonly facts: AmendedFacts | null;
  readonly receiptId: Id | null;
  readonly reasons: ChangeReasons;
}

/** Keeps a change; false when it is about a contract or receipt that was never ours to follow. */
export const saveChange = async (
  trx: SubsidyTransaction,
  change: ContractChange,
): Promise<boolean> => {
  const saved = await sql`
    insert into contract_change (seq, contract_id, kind, changed_on, facts, receipt_id, reasons)
    select ${change.seq}, ${change.contractId}, ${change.kind}, ${change.changedOn},
      ${change.facts && JSON.stringify(change.facts)}::jsonb, ${change.receiptId}::uuid,
      ${JSON.stringify(change.reasons)}::jsonb
    where exists (select from contract where contract_id = ${change.contractId})
      and (${change.receiptId}::uuid is null
        or exists (select from receipt where receipt_id = ${change.receiptId}))`.execute(trx);
  return saved.numAffectedRows === 1n;
};

export const changesOf = (
  trx: SubsidyTransaction,
  contractId: Id,
): Promise<readonly Selectable<SubsidyTables['contract_change']>[]> =>
  trx
    .selectFrom('contract_change')
    .selectAll()
    .where('contract_id', '=', contractId)
    .orderBy('seq')
    .execute();

/**
 * One transaction at a time lets changes of the ledger reach cases and money, or settles a batch:
 * both touch many cases, caps and books. Taken before anything else is locked.
 */
export const lockReassessing = (trx: SubsidyTransaction) =>
  sql`select pg_advisory_xact_lock(hashtextextended('reassessing', 3))`.execute(trx);
