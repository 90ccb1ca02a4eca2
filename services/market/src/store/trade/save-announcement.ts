import { newId } from '@jishi/contracts/ids';
import { recordListingEvent } from '@jishi/contracts/ledger/endpoints';
import type { Person } from '@jishi/contracts/principal';
import { businessDay, type Instant, type LocalDate } from '@jishi/contracts/time';
import {
  closedEvent,
  type ListingEvent,
  openedEvent,
  renewedEvent,
} from '../../domain/listing/ledger-event.ts';
import type { Announcement } from '../../domain/listing/life-cycle.ts';
import { putFacets, removeFacets } from '../matching/facets.ts';
import { notify } from '../notifications/notifications.ts';
import { markSubmitted, type StoredAnnouncement, saveState } from './announcements.ts';
import { queueMatchPush } from './match-push.ts';
import { putInOutbox } from './outbox.ts';
import { recordReview } from './reviews.ts';
import { indexAnnouncement, removeAnnouncement } from './search-hook.ts';
import type { TradeTrx } from './tables.ts';

/** What the ledger is told of a change; null when it is no business of the ledger's. */
const eventOf = (
  { kind, id, content, state: before }: StoredAnnouncement,
  after: Announcement,
  today: LocalDate,
): ListingEvent | null => {
  if (before.status === 'published' && after.status === 'published') {
    return renewedEvent(kind, id, after);
  }
  if (after.status === 'published') return openedEvent(kind, id, content, after, today);
  if (before.status === 'published') return closedEvent(kind, id, after, today);
  return null;
};

interface By {
  readonly actor: Person | null;
  readonly now: Instant;
}

/** A review is kept for good, and its outcome is told to the owner. */
const tellOfReview = async (
  trx: TradeTrx,
  { kind, id, content, owner, state: before }: StoredAnnouncement,
  after: Announcement,
  { actor, now }: By,
): Promise<void> => {
  if (before.status !== 'submitted' || actor === null) return;
  const decision = after.status === 'published' ? 'published' : 'returned';
  const stored = { kind, id, content, owner, state: after };
  await recordReview(trx, stored, decision, after.reasons, actor, now);
  const notice = {
    to: { partyId: owner.partyId },
    kind: `${kind}-${decision}`,
    subject: { type: kind, id },
    title: content.title,
    once: `review:${id}:${after.version}`,
  } as const;
  await notify(trx, [notice], now);
};

/** What is found is what is published: index, counts and the push of matches follow at once. */
const followInSearch = async (
  trx: TradeTrx,
  { kind, id, content, owner }: StoredAnnouncement,
  after: Announcement,
  event: ListingEvent,
  now: Instant,
): Promise<void> => {
  const { openedOn, expiresOn } = after;
  if (event.type.endsWith('Closed')) {
    await removeAnnouncement(trx, kind, id);
    await removeFacets(trx, kind, id);
    return;
  }
  if (openedOn !== null && expiresOn !== null) {
    await putFacets(trx, { kind, id, content, nature: owner.nature, openedOn, expiresOn });
  }
  if (!event.type.endsWith('Opened')) return;
  await indexAnnouncement(trx, id, content);
  await queueMatchPush(trx, kind, id, now);
};

/** Saves a decision with all that follows from it, in the caller's transaction. */
export const saveDecision = async (
  trx: TradeTrx,
  stored: StoredAnnouncement,
  after: Announcement,
  by: By,
): Promise<StoredAnnouncement> => {
  const { kind, id } = stored;
  await saveState(trx, id, after);
  if (after.status === 'submitted') await markSubmitted(trx, id, by.now);
  await tellOfReview(trx, stored, after, by);
  const event = eventOf(stored, after, businessDay(by.now));
  if (event) {
    const commandId = newId();
    const row = {
      id: commandId,
      stream: `${kind}:${id}`,
      afterStreams: [],
      kind: 'listing-event',
      payload: recordListingEvent.body.parse({ commandId, event }),
      actor: by.actor,
    } as const;
    await putInOutbox(trx, row, by.now);
  }
  if (event) await followInSearch(trx, stored, after, event, by.now);
  return { ...stored, state: after };
};
