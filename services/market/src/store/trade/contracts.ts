import type { Id } from '@jishi/contracts/ids';
import type { Signature } from '@jishi/contracts/market/contract';
import { Refusal } from '@jishi/contracts/problem';
import type { Selectable } from 'kysely';
import type { Contract } from '../../domain/contract/contract.ts';
import type { Page } from './announcement-lists.ts';
import type { TradeDb, TradeTables, TradeTrx } from './tables.ts';

export interface StoredContract {
  readonly negotiationId: Id;
  readonly contract: Contract;
}

const fromRow = (
  row: Selectable<TradeTables['contract']>,
  signatures: readonly Signature[],
): StoredContract => ({
  negotiationId: row.negotiation_id,
  contract: {
    contractId: row.id,
    status: row.status,
    version: row.version,
    ...row.drawn,
    declarations: row.declarations,
    text: row.text,
    contractTextHash: row.text_hash,
    signatures,
    signedOn: row.signed_on,
    effectiveOn: row.effective_on,
  },
});

const signaturesOf = async (
  db: TradeDb,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, Signature[]>> => {
  const found = new Map<Id, Signature[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('contract_signature')
    .selectAll()
    .where('contract_id', 'in', ids)
    .orderBy('signed_at')
    .orderBy('side')
    .execute();
  for (const row of rows) {
    found.get(row.contract_id)?.push({
      side: row.side,
      partyId: row.party_id,
      userId: row.user_id,
      contractTextHash: row.text_hash,
      signedAt: row.signed_at,
    });
  }
  return found;
};

const stateColumns = (contract: Contract) => ({
  status: contract.status,
  version: contract.version,
  declarations: JSON.stringify(contract.declarations),
  text: contract.text,
  text_hash: contract.contractTextHash,
  signed_on: contract.signedOn,
  effective_on: contract.effectiveOn,
});

export const insertContract = async (
  trx: TradeTrx,
  { negotiationId, contract }: StoredContract,
): Promise<void> => {
  const { head, terms, seller, buyer, broker, listingId, needId } = contract;
  const inserted = await trx
    .insertInto('contract')
    .values({
      id: contract.contractId,
      negotiation_id: negotiationId,
      drawn: JSON.stringify({ head, terms, seller, buyer, broker, listingId, needId }),
      ...stateColumns(contract),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw new Refusal('id-reused');
};

/** Locked for a decision; a contract that the caller takes no part in is not there. */
export const lockContract = async (trx: TradeTrx, id: Id): Promise<StoredContract> => {
  const row = await trx
    .selectFrom('contract')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  return fromRow(row, (await signaturesOf(trx, [id])).get(id) ?? []);
};

/** The contract after a decision. A signature is a row of its own and is only ever added. */
export const saveContract = async (
  trx: TradeTrx,
  { negotiationId, contract }: StoredContract,
  signature: Signature | undefined,
): Promise<void> => {
  const saved = await trx
    .updateTable('contract')
    .set(stateColumns(contract))
    .where('id', '=', contract.contractId)
    .where('version', '=', contract.version - 1)
    .executeTakeFirst();
  if (saved.numUpdatedRows !== 1n) throw new Refusal('version-conflict');
  if (!signature) return;
  await trx
    .insertInto('contract_signature')
    .values({
      contract_id: contract.contractId,
      negotiation_id: negotiationId,
      side: signature.side,
      party_id: signature.partyId,
      user_id: signature.userId,
      text_hash: signature.contractTextHash,
      signed_at: signature.signedAt,
    })
    .execute();
};

export const findContract = async (db: TradeDb, id: Id): Promise<StoredContract | undefined> => {
  const row = await db.selectFrom('contract').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row, (await signaturesOf(db, [id])).get(id) ?? []);
};

export const listContractsOf = async (
  db: TradeDb,
  partyId: Id,
  page: Page,
): Promise<StoredContract[]> => {
  let query = db
    .selectFrom('negotiation_participant as p')
    .innerJoin('contract as c', 'c.negotiation_id', 'p.negotiation_id')
    .selectAll('c')
    .where('p.party_id', '=', partyId);
  if (page.after) query = query.where('c.id', '<', page.after);
  const rows = await query.orderBy('c.id', 'desc').limit(page.limit).execute();
  const signatures = await signaturesOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => fromRow(row, signatures.get(row.id) ?? []));
};
