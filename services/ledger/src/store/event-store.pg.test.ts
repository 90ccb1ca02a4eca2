import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listingDecider } from '../domain/listing/listing.ts';
import { type EventStoreDependencies, handleCommand } from './event-store.ts';
import { createAppendQueue } from './log/append-queue.ts';
import { openTestLedger } from './log/testing.ts';

let ledger: Awaited<ReturnType<typeof openTestLedger>>;
let store: EventStoreDependencies;
beforeAll(async () => {
  ledger = await openTestLedger('event_store');
  const sources = { newId, newSalt: () => randomBytes(32), now: () => null };
  store = { db: ledger.db, queue: createAppendQueue(ledger.pool), sources };
});
afterAll(() => ledger.close());

const actor = { kind: 'service', service: 'market' } as const;
const opening = (listingId: string) => ({
  type: 'ListingOpened' as const,
  data: {
    ...{ listingId, district: 'sip' as const, fieldCode: 'electronics' as const },
    ...{ industryCode: 'C' as const, openedOn: '2026-11-20', expiresOn: null },
  },
});

/** Opens a listing, as a command that says which version its sender saw. */
const open = (deps: EventStoreDependencies, listingId: string, commandId: string) =>
  handleCommand(
    deps,
    { org: 'service:market', id: commandId, hash: createHash('sha256').update('open').digest() },
    {
      stream: `listing-${listingId}`,
      evolve: listingDecider.evolve,
      initialState: listingDecider.initialState,
      expectedVersion: 0,
      handle: (state) => {
        const data = { fact: opening(listingId), by: { actor, partyId: null } };
        return [listingDecider.decide({ type: 'RecordListingEvent', data }, state)].flat();
      },
    },
  );

/** Lets something happen right after the first query of a command, which reads its stream. */
const withMeanwhile = (happen: () => Promise<unknown>): EventStoreDependencies => {
  let first = true;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (first) {
        first = false;
        await happen();
      }
      return result;
    },
  };
  return { ...store, db: store.db.withPlugin(plugin) };
};

test('a command that overtakes its own repetition gives it its answer, not a conflict', async () => {
  const [listingId, commandId] = [newId(), newId()];
  const first: unknown[] = [];
  const meanwhile = withMeanwhile(async () => first.push(await open(store, listingId, commandId)));
  expect(await open(meanwhile, listingId, commandId)).toStrictEqual(first[0]);
});

test('what another command did meanwhile is still a conflict', async () => {
  const listingId = newId();
  const meanwhile = withMeanwhile(() => open(store, listingId, newId()));
  await expect(open(meanwhile, listingId, newId())).rejects.toMatchObject({
    type: 'version-conflict',
  });
});
