import type { ListSide } from '@jishi/contracts/ledger/events';
import type { LocalDate } from '@jishi/contracts/time';
import type { Kysely, Transaction } from 'kysely';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import type { LedgerTables } from './database.ts';
import { parseDocument } from './registration-view.ts';

/** 登记清单 as it was issued; what became of its contracts is read with them. */
export interface IssuedList {
  readonly listId: string;
  readonly issuedOn: LocalDate;
  readonly side: ListSide;
  readonly count: number;
  readonly seq: number;
  readonly contractIds: readonly string[];
}

export const saveLists = async (
  trx: Transaction<LedgerTables>,
  lists: readonly IssuedList[],
): Promise<void> => {
  for (const { listId, issuedOn, side, count, seq, contractIds } of lists) {
    const row = { list_id: listId, issued_on: issuedOn, side, count, seq: BigInt(seq) };
    await trx.insertInto('registered_list').values(row).execute();
    if (contractIds.length === 0) continue;
    const rows = contractIds.map((id) => ({ list_id: listId, contract_id: id }));
    await trx.insertInto('registered_list_contract').values(rows).execute();
  }
};

export interface ListWithContracts extends Omit<IssuedList, 'contractIds'> {
  readonly contracts: readonly RegistrationDocument[];
}

const contractsOf = async (
  db: Kysely<LedgerTables>,
  listIds: readonly string[],
): Promise<Map<string, RegistrationDocument[]>> => {
  const found = new Map<string, RegistrationDocument[]>();
  if (listIds.length === 0) return found;
  const rows = await db
    .selectFrom('registered_list_contract as held')
    .innerJoin('registration_view as view', 'view.contract_id', 'held.contract_id')
    .select(['held.list_id', 'view.body'])
    .where('held.list_id', 'in', listIds)
    .orderBy('view.registration_number')
    .execute();
  for (const row of rows) {
    found.set(row.list_id, [...(found.get(row.list_id) ?? []), parseDocument(row.body)]);
  }
  return found;
};

export interface ListFilter {
  readonly listId?: string;
  /** Only those that hold this contract. */
  readonly contractId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Lists, the newest first: after one of them, or one alone. */
export const readLists = async (
  db: Kysely<LedgerTables>,
  filter: ListFilter,
): Promise<ListWithContracts[]> => {
  const { listId, contractId, after, limit } = filter;
  const rows = await db
    .selectFrom('registered_list')
    .selectAll()
    .$if(listId !== undefined, (query) => query.where('list_id', '=', listId ?? ''))
    .$if(contractId !== undefined, (query) =>
      query.where('list_id', 'in', (held) =>
        held
          .selectFrom('registered_list_contract')
          .select('list_id')
          .where('contract_id', '=', contractId ?? ''),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where('seq', '<', (one) =>
        one
          .selectFrom('registered_list')
          .select('seq')
          .where('list_id', '=', after ?? ''),
      ),
    )
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  const contracts = await contractsOf(
    db,
    rows.map((row) => row.list_id),
  );
  return rows.map((row) => ({
    ...{ listId: row.list_id, issuedOn: row.issued_on, count: row.count, seq: Number(row.seq) },
    side: row.side as ListSide,
    contracts: contracts.get(row.list_id) ?? [],
  }));
};
