import { client } from '@jishi/contracts/client';
import { type Id, newId } from '@jishi/contracts/ids';
import type { FeedItem } from '@jishi/contracts/ledger/envelope';
import type { Person } from '@jishi/contracts/principal';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { testPeople } from '@jishi/runtime/testing/people';
import { sql } from 'kysely';
import { createSubsidyApp } from '../app.ts';
import { applyPage } from '../process/follow-ledger.ts';
import { readCursor } from '../store/ledger-view.ts';
import { MIGRATIONS } from '../store/migrations/all.ts';
import { type LoadedPolicy, readPolicy } from '../store/policy-files.ts';
import { sealerOf } from '../store/seal.ts';
import type { SubsidyTables } from '../store/tables.ts';

export const TEST_NOW = '2026-07-01T02:00:00.000Z';
export const testSealer = sealerOf(Buffer.alloc(32, 7).toString('base64url'));

export type TestDesk = Awaited<ReturnType<typeof openTestDesk>>;

/** A second process on the same database: a pool and an app of its own. */
const openProcess = (
  url: string,
  people: ReturnType<typeof testPeople>,
  policies: readonly LoadedPolicy[],
  clock: () => string,
) => {
  const db = openDatabase<SubsidyTables>(openPool({ url }));
  const { app, served } = createSubsidyApp({
    db,
    log: silentLog,
    trustedKeys: people.trustedKeys,
    policies,
    sealer: testSealer,
    clock,
    newId,
    follow: () => null,
  });
  const send = (input: string | URL | Request, init?: RequestInit) =>
    Promise.resolve(app.request(String(input), init));
  const as = (person: Person | undefined) => {
    const token = person ? people.tokenFor(person, 'subsidy') : undefined;
    return client({
      baseUrl: 'http://subsidy',
      fetch: send as typeof fetch,
      token: async () => token,
    });
  };
  return { db, app, served, as };
};

/** The role that serves in an installation, made before the migration grants it its rights. */
const makeServingRole = async (
  url: string,
): Promise<{ url: string; drop: () => Promise<void> }> => {
  const serving = new URL(url);
  const role = `${serving.pathname.slice(1)}_app`;
  const admin = async (text: string): Promise<void> => {
    const db = openDatabase<unknown>(openPool({ url, poolSize: 1 }));
    await sql.raw(text).execute(db);
    await db.destroy();
  };
  await admin(`create role ${role} login password 'only-in-this-test'`);
  serving.username = role;
  serving.password = 'only-in-this-test';
  return { url: serving.toString(), drop: () => admin(`drop owned by ${role}; drop role ${role}`) };
};

/**
 * The whole service on a fresh database; the feed is fed by `feed`, the clock is the test's.
 * `asServingRole`: with the rights and the row-level security of an installation.
 */
export const openTestDesk = async (
  label: string,
  options: { loaded?: LoadedPolicy; asServingRole?: boolean } = {},
) => {
  const database = await createTestDatabase(label);
  const role = options.asServingRole ? await makeServingRole(database.url) : undefined;
  const url = role?.url ?? database.url;
  const people = testPeople();
  const policies = [options.loaded ?? (await readPolicy('suzhou-transfer'))];
  let now = TEST_NOW;
  const clock = () => now;
  const owner = openDatabase<unknown>(openPool({ url: database.url, poolSize: 1 }));
  await migrateToLatest(owner, MIGRATIONS);
  await owner.destroy();
  const first = openProcess(url, people, policies, clock);
  const opened = [first];
  return {
    ...first,
    people,
    policies,
    clock,
    setNow: (instant: string) => {
      now = instant;
    },
    /** Another process on the same database. */
    another: () => {
      const next = openProcess(url, people, policies, clock);
      opened.push(next);
      return next;
    },
    /** Applies items made for the next sequences, as the consumer would. */
    feed: async (make: (from: number) => readonly FeedItem[]): Promise<void> => {
      const from = await readCursor(first.db);
      await applyPage({ db: first.db, policies, clock, newId }, make(from + 1), from);
    },
    officer: () => people.person(['subsidy-officer']),
    finance: () => people.person(['finance-officer']),
    auditor: () => people.person(['auditor']),
    memberOf: (partyId: Id) => people.person(['buyer'], partyId),
    close: async () => {
      for (const one of opened) await one.db.destroy();
      await role?.drop();
      await database.drop();
    },
  };
};
