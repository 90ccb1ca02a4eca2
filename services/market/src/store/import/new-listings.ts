import type { Contact, ListingContent } from '@jishi/contracts/market/listing';
import type { PartyRef } from '@jishi/contracts/party';
import type { Instant } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { Announcement } from '../../domain/listing/life-cycle.ts';
import type { TradeTrx } from '../trade/tables.ts';

export interface NewListing {
  readonly id: string;
  readonly content: ListingContent;
  readonly contact: Contact;
}

/**
 * Many drafts of one owner in two statements, the same rows that `insertAnnouncement` writes one by
 * one: five thousand of them take seconds instead of minutes.
 */
export const insertListings = async (
  trx: TradeTrx,
  owner: PartyRef,
  state: Announcement,
  listings: readonly NewListing[],
  now: Instant,
): Promise<void> => {
  const given = JSON.stringify(listings);
  await sql`
    insert into announcement (id, kind, status, version, owner_organisation_id, owner_party_id,
      owner, makers, content, reasons, created_at)
    select l.id, 'listing', ${state.status}, ${state.version}, ${state.ownerOrganisationId}::uuid,
      ${owner.partyId}::uuid, ${JSON.stringify(owner)}::jsonb, ${[...state.makers]}::uuid[],
      l.content, ${JSON.stringify(state.reasons)}::jsonb, ${now}
    from jsonb_to_recordset(${given}::jsonb) as l(id uuid, content jsonb)`.execute(trx);
  await sql`
    insert into announcement_contact (announcement_id, owner_party_id, contact)
    select l.id, ${owner.partyId}::uuid, l.contact
    from jsonb_to_recordset(${given}::jsonb) as l(id uuid, contact jsonb)`.execute(trx);
};

/** What a submission changes of a draft, for many at once; it says nothing to anybody yet. */
export const markListingsSubmitted = async (
  trx: TradeTrx,
  before: Announcement,
  after: Announcement,
  ids: readonly string[],
  now: Instant,
): Promise<void> => {
  const changed = await trx
    .updateTable('announcement')
    .set({
      status: after.status,
      version: after.version,
      makers: [...after.makers],
      reasons: JSON.stringify(after.reasons),
      submitted_at: now,
    })
    .where('id', 'in', ids)
    .where('version', '=', before.version)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== BigInt(ids.length)) {
    throw new Error('a listing of this import was changed before it was there');
  }
};
