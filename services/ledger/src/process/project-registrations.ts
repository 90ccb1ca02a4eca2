import type { Envelope } from '@jishi/contracts/ledger/envelope';
import { type FeedConsumer, startFeedConsumer } from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import type { Kysely } from 'kysely';
import {
  type PlacedEvent,
  projectRegistration,
  type RegistrationDocument,
} from '../domain/registration/document.ts';
import type { RegistrationEvent } from '../domain/registration/registration.ts';
import type { LedgerTables } from '../store/database.ts';
import { decodeEvent } from '../store/decode-event.ts';
import {
  type LogFollower,
  type LogItem,
  loadCursor,
  moveCursor,
  readLog,
} from '../store/log/follow.ts';
import {
  readRegistrationDocuments,
  saveRegistrationDocuments,
} from '../store/registration-view.ts';

/** The name of the cursor; reads wait for it with `?atLeast=`. */
export const REGISTRATIONS_CURSOR = 'registrations';
const BATCH_EVENTS = 500;

const isOfContract = ({ envelope }: LogItem): boolean => envelope.stream.startsWith('contract-');

/** Null for an event whose private part was erased: such a registration is shown to nobody. */
const placedOf = ({ envelope, privateText, seq }: LogItem): PlacedEvent | null => {
  const event = decodeEvent(envelope, privateText) as unknown as RegistrationEvent | null;
  return event && { event, version: envelope.version, seq };
};

const contractIdOf = (envelope: Envelope): string => String(envelope.data.contractId);

/** The read model of the registrations, from our own log. */
export const startRegistrationsProjector = (dependencies: {
  readonly db: Kysely<LedgerTables>;
  readonly follower: LogFollower;
  readonly log: Log;
}): FeedConsumer => {
  const { db, follower, log } = dependencies;

  const apply = async (items: readonly LogItem[], from: number): Promise<void> => {
    const own = items.filter(isOfContract);
    const ids = [...new Set(own.map((item) => contractIdOf(item.envelope)))];
    await db.transaction().execute(async (trx) => {
      await moveCursor(trx, REGISTRATIONS_CURSOR, from, from + items.length);
      const documents = await readRegistrationDocuments(trx, ids);
      const changed = new Map<string, RegistrationDocument>();
      const moved = new Set<string>();
      for (const item of own) {
        const placed = placedOf(item);
        const id = contractIdOf(item.envelope);
        const after = placed && projectRegistration(documents.get(id) ?? null, placed);
        if (!after) continue;
        documents.set(id, after);
        changed.set(id, after);
        if (placed.event.type === 'ContractSubmitted') moved.add(id);
      }
      const all = [...changed.values()];
      await saveRegistrationDocuments(
        trx,
        all,
        all.filter((document) => moved.has(document.contractId)),
      );
    });
  };

  return startFeedConsumer<LogItem>({
    name: REGISTRATIONS_CURSOR,
    log,
    loadCursor: () => loadCursor(db, REGISTRATIONS_CURSOR),
    readAfter: (after) => readLog(db, after, BATCH_EVENTS),
    apply,
    waitForMore: follower.waitForMore,
  });
};
