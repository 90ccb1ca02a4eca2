import type { Id } from '@jishi/contracts/ids';
import type { ListingDraft, NeedDraft } from '@jishi/contracts/market/drafts';
import type { ListingContent, ListingStatus, NeedContent } from '@jishi/contracts/market/listing';
import type { Instant, LocalDate } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { AnnouncementKind } from '../../domain/listing/ledger-event.ts';
import type { TradeDb } from './tables.ts';

/** A record with its unsent changes, or a draft that was never submitted. */
export interface OwnRecord {
  readonly id: Id;
  readonly status: ListingStatus;
  readonly version: number;
  readonly content: ListingContent | NeedContent | null;
  readonly draft: ListingDraft | NeedDraft | null;
  readonly savedAt: Instant | null;
  readonly submittedAt: Instant | null;
  readonly openedOn: LocalDate | null;
  readonly expiresOn: LocalDate | null;
}

const OWN = (kind: AnnouncementKind, partyId: Id) => sql`own as (
  select coalesce(a.id, d.announcement_id) as id, coalesce(a.status, 'draft') as status,
    coalesce(a.version, 0) as version, a.content, d.content as draft, d.saved_at as "savedAt",
    a.submitted_at as "submittedAt", a.opened_on as "openedOn", a.expires_on as "expiresOn"
  from (select * from announcement where kind = ${kind} and owner_party_id = ${partyId}) a
    full join (select * from announcement_draft
      where kind = ${kind} and owner_party_id = ${partyId}) d on d.announcement_id = a.id)`;

export interface OwnPage {
  readonly status?: ListingStatus | undefined;
  readonly after?: Id | undefined;
  readonly limit: number;
}

/** What an organisation has of a kind, the newest id first. */
export const listOwn = async (
  db: TradeDb,
  kind: AnnouncementKind,
  partyId: Id,
  { status, after, limit }: OwnPage,
): Promise<OwnRecord[]> => {
  const { rows } = await sql<OwnRecord>`with ${OWN(kind, partyId)}
    select * from own where true ${status ? sql`and status = ${status}` : sql``}
      ${after ? sql`and id < ${after}` : sql``}
    order by id desc limit ${limit}`.execute(db);
  return rows;
};

export const countOwn = async (
  db: TradeDb,
  kind: AnnouncementKind,
  partyId: Id,
): Promise<Partial<Record<ListingStatus, number>>> => {
  const { rows } = await sql<{ status: ListingStatus; n: number }>`with ${OWN(kind, partyId)}
    select status, count(*)::integer as n from own group by status`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.status, row.n]));
};
