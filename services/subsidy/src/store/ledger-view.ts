import type { Id } from '@jishi/contracts/ids';
import type { PartyRef } from '@jishi/contracts/party';
import type { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import { CursorMoved } from '@jishi/runtime/feed-consumer';
import { sql } from 'kysely';
import type { ContractRoles, KnownCase, Opening, VerifiedReceipt } from '../domain/case-opening.ts';
import type { SubsidyDatabase, SubsidyTransaction } from './tables.ts';

const CURSOR = 'ledger';

export const readCursor = async (db: SubsidyDatabase): Promise<number> => {
  const row = await db
    .selectFrom('feed_cursor')
    .select('seq')
    .where('name', '=', CURSOR)
    .executeTakeFirst();
  return row?.seq ?? 0;
};

/** Moves the cursor; throws when another consumer was faster, so that no effect happens twice. */
export const moveCursor = async (
  trx: SubsidyTransaction,
  from: number,
  to: number,
): Promise<void> => {
  await trx
    .insertInto('feed_cursor')
    .values({ name: CURSOR, seq: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const moved = await trx
    .updateTable('feed_cursor')
    .set({ seq: to })
    .where('name', '=', CURSOR)
    .where('seq', '=', from)
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new CursorMoved(`the cursor is no longer at ${from}`);
};

export interface RegisteredContract {
  readonly contractId: Id;
  readonly registrationNumber: string;
  readonly registeredOn: string;
  readonly registeredSeq: number;
  readonly contractType: string;
  readonly relatedParty: boolean;
  readonly subcontract: boolean;
  readonly title: string;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
  readonly contractValueFen: bigint;
  readonly technologyValueFen: bigint;
}

export const saveContracts = async (
  trx: SubsidyTransaction,
  contracts: readonly RegisteredContract[],
): Promise<void> => {
  if (contracts.length === 0) return;
  await trx
    .insertInto('contract')
    .values(
      contracts.map((c) => ({
        contract_id: c.contractId,
        registration_number: c.registrationNumber,
        registered_on: c.registeredOn,
        registered_seq: c.registeredSeq,
        contract_type: c.contractType,
        related_party: c.relatedParty,
        subcontract: c.subcontract,
        title: c.title,
        seller: JSON.stringify(c.seller),
        buyer: JSON.stringify(c.buyer),
        broker: c.broker && JSON.stringify(c.broker),
        contract_value_fen: c.contractValueFen,
        technology_value_fen: c.technologyValueFen,
      })),
    )
    .execute();
};

export const saveOfficers = async (
  trx: SubsidyTransaction,
  officers: readonly { contractId: Id; userId: Id }[],
): Promise<void> => {
  if (officers.length === 0) return;
  await trx
    .insertInto('contract_officer')
    .values(officers.map((o) => ({ contract_id: o.contractId, user_id: o.userId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export interface ReceiptRow extends VerifiedReceipt {
  readonly amountFen: bigint;
  readonly receivedOn: string;
  readonly evidenceHash: string;
  readonly seq: number;
}

export const saveReceipts = async (
  trx: SubsidyTransaction,
  receipts: readonly ReceiptRow[],
): Promise<void> => {
  if (receipts.length === 0) return;
  await trx
    .insertInto('receipt')
    .values(
      receipts.map((r) => ({
        receipt_id: r.receiptId,
        contract_id: r.contractId,
        amount_fen: r.amountFen,
        received_on: r.receivedOn,
        verified_on: r.verifiedOn,
        evidence_hash: r.evidenceHash,
        seq: r.seq,
      })),
    )
    .execute();
};

/** A receipt, and the roles of its contract in which no case holds it. */
export interface UncasedReceipt extends VerifiedReceipt {
  readonly roles: ContractRoles;
}

/**
 * Receipts of these contracts, with the roles in which they are in no case yet. A contract that is
 * not registered yet, or no longer, has none; nor has a receipt that was reversed.
 */
export const receiptsWithoutCase = async (
  trx: SubsidyTransaction,
  scheme: string,
  contractIds: readonly Id[],
): Promise<readonly UncasedReceipt[]> => {
  const found = await sql<{
    receipt_id: Id;
    contract_id: Id;
    verified_on: string;
    role: SubsidyRole;
    party_id: Id;
  }>`
    select r.receipt_id, r.contract_id, r.verified_on, x.role, x.party ->> 'partyId' as party_id
    from receipt_now r join contract_now k using (contract_id)
    cross join lateral (values ('seller', 1, k.seller), ('buyer', 2, k.buyer),
      ('broker', 3, k.broker)) as x (role, place, party)
    where r.contract_id = any(${[...contractIds]}::uuid[])
      and k.standing = 'registered' and r.reversed_seq is null and x.party is not null
      and not exists (select from case_line l where l.receipt_id = r.receipt_id
        and l.scheme = ${scheme} and l.role = x.role and l.released_seq is null)
    order by r.seq, x.place`.execute(trx);
  const receipts = new Map<Id, UncasedReceipt>();
  for (const row of found.rows) {
    const { roles = [] } = receipts.get(row.receipt_id) ?? {};
    receipts.set(row.receipt_id, {
      receiptId: row.receipt_id,
      contractId: row.contract_id,
      verifiedOn: row.verified_on,
      roles: [...roles, { role: row.role, partyId: row.party_id }],
    });
  }
  return [...receipts.values()];
};

/** Open cases of these contracts, locked: a decision made meanwhile is waited for and seen. */
export const lockOpenCases = async (
  trx: SubsidyTransaction,
  scheme: string,
  contractIds: readonly Id[],
): Promise<readonly KnownCase[]> => {
  const rows = await trx
    .selectFrom('subsidy_case')
    .select(['case_id', 'contract_id', 'role', 'party_id', 'year', 'span_from'])
    .where('scheme', '=', scheme)
    .where('status', '=', 'open')
    .where('contract_id', 'in', [...contractIds])
    .orderBy('case_id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    key: {
      contractId: row.contract_id,
      role: row.role,
      partyId: row.party_id,
      year: row.year,
      spanFrom: row.span_from,
    },
  }));
};

/** Saves new cases, numbered as supplements of the earlier ones, their participants and lines. */
export const saveOpening = async (
  trx: SubsidyTransaction,
  scheme: string,
  opening: Opening,
  openedOn: string,
  openedAt: string,
): Promise<void> => {
  for (const { caseId, key } of opening.opened) {
    await sql`
      insert into subsidy_case (case_id, scheme, contract_id, role, party_id, year, span_from,
        supplement, status, opened_on, opened_at, party, reassessed_seq)
      select ${caseId}, ${scheme}, k.contract_id, ${key.role}, ${key.partyId}, ${key.year},
        ${key.spanFrom}, (select coalesce(max(supplement), 0) + 1 from subsidy_case
          where scheme = ${scheme} and contract_id = k.contract_id
            and role = ${key.role} and party_id = ${key.partyId}),
        'open', ${openedOn}, ${openedAt},
        case ${key.role}::text when 'seller' then k.seller when 'buyer' then k.buyer
          else k.broker end, coalesce(k.changed_seq, 0)
      from contract_now k where k.contract_id = ${key.contractId}`.execute(trx);
  }
  if (opening.opened.length > 0) {
    await trx
      .insertInto('participant')
      .values(opening.opened.map((o) => ({ case_id: o.caseId, party_id: o.key.partyId })))
      .execute();
  }
  if (opening.lines.length === 0) return;
  await sql`
    insert into case_line (case_id, receipt_id, scheme, role)
    select l.case_id, l.receipt_id, c.scheme, c.role
    from unnest(${opening.lines.map((l) => l.caseId)}::uuid[],
                ${opening.lines.map((l) => l.receiptId)}::uuid[]) as l (case_id, receipt_id)
    join subsidy_case c using (case_id)`.execute(trx);
  await sql`update subsidy_case set version = version + 1
    where case_id = any(${[...new Set(opening.lines.map((l) => l.caseId))]}::uuid[])
      and not (case_id = any(${opening.opened.map((o) => o.caseId)}::uuid[]))`.execute(trx);
};
