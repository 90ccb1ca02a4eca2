import type { Id } from '@jishi/contracts/ids';
import type { Fen } from '@jishi/contracts/money';
import type { PartyRef } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import type { CaseStatus } from '@jishi/contracts/subsidy/case';
import { type Selectable, sql } from 'kysely';
import { countedReceipts } from '../domain/counted-receipts.ts';
import type { SubsidyTables, SubsidyTransaction } from './tables.ts';

export type CaseRow = Selectable<SubsidyTables['subsidy_case']>;
export type ContractRow = Selectable<SubsidyTables['contract_now']>;

/** A receipt of a case, with what of it counts. */
export interface ReceiptOfCase extends Selectable<SubsidyTables['receipt_now']> {
  readonly counted_fen: Fen;
}

/** These cases, locked in one order for all: no two can wait for each other. */
export const lockCases = (
  trx: SubsidyTransaction,
  caseIds: readonly Id[],
): Promise<readonly CaseRow[]> =>
  caseIds.length === 0
    ? Promise.resolve([])
    : trx
        .selectFrom('subsidy_case')
        .selectAll()
        .where('case_id', 'in', [...caseIds])
        .orderBy('case_id')
        .forUpdate()
        .execute();

export const caseIdsOf = async (
  trx: SubsidyTransaction,
  contractIds: readonly Id[],
): Promise<readonly Id[]> => {
  if (contractIds.length === 0) return [];
  const rows = await trx
    .selectFrom('subsidy_case')
    .select('case_id')
    .where('contract_id', 'in', [...contractIds])
    .orderBy('case_id')
    .execute();
  return rows.map((row) => row.case_id);
};

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
    .selectFrom('contract_now')
    .selectAll()
    .where('contract_id', '=', contractId)
    .executeTakeFirstOrThrow();

/** Still the contract's party in the case's role, as the contract stands now. */
export const isStillParty = (row: CaseRow, contract: ContractRow): boolean =>
  contract[row.role]?.partyId === row.party_id;

/** The case's party: as the contract names it now, or as it did when the case was opened. */
export const partyOf = (row: CaseRow, contract: ContractRow): PartyRef => {
  const party = contract[row.role];
  return party && party.partyId === row.party_id ? party : row.party;
};

/** Everybody named in the contract, by party. */
export const partyIdsOf = (contract: ContractRow): readonly Id[] =>
  [contract.seller, contract.buyer, contract.broker].flatMap((p) => (p ? [p.partyId] : []));

/** Everybody with an interest in the case: the contract's parties and the case's own. */
export const interestedIn = (row: CaseRow, contract: ContractRow): readonly Id[] => [
  row.party_id,
  ...partyIdsOf(contract),
];

/** What of each receipt of these contracts counts, by receipt. */
export const countedByReceipt = async (
  trx: SubsidyTransaction,
  contracts: readonly Pick<ContractRow, 'contract_id' | 'technology_value_fen'>[],
): Promise<ReadonlyMap<Id, Fen>> => {
  if (contracts.length === 0) return new Map();
  const rows = await trx
    .selectFrom('receipt_now')
    .select(['receipt_id', 'contract_id', 'amount_fen', 'reversed_seq'])
    .where(
      'contract_id',
      'in',
      contracts.map((contract) => contract.contract_id),
    )
    .orderBy('seq')
    .execute();
  const counted = new Map<Id, Fen>();
  for (const contract of contracts) {
    const own = rows.filter((row) => row.contract_id === contract.contract_id);
    const arrived = own.map((row) => ({
      receiptId: row.receipt_id,
      amountFen: row.amount_fen,
      isReversed: row.reversed_seq !== null,
    }));
    for (const [id, fen] of countedReceipts(contract.technology_value_fen, arrived)) {
      counted.set(id, fen);
    }
  }
  return counted;
};

/** The receipts of a case in the order of the ledger, reversed ones too. */
export const receiptsOf = async (
  trx: SubsidyTransaction,
  row: Pick<CaseRow, 'case_id'>,
  contract: ContractRow,
): Promise<readonly ReceiptOfCase[]> => {
  const counted = await countedByReceipt(trx, [contract]);
  const rows = await trx
    .selectFrom('case_line as l')
    .innerJoin('receipt_now as r', 'r.receipt_id', 'l.receipt_id')
    .selectAll('r')
    .where('l.case_id', '=', row.case_id)
    .orderBy('r.seq')
    .execute();
  return rows.map((found) => ({ ...found, counted_fen: counted.get(found.receipt_id) ?? 0n }));
};

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

/**
 * Another broker of the contract has a valid award: institution and person exclude each other. One
 * who is not the contract's broker any more, or whose award is claimed back whole, is none.
 */
export const otherBrokerAwarded = async (
  trx: SubsidyTransaction,
  row: CaseRow,
): Promise<boolean> => {
  const found = await trx
    .selectFrom('subsidy_case as c')
    .innerJoin('decision as d', 'd.case_id', 'c.case_id')
    .innerJoin('contract_now as k', 'k.contract_id', 'c.contract_id')
    .select('c.case_id')
    .where('c.scheme', '=', row.scheme)
    .where('c.contract_id', '=', row.contract_id)
    .where('c.role', '=', 'broker')
    .where('c.party_id', '<>', row.party_id)
    .where('d.returned_at', 'is', null)
    .where('d.voided_at', 'is', null)
    .where(sql<boolean>`k.broker ->> 'partyId' = c.party_id::text`)
    .where(
      sql<boolean>`d.award_fen > (select coalesce(sum(b.amount_fen), 0) from clawback b
        where b.decision_id = d.decision_id and b.status <> 'withdrawn')`,
    )
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
