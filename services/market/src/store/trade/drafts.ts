import type { Id } from '@jishi/contracts/ids';
import type { ContactDraft, ListingDraft, NeedDraft } from '@jishi/contracts/market/drafts';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { AnnouncementKind } from '../../domain/listing/ledger-event.ts';
import type { TradeDb, TradeTrx } from './tables.ts';

/** What is written and not submitted; its owner's alone. */
export interface StoredDraft {
  readonly id: Id;
  readonly kind: AnnouncementKind;
  readonly version: number;
  /** The version of the record that it changes; null when there is none yet. */
  readonly baseVersion: number | null;
  readonly makers: readonly Id[];
  readonly content: ListingDraft | NeedDraft;
  readonly contact: ContactDraft;
  readonly savedAt: Instant;
}

interface Row {
  readonly announcement_id: Id;
  readonly kind: AnnouncementKind;
  readonly version: number;
  readonly base_version: number | null;
  readonly makers: Id[];
  readonly content: ListingDraft | NeedDraft;
  readonly contact: ContactDraft;
  readonly saved_at: Instant;
}

const fromRow = (row: Row): StoredDraft => ({
  id: row.announcement_id,
  kind: row.kind,
  version: row.version,
  baseVersion: row.base_version,
  makers: row.makers,
  content: row.content,
  contact: row.contact,
  savedAt: row.saved_at,
});

export const findDraft = async (
  db: TradeDb,
  kind: AnnouncementKind,
  id: Id,
): Promise<StoredDraft | undefined> => {
  const { rows } = await sql<Row>`select * from announcement_draft
    where announcement_id = ${id} and kind = ${kind}`.execute(db);
  return rows[0] && fromRow(rows[0]);
};

/** Locked for a save or a submission. */
export const lockDraft = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id,
): Promise<StoredDraft | undefined> => {
  const { rows } = await sql<Row>`select * from announcement_draft
    where announcement_id = ${id} and kind = ${kind} for update`.execute(trx);
  return rows[0] && fromRow(rows[0]);
};

export interface DraftOwner {
  readonly partyId: Id;
  readonly organisationId: Id;
}

/** The first save; an id that is another's draft is refused without a word about it. */
export const insertDraft = async (
  trx: TradeTrx,
  draft: StoredDraft,
  owner: DraftOwner,
): Promise<void> => {
  const { numAffectedRows } = await sql`insert into announcement_draft
    (announcement_id, kind, owner_party_id, owner_organisation_id, version, base_version, makers,
      content, contact, saved_at)
    values (${draft.id}, ${draft.kind}, ${owner.partyId}, ${owner.organisationId},
      ${draft.version}, ${draft.baseVersion}, ${[...draft.makers]}::uuid[],
      ${JSON.stringify(draft.content)}::jsonb, ${JSON.stringify(draft.contact)}::jsonb,
      ${draft.savedAt})
    on conflict do nothing`.execute(trx);
  if (numAffectedRows !== 1n) throw new Refusal('id-reused');
};

/** A later save, of the version that was seen. */
export const updateDraft = async (trx: TradeTrx, draft: StoredDraft): Promise<void> => {
  const { numAffectedRows } = await sql`update announcement_draft set
      version = ${draft.version}, makers = ${[...draft.makers]}::uuid[],
      content = ${JSON.stringify(draft.content)}::jsonb,
      contact = ${JSON.stringify(draft.contact)}::jsonb, saved_at = ${draft.savedAt}
    where announcement_id = ${draft.id} and version = ${draft.version - 1}`.execute(trx);
  if (numAffectedRows !== 1n) throw new Refusal('version-conflict');
};

export const deleteDraft = async (trx: TradeTrx, id: Id): Promise<void> => {
  await sql`delete from announcement_draft where announcement_id = ${id}`.execute(trx);
};
