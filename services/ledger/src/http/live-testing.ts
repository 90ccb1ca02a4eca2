import { createHash } from 'node:crypto';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import type { Person } from '@jishi/contracts/principal';
import type { Role } from '@jishi/contracts/roles';
import type { Instant } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { createService } from '@jishi/runtime/service';
import { testPeople } from '@jishi/runtime/testing/people';
import type { RegisteredContract } from '../domain/index/registered-contract.ts';
import { contractAt } from '../domain/index/testing-contracts.ts';
import { startFamilyFollower } from '../process/follow-family.ts';
import { startIndexProjector } from '../process/project-index.ts';
import { noHeadSigner } from '../process/sign-heads.ts';
import { appendBulk, type BulkEvent } from '../store/log/bulk.ts';
import { createLogFollower } from '../store/log/follow.ts';
import type { LogTables } from '../store/log/tables.ts';
import { openTestLedger, testEvent } from '../store/log/testing.ts';
import type { PublicationTables } from '../store/publication/publications.ts';
import { createPublishedReader } from '../store/publication/published-contents.ts';
import { serveFamily } from './family-routes.ts';
import { indexDeps } from './index-deps.ts';
import { serveIndexRoutes } from './index-routes.ts';
import { logRoots } from './log-roots.ts';
import { servePublicationDesk } from './publication-routes.ts';
import { createComposer } from './publication-work.ts';
import { servePublished } from './published-routes.ts';
import { createPublishedValues, type PublishedValues } from './published-values.ts';

/** The fields of an answer, whichever they are. */
export interface Answered {
  readonly httpStatus: number;
  readonly [key: string]: unknown;
}

const partyOf = (partyId: string) => ({ partyId });
const partyIdOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const inBulk = (stream: string, event: ReturnType<typeof testEvent>): BulkEvent => ({
  ...event,
  stream,
  version: 1,
  org: 'service:ledger',
  commandId: event.id,
  part: 1,
  hash: createHash('sha256').update(event.id).digest(),
  claims: [],
});

const openedEvent = (): BulkEvent =>
  inBulk(
    'log',
    testEvent({
      type: 'LogOpened',
      data: JSON.stringify({ kind: 'synthetic', city: '苏州', openedBy: 'test' }),
      recordedAt: '2024-12-01T00:00:00.000Z',
    }),
  );

/** A registration as the log has it: the fields that the index reads, in their two parts. */
const registeredEvent = (contract: RegisteredContract): BulkEvent => {
  const { contractValueFen, technologyValueFen, sellerId, buyerId, seq, recordedAt, ...rest } =
    contract;
  const event = testEvent({
    type: 'ContractRegistered',
    data: JSON.stringify({
      ...rest,
      publishedValueFen: contract.publishedValueFen?.toString() ?? null,
    }),
    private: {
      salt: createHash('sha256').update(`${seq}`).digest(),
      body: JSON.stringify({
        actor: { kind: 'service', service: 'ledger' },
        facts: {
          contractValueFen: `${contractValueFen}`,
          technologyValueFen: `${technologyValueFen}`,
          seller: partyOf(partyIdOf(sellerId)),
          buyer: partyOf(partyIdOf(buyerId)),
        },
      }),
    },
    recordedAt,
  });
  return inBulk(`contract-${contract.contractId}`, event);
};

/** A ledger database with a projector and the index routes over it, as the service has them. */
export const openTestIndex = async (label: string, given: PublishedValues | null = null) => {
  const ledger = await openTestLedger(label);
  const follower = createLogFollower(ledger.pool);
  const start = () => startIndexProjector({ pool: ledger.pool, follower, log: silentLog });
  const index = start();
  const family = startFamilyFollower({ pool: ledger.pool, follower, log: silentLog });
  const people = testPeople();
  const closing = new AbortController();
  const service = createService({
    name: 'ledger',
    trustedKeys: people.trustedKeys,
    log: silentLog,
  });
  let now: Instant = '2026-11-22T02:00:00.000Z';
  const publications = openDatabase<PublicationTables>(ledger.pool);
  const reader = createPublishedReader();
  const published = given ?? createPublishedValues(publications, reader);
  const indexed = indexDeps({ family, index, published, clock: () => now });
  serveIndexRoutes(service, { ...indexed, closing: closing.signal });
  serveFamily(service, { ...indexed, closing: closing.signal });
  servePublicationDesk(service, {
    ...{ db: publications, logDb: openDatabase<LogTables>(ledger.pool), family, reader },
    ...{
      composer: createComposer(family),
      rootOf: logRoots(ledger.pool, noHeadSigner(ledger.pool)),
    },
    clock: () => now,
  });
  servePublished(service, { db: publications, reader, index });
  let next = 0;
  const append = async (events: readonly BulkEvent[]): Promise<number> => {
    const { lastSeq } = await appendBulk(ledger.pool, events);
    await index.waitFor(lastSeq);
    await family.waitFor(lastSeq);
    return lastSeq;
  };
  await append([openedEvent()]);
  const headersFor = async (roles: readonly Role[]): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await people.tokenFor(people.person(roles), 'ledger')}`,
  });
  const get = async (path: string, roles: readonly Role[] | null = null, headers = {}) =>
    service.app.request(`/api/ledger${path}`, {
      headers: { ...(roles ? await headersFor(roles) : {}), ...headers },
    });
  return {
    ...ledger,
    index,
    family,
    indexed,
    closing,
    people,
    setNow: (instant: Instant): void => {
      now = instant;
    },
    /** One person's call, with the HTTP status beside the answer. */
    as: async (person: Person, method: string, path: string, body?: unknown): Promise<Answered> => {
      const response = await service.app.request(`/api/ledger${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await people.tokenFor(person, 'ledger')}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { ...((await response.json()) as object), httpStatus: response.status };
    },
    /** A second projector over the same tables: a restart, or another process. */
    startAnother: start,
    get,
    read: async <T>(path: string, roles: readonly Role[] | null = null): Promise<T> =>
      (await get(path, roles)).json() as Promise<T>,
    live: async (roles: readonly Role[] | null = null): Promise<LiveSnapshot> =>
      (await get('/live', roles)).json() as Promise<LiveSnapshot>,
    /** Appends registrations in order and waits until they are counted; the last sequence. */
    register: (contracts: readonly Partial<RegisteredContract>[]): Promise<number> =>
      append(contracts.map((contract) => registeredEvent(contractAt(++next, contract)))),
    /** Appends a registration whose private part is not there: nobody can count it. */
    brokenEvent: async (): Promise<void> => {
      const event = registeredEvent(contractAt(++next));
      await appendBulk(ledger.pool, [{ ...event, private: null }]);
    },
    /** Appends an event that the index does not care about. */
    otherEvent: (recordedAt: string): Promise<number> =>
      append([
        inBulk(`contract-${contractAt(0xf00000 + ++next).contractId}`, testEvent({ recordedAt })),
      ]),
    end: async (): Promise<void> => {
      closing.abort();
      await index.stop();
      await family.stop();
      await follower.stop();
      await ledger.close();
    },
  };
};

export type TestIndex = Awaited<ReturnType<typeof openTestIndex>>;

/** A base year: six contracts of six sellers on the tenth of every month of 2025. */
export const BASE_YEAR: readonly Partial<RegisteredContract>[] = Array.from(
  { length: 72 },
  (_, i) => ({
    registeredOn: `2025-${`${Math.floor(i / 6) + 1}`.padStart(2, '0')}-10`,
    recordedAt: `2025-${`${Math.floor(i / 6) + 1}`.padStart(2, '0')}-10T04:00:00.000Z`,
    sellerId: `base-seller-${i % 6}`,
    buyerId: `base-buyer-${i % 3}`,
  }),
);
