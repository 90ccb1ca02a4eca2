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
import { type StoredAnnouncement, saveState } from './announcements.ts';
import { putInOutbox } from './outbox.ts';
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

/** Saves a decision with all that follows from it, in the caller's transaction. */
export const saveDecision = async (
  trx: TradeTrx,
  stored: StoredAnnouncement,
  after: Announcement,
  by: { readonly actor: Person | null; readonly now: Instant },
): Promise<StoredAnnouncement> => {
  const { kind, id, content } = stored;
  await saveState(trx, id, after);
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
  if (event?.type.endsWith('Opened')) await indexAnnouncement(trx, id, content);
  if (event?.type.endsWith('Closed')) await removeAnnouncement(trx, kind, id);
  return { ...stored, state: after };
};
