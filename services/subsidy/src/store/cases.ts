import type { Id } from '@jishi/contracts/ids';
import type { PartyRef } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import type { CaseStatus } from '@jishi/contracts/subsidy/case';
import type { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import type { Selectable } from 'kysely';
import type { SubsidyTables, SubsidyTransaction } from './tables.ts';

export type CaseRow = Selectable<SubsidyTables['subsidy_case']>;
export type ContractRow = Selectable<SubsidyTables['contract']>;
export type ReceiptOfCase = Selectable<SubsidyTables['receipt']>;

/** The case, locked for the rest of the transaction; missing is refused. */
export const lockCase = async (trx: SubsidyTransaction, caseId: Id): Promise<CaseRow> => {
  const row = await trx
    .selectFrom('subsidy_case')
    .selectAll()
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  return row;
};

export const contractOf = (trx: SubsidyTransaction, contractId: Id): Promise<ContractRow> =>
  trx
    .selectFrom('contract')
    .selectAll()
    .where('contract_id', '=', contractId)
    .executeTakeFirstOrThrow();

export const partyOf = (contract: ContractRow, role: SubsidyRole): PartyRef => {
  const party = contract[role];
  if (!party) throw new Error(`contract ${contract.contract_id} has no ${role}`);
  return party;
};

/** Everybody named in the contract, by party. */
export const partyIdsOf = (contract: ContractRow): readonly Id[] =>
  [contract.seller, contract.buyer, contract.broker].flatMap((p) => (p ? [p.partyId] : []));

export const receiptsOf = (
  trx: SubsidyTransaction,
  caseId: Id,
): Promise<readonly ReceiptOfCase[]> =>
  trx
    .selectFrom('case_line as l')
    .innerJoin('receipt as r', 'r.receipt_id', 'l.receipt_id')
    .selectAll('r')
    .where('l.case_id', '=', caseId)
    .orderBy('r.seq')
    .execute();

export const deskOfficersOf = async (
  trx: SubsidyTransaction,
  contractIds: readonly Id[],
): Promise<readonly Id[]> => {
  const rows = await trx
    .selectFrom('contract_officer')
    .select('user_id')
    .where('contract_id', 'in', [...contractIds])
    .execute();
  return rows.map((row) => row.user_id);
};

/** Another broker of the contract has a valid award: institution and person exclude each other. */
export const otherBrokerAwarded = async (
  trx: SubsidyTransaction,
  row: CaseRow,
): Promise<boolean> => {
  const found = await trx
    .selectFrom('subsidy_case as c')
    .innerJoin('decision as d', 'd.case_id', 'c.case_id')
    .select('c.case_id')
    .where('c.scheme', '=', row.scheme)
    .where('c.contract_id', '=', row.contract_id)
    .where('c.role', '=', 'broker')
    .where('c.party_id', '<>', row.party_id)
    .where('d.returned_at', 'is', null)
    .where('d.award_fen', '>', 0n)
    .executeTakeFirst();
  return found !== undefined;
};

/** From one status to the next, exactly one row; the version moves with every change. */
export const setCaseStatus = async (
  trx: SubsidyTransaction,
  caseId: Id,
  from: CaseStatus,
  to: CaseStatus,
): Promise<void> => {
  const changed = await trx
    .updateTable('subsidy_case')
    .set((eb) => ({ status: to, version: eb('version', '+', 1) }))
    .where('case_id', '=', caseId)
    .where('status', '=', from)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) throw new Refusal('case-state');
};

/** Guards of every act on a case: the version that was seen, then the status. */
export const requireCase = (row: CaseRow, version: number, status: CaseStatus): void => {
  if (row.version !== version) throw new Refusal('version-conflict');
  if (row.status !== status) throw new Refusal('case-state');
};
