import type { Id } from '@jishi/contracts/ids';
import type { Contact, ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { PartyRef } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import type { Selectable } from 'kysely';
import type { AnnouncementKind } from '../../domain/listing/ledger-event.ts';
import type { Announcement } from '../../domain/listing/life-cycle.ts';
import type { TradeDb, TradeTables, TradeTrx } from './tables.ts';

export interface StoredAnnouncement {
  readonly id: Id;
  readonly kind: AnnouncementKind;
  readonly owner: PartyRef;
  readonly content: ListingContent | NeedContent;
  readonly state: Announcement;
}

export const fromRow = (row: Selectable<TradeTables['announcement']>): StoredAnnouncement => ({
  id: row.id,
  kind: row.kind,
  owner: row.owner,
  content: row.content,
  state: {
    status: row.status,
    version: row.version,
    ownerOrganisationId: row.owner_organisation_id,
    makers: row.makers,
    openedOn: row.opened_on,
    expiresOn: row.expires_on,
    reasons: row.reasons,
    closeReason: row.close_reason,
  },
});

const stateColumns = (state: Announcement) => ({
  status: state.status,
  version: state.version,
  makers: [...state.makers],
  opened_on: state.openedOn,
  expires_on: state.expiresOn,
  reasons: JSON.stringify(state.reasons),
  close_reason: state.closeReason,
});

/** An id that is taken, by whomever, is refused without a word about its content. */
export const insertAnnouncement = async (
  trx: TradeTrx,
  made: StoredAnnouncement,
  contact: Contact,
  now: Instant,
): Promise<void> => {
  const inserted = await trx
    .insertInto('announcement')
    .values({
      id: made.id,
      kind: made.kind,
      owner_organisation_id: made.state.ownerOrganisationId,
      owner_party_id: made.owner.partyId,
      owner: JSON.stringify(made.owner),
      content: JSON.stringify(made.content),
      created_at: now,
      ...stateColumns(made.state),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw new Refusal('id-reused');
  await trx
    .insertInto('announcement_contact')
    .values({
      announcement_id: made.id,
      owner_party_id: made.owner.partyId,
      contact: JSON.stringify(contact),
    })
    .execute();
};

const byId = (db: TradeDb, kind: AnnouncementKind, id: Id) =>
  db.selectFrom('announcement').selectAll().where('id', '=', id).where('kind', '=', kind);

/** As the caller may see it; row-level security decides. */
export const findAnnouncement = async (
  db: TradeDb,
  kind: AnnouncementKind,
  id: Id,
): Promise<StoredAnnouncement | undefined> => {
  const row = await byId(db, kind, id).executeTakeFirst();
  return row && fromRow(row);
};

/** Several at once, by id; what the caller may not see is not among them. */
export const findAnnouncements = async (
  db: TradeDb,
  kind: AnnouncementKind,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, StoredAnnouncement>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('announcement')
    .selectAll()
    .where('kind', '=', kind)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
};

/** Locked for a decision; what the caller may not change answers like what is not there. */
export const lockAnnouncement = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id,
): Promise<StoredAnnouncement> => {
  const row = await byId(trx, kind, id).forUpdate().executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  return fromRow(row);
};

export const saveState = async (trx: TradeTrx, id: Id, state: Announcement): Promise<void> => {
  const saved = await trx
    .updateTable('announcement')
    .set(stateColumns(state))
    .where('id', '=', id)
    .where('version', '=', state.version - 1)
    .executeTakeFirst();
  if (saved.numUpdatedRows !== 1n) throw new Refusal('version-conflict');
};

export const markSubmitted = async (trx: TradeTrx, id: Id, now: Instant): Promise<void> => {
  await trx
    .updateTable('announcement')
    .set({ submitted_at: now })
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
};

/** Content and contact of a draft; the owner's name and district are taken again. */
export const saveContent = async (
  trx: TradeTrx,
  id: Id,
  content: ListingContent | NeedContent,
  contact: Contact,
  owner: PartyRef,
): Promise<void> => {
  await trx
    .updateTable('announcement')
    .set({ content: JSON.stringify(content), owner: JSON.stringify(owner) })
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('announcement_contact')
    .set({ contact: JSON.stringify(contact) })
    .where('announcement_id', '=', id)
    .executeTakeFirstOrThrow();
};

export const contactsOf = async (
  db: TradeDb,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, Contact>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('announcement_contact')
    .select(['announcement_id', 'contact'])
    .where('announcement_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.announcement_id, row.contact]));
};
