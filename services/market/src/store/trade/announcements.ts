import type { Id } from '@jishi/contracts/ids';
import type {
  Contact,
  DealType,
  ListingContent,
  NeedContent,
} from '@jishi/contracts/market/listing';
import type { PartyRef } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant, LocalDate } from '@jishi/contracts/time';
import { type Selectable, sql } from 'kysely';
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

const fromRow = (row: Selectable<TradeTables['announcement']>): StoredAnnouncement => ({
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

export interface Page {
  readonly after?: Id | undefined;
  readonly limit: number;
}

export const listOfOwner = async (
  db: TradeDb,
  kind: AnnouncementKind,
  partyId: Id,
  page: Page,
): Promise<StoredAnnouncement[]> => {
  let query = db
    .selectFrom('announcement')
    .selectAll()
    .where('kind', '=', kind)
    .where('owner_party_id', '=', partyId);
  if (page.after) query = query.where('id', '<', page.after);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map(fromRow);
};

export const listInReview = async (
  db: TradeDb,
  kind: AnnouncementKind,
  page: Page,
): Promise<StoredAnnouncement[]> => {
  let query = db
    .selectFrom('announcement')
    .selectAll()
    .where('kind', '=', kind)
    .where('status', '=', 'submitted');
  if (page.after) query = query.where('id', '>', page.after);
  const rows = await query.orderBy('id').limit(page.limit).execute();
  return rows.map(fromRow);
};

export interface Filter {
  readonly fieldCode?: string | undefined;
  readonly industryCode?: string | undefined;
  readonly district?: string | undefined;
  readonly dealType?: DealType | undefined;
}

/** What everybody may see now, newest first: published and not past its last day. */
export const listOpen = async (
  db: TradeDb,
  kind: AnnouncementKind,
  filter: Filter,
  page: Page,
  today: LocalDate,
): Promise<StoredAnnouncement[]> => {
  let query = db
    .selectFrom('announcement')
    .selectAll()
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .where('expires_on', '>=', today);
  if (filter.fieldCode) query = query.where('field_code', '=', filter.fieldCode);
  if (filter.industryCode) query = query.where('industry_code', '=', filter.industryCode);
  if (filter.district) query = query.where('district', '=', filter.district);
  if (filter.dealType) {
    query = query.where(sql<boolean>`content->'dealTypes' ? ${filter.dealType}`);
  }
  if (page.after) {
    query = query.where(
      sql<boolean>`(opened_on, id) < (select a.opened_on, a.id from announcement a
        where a.id = ${page.after})`,
    );
  }
  const rows = await query
    .orderBy('opened_on', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(fromRow);
};

/** Published ones past their last day, locked; those that a rival holds are left to it. */
export const lockDue = async (
  trx: TradeTrx,
  today: LocalDate,
  limit: number,
): Promise<StoredAnnouncement[]> => {
  const rows = await trx
    .selectFrom('announcement')
    .selectAll()
    .where('status', '=', 'published')
    .where('expires_on', '<', today)
    .orderBy('expires_on')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(fromRow);
};
