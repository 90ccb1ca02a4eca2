import type { Id } from '@jishi/contracts/ids';
import type { NegotiationEntry, Side } from '@jishi/contracts/market/negotiation';
import type { PartyRef } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import type { Selectable } from 'kysely';
import type { Negotiation, Step } from '../../domain/negotiation/negotiation.ts';
import type { Page } from './announcement-lists.ts';
import type { TradeDb, TradeTables, TradeTrx } from './tables.ts';

export interface StoredNegotiation {
  readonly id: Id;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
  readonly listingId: Id | null;
  readonly needId: Id | null;
  readonly state: Negotiation;
}

const fromRow = (row: Selectable<TradeTables['negotiation']>): StoredNegotiation => ({
  id: row.id,
  seller: row.seller,
  buyer: row.buyer,
  broker: row.broker,
  listingId: row.listing_id,
  needId: row.need_id,
  state: {
    status: row.status,
    version: row.version,
    sellerPartyId: row.seller.partyId,
    buyerPartyId: row.buyer.partyId,
    openOffer: row.open_offer,
    agreed: row.agreed,
    brokerConfirmed: row.broker_confirmed,
    contractId: row.contract_id,
  },
});

const stateColumns = ({ broker, state }: Pick<StoredNegotiation, 'broker' | 'state'>) => ({
  status: state.status,
  version: state.version,
  broker: broker && JSON.stringify(broker),
  broker_confirmed: state.brokerConfirmed,
  open_offer: state.openOffer && JSON.stringify(state.openOffer),
  agreed: state.agreed && JSON.stringify(state.agreed),
  contract_id: state.contractId,
});

/** One entry of the log. An offer's id that is taken anywhere is refused. */
const appendEntry = async (
  trx: TradeTrx,
  id: Id,
  entry: NegotiationEntry,
  userId: Id,
): Promise<void> => {
  const appended = await trx
    .insertInto('negotiation_entry')
    .values({
      negotiation_id: id,
      version: entry.version,
      user_id: userId,
      entry: JSON.stringify(entry),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (appended.numInsertedOrUpdatedRows !== 1n) throw new Refusal('id-reused');
};

export const addParticipant = async (
  trx: TradeTrx,
  id: Id,
  side: Side | 'broker',
  partyId: Id,
  addedBy: Id,
): Promise<void> => {
  await trx
    .insertInto('negotiation_participant')
    .values({ negotiation_id: id, party_id: partyId, side, added_by: addedBy })
    .execute();
};

/** A broker that declined sees no more of it. */
export const removeBroker = async (trx: TradeTrx, id: Id, partyId: Id): Promise<void> => {
  await trx
    .deleteFrom('negotiation_participant')
    .where('negotiation_id', '=', id)
    .where('party_id', '=', partyId)
    .where('side', '=', 'broker')
    .executeTakeFirstOrThrow();
};

export interface OpenedNegotiation extends Omit<StoredNegotiation, 'state'>, Step {}

export const insertNegotiation = async (
  trx: TradeTrx,
  opened: OpenedNegotiation,
  by: { readonly userId: Id; readonly partyId: Id },
): Promise<void> => {
  const { id, seller, buyer, broker, negotiation } = opened;
  const inserted = await trx
    .insertInto('negotiation')
    .values({
      id,
      seller: JSON.stringify(seller),
      buyer: JSON.stringify(buyer),
      listing_id: opened.listingId,
      need_id: opened.needId,
      ...stateColumns({ broker, state: negotiation }),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw new Refusal('id-reused');
  await addParticipant(trx, id, 'seller', seller.partyId, by.partyId);
  await addParticipant(trx, id, 'buyer', buyer.partyId, by.partyId);
  await appendEntry(trx, id, opened.entry, by.userId);
};

/** Locked for a decision; a negotiation that the caller takes no part in is not there. */
export const lockNegotiation = async (trx: TradeTrx, id: Id): Promise<StoredNegotiation> => {
  const row = await trx
    .selectFrom('negotiation')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  return fromRow(row);
};

/** How it stands after a decision, and the decision's one entry in the log. */
export const saveStep = async (
  trx: TradeTrx,
  stored: StoredNegotiation,
  step: Step,
  userId: Id,
): Promise<StoredNegotiation> => {
  const saved: StoredNegotiation = { ...stored, state: step.negotiation };
  const updated = await trx
    .updateTable('negotiation')
    .set(stateColumns(saved))
    .where('id', '=', stored.id)
    .where('version', '=', step.negotiation.version - 1)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new Refusal('version-conflict');
  await appendEntry(trx, stored.id, step.entry, userId);
  return saved;
};

export const findNegotiation = async (
  db: TradeDb,
  id: Id,
): Promise<StoredNegotiation | undefined> => {
  const row = await db
    .selectFrom('negotiation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fromRow(row);
};

export const listNegotiationsOf = async (
  db: TradeDb,
  partyId: Id,
  page: Page,
): Promise<StoredNegotiation[]> => {
  let query = db
    .selectFrom('negotiation_participant as p')
    .innerJoin('negotiation as n', 'n.id', 'p.negotiation_id')
    .selectAll('n')
    .where('p.party_id', '=', partyId);
  if (page.after) query = query.where('n.id', '<', page.after);
  const rows = await query.orderBy('n.id', 'desc').limit(page.limit).execute();
  return rows.map(fromRow);
};

export const entriesOf = async (
  db: TradeDb,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, NegotiationEntry[]>> => {
  const logs = new Map<Id, NegotiationEntry[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return logs;
  const rows = await db
    .selectFrom('negotiation_entry')
    .select(['negotiation_id', 'entry'])
    .where('negotiation_id', 'in', ids)
    .orderBy('negotiation_id')
    .orderBy('version')
    .execute();
  for (const row of rows) logs.get(row.negotiation_id)?.push(row.entry);
  return logs;
};
