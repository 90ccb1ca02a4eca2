import {
  type AppendToStreamOptions,
  type AppendToStreamResultWithGlobalPosition,
  assertExpectedVersionMatchesCurrent,
  CommandHandler,
  type Event,
  type EventStore,
  type ExpectedStreamVersion,
  ExpectedVersionConflictError,
  isExpectedVersionConflictError,
  type ReadEvent,
  type ReadEventMetadataWithGlobalPosition,
  type ReadStreamOptions,
  type ReadStreamResult,
} from '@event-driven-io/emmett';
import type { Envelope } from '@jishi/contracts/ledger/envelope';
import { Refusal } from '@jishi/contracts/problem';
import type { Kysely } from 'kysely';
import { answerBefore, type Issued, type Written } from './answers.ts';
import { decodeEvent } from './decode-event.ts';
import { type AnyLedgerEvent, claimsOf, type EventSources, encodeEvent } from './encode-event.ts';
import type { ClaimKind, Expected } from './log/append.ts';
import type { AppendQueue } from './log/append-queue.ts';
import type { LogTables } from './log/tables.ts';

/** The only file that runs emmett: its EventStore over our log, and its command handler. */

type Metadata = ReadEventMetadataWithGlobalPosition;
const NO_STREAM = 0n;

export interface EventStoreDependencies {
  readonly db: Kysely<LogTables>;
  readonly queue: AppendQueue;
  readonly sources: EventSources;
}

/** A number or key that must be unique is taken: drawing another one helps, or not, by its kind. */
class KeyTaken extends Error {
  readonly kind: ClaimKind;
  constructor(kind: ClaimKind) {
    super(`${kind} is taken`);
    this.kind = kind;
  }
}

const readRows = (db: Kysely<LogTables>, stream: string, from: bigint, to: bigint | undefined) =>
  db
    .selectFrom('log')
    .leftJoin('private_part', 'private_part.seq', 'log.seq')
    .leftJoin('private_remainder as kept', 'kept.seq', 'log.seq')
    .select(['log.seq', 'log.version', 'log.envelope'])
    .select((e) => e.fn.coalesce('private_part.body', 'kept.body').as('body'))
    .where('log.stream', '=', stream)
    .where('log.version', '>=', from)
    .$if(to !== undefined, (query) => query.where('log.version', '<=', to ?? 0n))
    .orderBy('log.version')
    .execute();

type Row = Awaited<ReturnType<typeof readRows>>[number];

const toEvent = <E extends Event>(row: Row): ReadEvent<E, Metadata> => {
  const envelope = JSON.parse(row.envelope) as Envelope;
  const event = decodeEvent(envelope, row.body);
  if (!event) {
    throw new Error(`private part of event ${row.seq} is gone without a remainder`);
  }
  return {
    kind: 'Event',
    ...event,
    metadata: {
      ...event.metadata,
      messageId: envelope.id,
      streamName: envelope.stream,
      streamPosition: row.version,
      globalPosition: row.seq,
    },
  } as unknown as ReadEvent<E, Metadata>;
};

const expectedOf = (expected: ExpectedStreamVersion | undefined): Expected => {
  if (typeof expected === 'bigint') return Number(expected);
  if (expected === 'STREAM_DOES_NOT_EXIST') return 0;
  return expected === 'STREAM_EXISTS' ? 'exists' : 'any';
};

/** emmett's EventStore, bound to the one command in whose name it appends. */
export interface LedgerEventStore extends EventStore<Metadata> {
  appendToStream<EventType extends Event, EventPayloadType extends Event = EventType>(
    streamName: string,
    events: EventType[],
    options?: AppendToStreamOptions<bigint, EventType, EventPayloadType>,
  ): Promise<AppendToStreamResultWithGlobalPosition>;
  /** The sequence of the last event of the state that was read last; 0 of none. */
  lastReadSeq(): number;
}

type Read = <EventType extends Event, EventPayloadType extends Event = EventType>(
  streamName: string,
  options?: ReadStreamOptions<bigint, EventType, EventPayloadType>,
) => Promise<ReadStreamResult<EventType, Metadata>>;

const readerOf =
  (db: Kysely<LogTables>): Read =>
  async <EventType extends Event, EventPayloadType extends Event = EventType>(
    streamName: string,
    options: ReadStreamOptions<bigint, EventType, EventPayloadType> = {},
  ) => {
    const rows = await readRows(db, streamName, options.from ?? 1n, options.to);
    const last = rows.at(-1)?.version ?? NO_STREAM;
    assertExpectedVersionMatchesCurrent(last, options.expectedStreamVersion, NO_STREAM);
    const own = options.schema?.versioning?.upcast;
    const events = rows.map((row) => {
      const event = toEvent<EventType>(row);
      const cast = own?.(event as unknown as EventPayloadType);
      return cast ? ({ ...event, ...cast, metadata: event.metadata } as typeof event) : event;
    });
    return { currentStreamVersion: last, events, streamExists: last !== NO_STREAM };
  };

export const ledgerEventStore = (
  { db, queue, sources }: EventStoreDependencies,
  issued: Issued,
): LedgerEventStore => {
  const readStream = readerOf(db);
  let lastReadSeq = 0;
  return {
    readStream,
    lastReadSeq: () => lastReadSeq,
    streamExists: async (name) => (await readStream(name)).streamExists,
    aggregateStream: async (name, { evolve, initialState, read }) => {
      const { events, currentStreamVersion, streamExists } = await readStream(name, read);
      const step = evolve as (state: unknown, event: unknown) => unknown;
      const state = events.reduce<unknown>(step, initialState());
      const lastEventGlobalPosition = events.at(-1)?.metadata.globalPosition;
      lastReadSeq = Number(lastEventGlobalPosition ?? 0n);
      return {
        state: state as ReturnType<typeof initialState>,
        ...{ currentStreamVersion, streamExists, lastEventGlobalPosition },
      };
    },
    appendToStream: async (stream, events, options) => {
      const own = events as unknown as AnyLedgerEvent[];
      const result = await queue.append({
        ...issued,
        stream,
        expected: expectedOf(options?.expectedStreamVersion as ExpectedStreamVersion | undefined),
        events: own.map((event) => encodeEvent(event, sources)),
        claims: own.flatMap(claimsOf),
      });
      switch (result.outcome) {
        case 'ok':
        case 'replayed':
          return {
            nextExpectedStreamVersion: BigInt(result.version),
            createdNewStream: result.version === events.length,
            lastEventGlobalPosition: BigInt(result.lastSeq),
          };
        case 'conflict':
          throw new ExpectedVersionConflictError(
            BigInt(result.current),
            options?.expectedStreamVersion ?? 'NO_CONCURRENCY_CHECK',
          );
        case 'key-reused':
          throw new Refusal('id-reused');
        case 'claimed':
          throw new KeyTaken(result.kind);
      }
    },
  };
};

const CONFLICT_RETRIES = 5;
const isWorthRetrying = (error: unknown): boolean =>
  isExpectedVersionConflictError(error) ||
  (error instanceof KeyTaken && error.kind === 'registration-number');

const refusalOf = (error: unknown): unknown => {
  if (isExpectedVersionConflictError(error)) {
    // A version of a stream that is not there: the same answer as for any missing record.
    const { current } = error as { current?: unknown };
    return new Refusal(String(current) === '0' ? 'not-found' : 'version-conflict');
  }
  if (error instanceof KeyTaken && error.kind !== 'registration-number') {
    return new Refusal(`${error.kind}-used`);
  }
  return error;
};

export interface Handling<State, E extends AnyLedgerEvent> {
  readonly stream: string;
  readonly evolve: (state: State, event: E) => State;
  readonly initialState: () => State;
  /** `seq` is that of the last event behind the state; 0 of none. */
  readonly handle: (state: State, seq: number) => E[] | Promise<E[]>;
  /** The version that the person saw; without it, a conflict is decided anew a few times. */
  readonly expectedVersion?: number;
}

/**
 * Read, decide, write, once: a command given before is answered as before. It is the append that
 * knows: whatever is decided meanwhile, it writes nothing under an id that is there. Only what is
 * refused, or would write nothing, is looked up.
 */
export const handleCommand = async <State, E extends AnyLedgerEvent>(
  dependencies: EventStoreDependencies,
  issued: Issued,
  handling: Handling<State, E>,
): Promise<Written> => {
  const { evolve, initialState, handle, stream, expectedVersion } = handling;
  const run = CommandHandler<State, E>({ evolve, initialState });
  const store = ledgerEventStore(dependencies, issued);
  const retries = expectedVersion === undefined ? CONFLICT_RETRIES : 0;
  try {
    const result = await run(store, stream, (state) => handle(state, store.lastReadSeq()), {
      ...(expectedVersion === undefined ? {} : { expectedStreamVersion: BigInt(expectedVersion) }),
      retry: { retries, minTimeout: 5, factor: 2, shouldRetryError: isWorthRetrying },
    });
    const before = result.newEvents.length === 0 && (await answerBefore(dependencies.db, issued));
    if (before) return before;
    return {
      version: Number(result.nextExpectedStreamVersion),
      seq: Number(result.lastEventGlobalPosition ?? 0n),
    };
  } catch (error) {
    // What it did when it was given before stands in the way of doing it again.
    const before = await answerBefore(dependencies.db, issued);
    if (before) return before;
    throw refusalOf(error);
  }
};
