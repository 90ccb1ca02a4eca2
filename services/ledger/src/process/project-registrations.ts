import type { Envelope } from '@jishi/contracts/ledger/envelope';
import type { EventDataOf } from '@jishi/contracts/ledger/events';
import { type FeedConsumer, startFeedConsumer } from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import type { Kysely } from 'kysely';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import {
  type PlacedEvent,
  projectRegistration,
  type RegistrationDocument,
} from '../domain/registration/document.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
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
import { markSplits } from '../store/pairs.ts';
import { saveReceipts } from '../store/receipts.ts';
import { type IssuedList, saveLists } from '../store/registered-lists.ts';
import { readDocuments, saveRegistrationDocuments } from '../store/registration-view.ts';

/** The name of the cursor; reads wait for it with `?atLeast=`. */
export const REGISTRATIONS_CURSOR = 'registrations';
const BATCH_EVENTS = 500;

/** After these, another sum of the two parties' contracts may count. */
const MOVES_SUMS: readonly string[] = [
  'ContractSubmitted',
  'RegistrationRefused',
  'ContractAmended',
  'ContractDeregistered',
  'ContractRevoked',
];

const pairOf = ({ private: { seller, buyer } }: RegistrationDocument) => ({
  sellerId: seller.partyId,
  buyerId: buyer.partyId,
});

const isOfContract = ({ envelope }: LogItem): boolean => envelope.stream.startsWith('contract-');

/** Null for an event whose private part was erased: such a registration is shown to nobody. */
const placedOf = ({ envelope, privateText, seq }: LogItem): PlacedEvent | null => {
  const event = decodeEvent(envelope, privateText) as unknown as RegistrationEvent | null;
  const { version, recordedAt } = envelope;
  return event && { event, version, seq, recordedAt };
};

const isList = ({ envelope }: LogItem): boolean => envelope.type === 'RegisteredListIssued';

const issuedListOf = ({ envelope, privateText, seq }: LogItem): IssuedList => {
  const event = decodeEvent(envelope, privateText) as LedgerEvent<'RegisteredListIssued'> | null;
  const open = envelope.data as EventDataOf<'RegisteredListIssued'>;
  return { ...open, seq, contractIds: event?.data.private.contractIds ?? [] };
};

const contractIdOf = (envelope: Envelope): string => String(envelope.data.contractId);

/** The read model of the registrations, from our own log. */
export const startRegistrationsProjector = (dependencies: {
  readonly db: Kysely<LedgerTables>;
  readonly follower: LogFollower;
  readonly log: Log;
  readonly rules: RegistrationRules;
}): FeedConsumer => {
  const { db, follower, log, rules } = dependencies;

  const apply = async (items: readonly LogItem[], from: number): Promise<void> => {
    const own = items.filter(isOfContract);
    const ids = [...new Set(own.map((item) => contractIdOf(item.envelope)))];
    await db.transaction().execute(async (trx) => {
      await moveCursor(trx, REGISTRATIONS_CURSOR, from, from + items.length);
      const known = await readDocuments(trx, ids);
      const documents = new Map(known.map((one) => [one.contractId, one]));
      const changed = new Map<string, RegistrationDocument>();
      const moved = new Set<string>();
      const summed = new Set<string>();
      const paid = new Set<string>();
      for (const item of own) {
        const placed = placedOf(item);
        const id = contractIdOf(item.envelope);
        const after = placed && projectRegistration(documents.get(id) ?? null, placed);
        if (!after) continue;
        documents.set(id, after);
        changed.set(id, after);
        const { type } = placed.event;
        if (type === 'ContractSubmitted' || type === 'ContractAmended') moved.add(id);
        if (type.startsWith('Receipt')) paid.add(id);
        if (MOVES_SUMS.includes(type)) summed.add(id);
      }
      const all = [...changed.values()];
      const those = (ids: ReadonlySet<string>) => all.filter((one) => ids.has(one.contractId));
      await saveRegistrationDocuments(trx, all, those(moved), rules);
      await markSplits(trx, those(summed).map(pairOf), rules);
      await saveReceipts(trx, those(paid));
      await saveLists(trx, items.filter(isList).map(issuedListOf));
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
