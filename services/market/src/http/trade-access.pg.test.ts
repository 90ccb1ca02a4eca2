import type { EndpointSpec } from '@jishi/contracts/endpoint';
import { newId } from '@jishi/contracts/ids';
import * as trade from '@jishi/contracts/market/trade';
import * as api from '@jishi/contracts/market/trade-listings';
import { Role } from '@jishi/contracts/roles';
import { openDatabase } from '@jishi/runtime/database';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTenant } from '../store/accounts/tenant.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import { publishedNeed, readyContract, signed } from './trade-story.ts';
import { CONTACT, LISTING, openTradeTrial, type Trader, type TradeTrial } from './trade-trial.ts';

const ENDPOINTS: readonly EndpointSpec[] = trade.TRADE_ENDPOINTS;

let trial: TradeTrial;
let seller: Trader;
let buyer: Trader;
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
let ids: Record<string, string>;
let draftId: string;
beforeAll(async () => {
  trial = await openTradeTrial('trade_access');
  seller = await trial.trader(['listing-officer']);
  buyer = await trial.trader(['buyer']);
  reviewer = await trial.officer(['exchange-operator']);
  const { contractId, negotiationId, listingId } = await readyContract(seller, buyer, reviewer);
  await signed(seller, contractId);
  const needId = await publishedNeed(buyer, reviewer);
  ids = {
    contractId,
    negotiationId,
    listingId: listingId ?? '',
    needId,
    id: newId(),
    fileId: newId(),
  };
  draftId = newId();
  await seller.call(api.createListing, {
    body: { listingId: draftId, content: LISTING, contact: CONTACT },
  });
});
afterAll(() => trial.close());

const ask = async (spec: EndpointSpec, token: string | undefined, params = ids) => {
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const hasBody = spec.method === 'post';
  return trial.app.request(`/api/market${path}`, {
    method: spec.method.toUpperCase(),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      'x-request-id': 'request-access',
    },
    ...(hasBody ? { body: '{}' } : {}),
  });
};

const typeOf = async (answer: Response): Promise<string> => {
  const problem = (await answer.json()) as { type?: string };
  return problem.type?.split('#').at(-1) ?? '';
};

test('every endpoint that is declared is served and documented', async () => {
  const document = (await (await trial.app.request('/api/market/openapi.json')).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  for (const spec of ENDPOINTS) {
    expect(trial.served).toContain(spec);
    expect(document.paths[`/api/market${spec.path}`]).toHaveProperty(spec.method);
  }
  expect(ENDPOINTS).toHaveLength(45);
});

describe.each(ENDPOINTS.map((spec) => [`${spec.method} ${spec.path}`, spec] as const))(
  '%s',
  (_, spec) => {
    const { access } = spec;
    test('lets nobody in without a token unless it is public', async () => {
      const answer = await ask(spec, undefined);
      if (access.who === 'public') expect(answer.status).toBe(200);
      else expect([answer.status, await typeOf(answer)]).toStrictEqual([401, 'not-signed-in']);
    });

    test.each(Role.options)('as %s answers as declared', async (role) => {
      const { token } = await trial.trader([role]);
      const answer = await ask(spec, token);
      const allowed = access.who !== 'roles' || access.roles.includes(role);
      if (!allowed) {
        expect([answer.status, await typeOf(answer)]).toStrictEqual([403, 'role-missing']);
      } else {
        expect([401, 403]).not.toContain(answer.status);
        expect(answer.status).toBeLessThan(500);
      }
    });

    test('is for another service only when it is public', async () => {
      const token = await trial.people.serviceToken('subsidy', 'market');
      const answer = await ask(spec, token);
      expect(answer.status).toBe(access.who === 'public' ? 200 : 403);
    });
  },
);

describe("another organisation's record", () => {
  const reads = [
    [trade.readNegotiation, 'negotiationId'],
    [trade.readContract, 'contractId'],
    [api.readListing, 'listingId'],
  ] as const;
  test.each(reads.map(([spec, name]) => [spec.path, spec, name] as const))(
    '%s answers byte for byte like a missing one',
    async (_, spec, name) => {
      const stranger = await trial.trader(['listing-officer', 'buyer', 'broker']);
      const theirs = name === 'listingId' ? { ...ids, listingId: draftId } : ids;
      const missing = { ...ids, [name]: newId() };
      const [a, b] = [
        await ask(spec, stranger.token, theirs),
        await ask(spec, stranger.token, missing),
      ];
      expect(a.status).toBe(404);
      expect(await a.text()).toBe(await b.text());
    },
  );
});

describe('row-level security', () => {
  const TABLES = [
    'announcement_contact',
    'negotiation',
    'negotiation_participant',
    'negotiation_entry',
    'contract',
    'contract_signature',
    'trade_command',
  ] as const;

  test.each(TABLES)(
    'without a tenant %s has no rows, and every row with the owner',
    async (table) => {
      const db = openDatabase<TradeTables>(trial.serving);
      const count = sql<{ n: number }>`select count(*)::integer n from ${sql.table(table)}`;
      expect((await count.execute(trial.admin)).rows[0]?.n).toBeGreaterThan(0);
      expect((await count.execute(db)).rows[0]?.n).toBe(0);
      // After a transaction the setting reads '' and not null: still nothing.
      await inTenant(db, { kind: 'person', ...seller.person }, (trx) => count.execute(trx));
      expect((await count.execute(db)).rows[0]?.n).toBe(0);
      const stranger = await trial.trader(['buyer']);
      const principal = { kind: 'person', ...stranger.person } as const;
      expect((await inTenant(db, principal, (trx) => count.execute(trx))).rows[0]?.n).toBe(0);
    },
  );

  test('a draft is nobody else’s, whatever the query', async () => {
    const db = openDatabase<TradeTables>(trial.serving);
    const drafts = sql<{ n: number }>`select count(*)::integer n from announcement
      where status = 'draft'`;
    expect((await drafts.execute(db)).rows[0]?.n).toBe(0);
    const officer = trial.people.person(['exchange-operator']);
    const seen = await inTenant(db, { kind: 'person', ...officer }, (trx) => drafts.execute(trx));
    expect(seen.rows[0]?.n).toBe(0);
  });

  test('is on and forced on every table of trade but the outbox', async () => {
    const { rows } = await sql<{ relname: string }>`select relname from pg_class
      where relkind = 'r' and relrowsecurity and relforcerowsecurity order by 1`.execute(
      trial.admin,
    );
    const secured = rows.map((row) => row.relname);
    expect(secured).toStrictEqual(expect.arrayContaining(['announcement', ...TABLES]));
  });

  test.each(['negotiation_entry', 'contract_signature'])('%s is never changed', async (table) => {
    const db = openDatabase<TradeTables>(trial.serving);
    const principal = { kind: 'person', ...seller.person } as const;
    const change = inTenant(db, principal, (trx) =>
      sql`update ${sql.table(table)} set user_id = user_id`.execute(trx),
    );
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
