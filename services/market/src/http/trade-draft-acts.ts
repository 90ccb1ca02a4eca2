import type { Id } from '@jishi/contracts/ids';
import {
  contactOfDraft,
  draftOfContact,
  draftOfListing,
  draftOfNeed,
  listingGaps,
  listingOfDraft,
  needGaps,
  needOfDraft,
} from '@jishi/contracts/market/completeness';
import * as api from '@jishi/contracts/market/drafts';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { priceNoticeRule } from '@jishi/contracts/market/price-notice';
import { listingQuality, needQuality } from '@jishi/contracts/market/quality';
import type { PartyNature } from '@jishi/contracts/party';
import { type FieldProblem, Refusal } from '@jishi/contracts/problem';
import type { AnnouncementKind } from '../domain/listing/ledger-event.ts';
import { draft as newAnnouncement, revise, submit } from '../domain/listing/life-cycle.ts';
import {
  contactsOf,
  findAnnouncement,
  insertAnnouncement,
  lockAnnouncement,
  type StoredAnnouncement,
  saveContent,
} from '../store/trade/announcements.ts';
import {
  deleteDraft,
  findDraft,
  insertDraft,
  lockDraft,
  type StoredDraft,
  updateDraft,
} from '../store/trade/drafts.ts';
import { saveDecision } from '../store/trade/save-announcement.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { isNew, partyOf, requireVersion, type Trader } from './trade-context.ts';

type Content = api.ListingDraft | api.NeedDraft;
type Drafted = Pick<StoredDraft, 'content' | 'contact'>;

/** Only what is still a draft, or came back, is written on. */
const requireWritable = (stored: StoredAnnouncement | undefined): void => {
  if (!stored || ['draft', 'returned'].includes(stored.state.status)) return;
  throw new Refusal('listing-state', {
    zh: `现状态:${stored.state.status}`,
    en: `The status is ${stored.state.status}`,
  });
};

const ownAnnouncement = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id,
  trader: Trader,
): Promise<StoredAnnouncement | undefined> => {
  const stored = await findAnnouncement(trx, kind, id);
  if (stored && stored.owner.partyId !== trader.partyId) throw new Refusal('not-found');
  return stored;
};

const gapsOf = (kind: AnnouncementKind, { content, contact }: Drafted): FieldProblem[] =>
  kind === 'listing'
    ? listingGaps(content as api.ListingDraft, contact)
    : needGaps(content as api.NeedDraft, contact);

const recordOf = (kind: AnnouncementKind, content: Content): ListingContent | NeedContent =>
  kind === 'listing'
    ? listingOfDraft(content as api.ListingDraft)
    : needOfDraft(content as api.NeedDraft);

const draftOf = async (trx: TradeTrx, stored: StoredAnnouncement): Promise<Drafted> => ({
  content:
    stored.kind === 'listing'
      ? draftOfListing(stored.content as ListingContent)
      : draftOfNeed(stored.content as NeedContent),
  contact: draftOfContact((await contactsOf(trx, [stored.id])).get(stored.id)),
});

/** What is kept of it; of a record without unsent changes, the record itself as a draft. */
const shown = async (trx: TradeTrx, kind: AnnouncementKind, id: Id, trader: Trader) => {
  const saved = await findDraft(trx, kind, id);
  const stored = await ownAnnouncement(trx, kind, id, trader);
  const drafted = saved ?? (stored && (await draftOf(trx, stored)));
  if (!drafted) throw new Refusal('not-found');
  const { content, contact } = drafted;
  const common = {
    version: saved?.version ?? 0,
    savedAt: saved?.savedAt ?? null,
    contact,
    gaps: gapsOf(kind, drafted),
    status: stored?.state.status ?? null,
    reasons: [...(stored?.state.reasons ?? [])],
  };
  return { content, common };
};

export const listingDraftView = async (
  trx: TradeTrx,
  id: Id,
  trader: Trader,
): Promise<api.ListingDraftView> => {
  const { content: written, common } = await shown(trx, 'listing', id, trader);
  const content = api.ListingDraft.parse(written);
  const { nature } = await partyOf(trx, trader);
  return {
    listingId: id,
    content,
    quality: listingQuality(content),
    priceNotice: priceNoticeRule(nature as PartyNature, content.price.mode),
    ...common,
  };
};

export const needDraftView = async (
  trx: TradeTrx,
  id: Id,
  trader: Trader,
): Promise<api.NeedDraftView> => {
  const { content: written, common } = await shown(trx, 'need', id, trader);
  const content = api.NeedDraft.parse(written);
  return { needId: id, content, quality: needQuality(content), ...common };
};

interface SaveBody extends Drafted {
  readonly commandId: Id;
  readonly version: number;
}

export const saveDraft = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id,
  body: SaveBody,
  trader: Trader,
  now: string,
): Promise<void> => {
  const { person, partyId } = trader;
  const { commandId, version, content, contact } = body;
  const asking = { what: `save-${kind}-draft`, recordId: id, commandId, body };
  if (!(await isNew(trx, person, asking, now))) return;
  const before = await lockDraft(trx, kind, id);
  const stored = await ownAnnouncement(trx, kind, id, trader);
  requireWritable(stored);
  requireVersion(version, before?.version ?? 0);
  const makers = [...new Set([...(before?.makers ?? []), person.userId])];
  const after = { id, kind, makers, content, contact, savedAt: now, version: version + 1 };
  if (before) {
    await updateDraft(trx, { ...after, baseVersion: before.baseVersion });
    return;
  }
  const owner = { partyId, organisationId: person.organisationId };
  await insertDraft(trx, { ...after, baseVersion: stored?.state.version ?? null }, owner);
};

interface Act {
  readonly commandId: Id;
  readonly version: number;
}

/** The record that a draft becomes or changes, written and not yet submitted. */
const writeRecord = async (
  trx: TradeTrx,
  draft: StoredDraft,
  trader: Trader,
  now: string,
): Promise<StoredAnnouncement> => {
  const { id, kind, baseVersion } = draft;
  const { person } = trader;
  const owner = await partyOf(trx, trader);
  const content = recordOf(kind, draft.content);
  const contact = contactOfDraft(draft.contact);
  if (baseVersion === null) {
    const made = newAnnouncement(person.organisationId, person.userId);
    const state = { ...made, makers: [...new Set([...draft.makers, person.userId])] };
    const stored = { id, kind, owner, content, state };
    await insertAnnouncement(trx, stored, contact, now);
    return stored;
  }
  const stored = await lockAnnouncement(trx, kind, id);
  requireVersion(baseVersion, stored.state.version);
  const revised = revise(stored.state, person.userId);
  const makers = [...new Set([...revised.makers, ...draft.makers])];
  const saved = await saveDecision(trx, stored, { ...revised, makers }, { actor: person, now });
  await saveContent(trx, id, content, contact, owner);
  return { ...saved, content, owner };
};

export const submitDraft = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id,
  body: Act,
  trader: Trader,
  now: string,
): Promise<void> => {
  const { person } = trader;
  const asking = { what: `submit-${kind}-draft`, recordId: id, commandId: body.commandId, body };
  if (!(await isNew(trx, person, asking, now))) return;
  const draft = await lockDraft(trx, kind, id);
  if (!draft) throw new Refusal('not-found');
  requireVersion(body.version, draft.version);
  requireWritable(await ownAnnouncement(trx, kind, id, trader));
  const gaps = gapsOf(kind, draft);
  if (gaps.length > 0) throw new Refusal('listing-incomplete', { fields: gaps });
  const written = await writeRecord(trx, draft, trader, now);
  await saveDecision(trx, written, submit(written.state, person.userId, []), {
    actor: person,
    now,
  });
  await deleteDraft(trx, id);
};

export const discardDraft = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id,
  body: Act,
  trader: Trader,
  now: string,
): Promise<{ discarded: true }> => {
  const asking = { what: `discard-${kind}-draft`, recordId: id, commandId: body.commandId, body };
  if (await isNew(trx, trader.person, asking, now)) {
    const draft = await lockDraft(trx, kind, id);
    if (!draft) throw new Refusal('not-found');
    requireVersion(body.version, draft.version);
    await deleteDraft(trx, id);
  }
  return { discarded: true };
};
