import type { Envelope } from '@jishi/contracts/ledger/envelope';
import type { EventDataOf } from '@jishi/contracts/ledger/events';
import { FeedBroken, type FeedConsumer } from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import type { Kysely, Transaction } from 'kysely';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import {
  type PlacedEvent,
  projectRegistration,
  type RegistrationDocument,
} from '../domain/registration/document.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import type { RegistrationEvent } from '../domain/registration/registration.ts';
import type { LedgerTables } from '../store/database.ts';
import { type DecodedEvent, decodeEvent } from '../store/decode-event.ts';
import type { LogFollower, LogItem } from '../store/log/follow.ts';
import { markSplits } from '../store/pairs.ts';
import { saveReceipts } from '../store/receipts.ts';
import { type IssuedList, saveLists } from '../store/registered-lists.ts';
import { readDocuments, saveRegistrationDocuments } from '../store/registration-view.ts';
import { requireKnown } from '../store/upcast.ts';
import { startLogConsumer } from './follow-log.ts';

/** The name of the cursor; reads wait for it with `?atLeast=`. */
export const REGISTRATIONS_CURSOR = 'registrations';

const pairOf = ({ private: { seller, buyer } }: RegistrationDocument) => ({
  sellerId: seller.partyId,
  buyerId: buyer.partyId,
});

const isOfContract = ({ envelope }: LogItem): boolean => envelope.stream.startsWith('contract-');

/** What cannot be read cannot be read the next time either: the consumer stops by name. */
const decode = ({ envelope, privateText, seq }: LogItem): DecodedEvent => {
  try {
    const event = decodeEvent(envelope, privateText);
    if (event) return event;
    // An erasure leaves a remainder: without one, the table is damaged.
    throw new Error('private part is gone without a remainder');
  } catch (error) {
    if (error instanceof FeedBroken) throw error;
    throw new FeedBroken('event-unreadable', `sequence ${seq}: ${(error as Error).message}`);
  }
};

const placedOf = (item: LogItem): PlacedEvent => {
  const event = decode(item) as unknown as RegistrationEvent;
  const { version, recordedAt } = item.envelope;
  return { event, version, seq: item.seq, recordedAt };
};

const isList = ({ envelope }: LogItem): boolean => envelope.type === 'RegisteredListIssued';

const issuedListOf = (item: LogItem): IssuedList => {
  const event = decode(item) as LedgerEvent<'RegisteredListIssued'>;
  const open = item.envelope.data as EventDataOf<'RegisteredListIssued'>;
  return { ...open, seq: item.seq, contractIds: event.data.private.contractIds };
};

const contractIdOf = (envelope: Envelope): string => String(envelope.data.contractId);

interface Changes {
  readonly documents: readonly RegistrationDocument[];
  /** Those whose parties may have changed, whose receipts have, and whose pair is looked at. */
  readonly moved: readonly RegistrationDocument[];
  readonly paid: readonly RegistrationDocument[];
  readonly weighed: readonly RegistrationDocument[];
}

const changesOf = (known: readonly RegistrationDocument[], items: readonly LogItem[]): Changes => {
  const documents = new Map(known.map((one) => [one.contractId, one]));
  const changed = new Map<string, RegistrationDocument>();
  const [moved, paid, weighed] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const item of items) {
    const placed = placedOf(item);
    const id = contractIdOf(item.envelope);
    const after = projectRegistration(documents.get(id) ?? null, placed);
    if (!after) continue;
    documents.set(id, after);
    changed.set(id, after);
    const { type } = placed.event;
    if (type === 'ContractSubmitted' || type === 'ContractAmended') moved.add(id);
    if (type.startsWith('Receipt')) paid.add(id);
    // Whatever a decision or a date changes: a batch must say what its events one by one would.
    else weighed.add(id);
  }
  const all = [...changed.values()];
  const those = (ids: ReadonlySet<string>) => all.filter((one) => ids.has(one.contractId));
  return { documents: all, moved: those(moved), paid: those(paid), weighed: those(weighed) };
};

/** The effect of a batch on the read model: the same however the log is cut into batches. */
export const applyRegistrations = async (
  trx: Transaction<LedgerTables>,
  items: readonly LogItem[],
  rules: RegistrationRules,
): Promise<void> => {
  for (const { envelope } of items) requireKnown(envelope.type, envelope.schema);
  const own = items.filter(isOfContract);
  const ids = [...new Set(own.map((item) => contractIdOf(item.envelope)))];
  const changes = changesOf(await readDocuments(trx, ids), own);
  await saveRegistrationDocuments(trx, changes.documents, changes.moved, rules);
  await markSplits(trx, changes.weighed.map(pairOf), rules);
  await saveReceipts(trx, changes.paid);
  await saveLists(trx, items.filter(isList).map(issuedListOf));
};

/** The read model of the registrations, from our own log. */
export const startRegistrationsProjector = (dependencies: {
  readonly db: Kysely<LedgerTables>;
  readonly follower: LogFollower;
  readonly log: Log;
  readonly rules: RegistrationRules;
}): FeedConsumer =>
  startLogConsumer<LedgerTables>({
    ...dependencies,
    name: REGISTRATIONS_CURSOR,
    apply: async (trx, items) => {
      await applyRegistrations(trx, items, dependencies.rules);
      return undefined;
    },
  });
