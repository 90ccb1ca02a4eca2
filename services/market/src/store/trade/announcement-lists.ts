import type { Id } from '@jishi/contracts/ids';
import type { DealType } from '@jishi/contracts/market/listing';
import type { LocalDate } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { AnnouncementKind } from '../../domain/listing/ledger-event.ts';
import { fromRow, type StoredAnnouncement } from './announcements.ts';
import type { TradeDb, TradeTrx } from './tables.ts';

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
