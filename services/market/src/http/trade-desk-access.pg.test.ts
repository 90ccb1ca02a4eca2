import type { EndpointSpec } from '@jishi/contracts/endpoint';
import { newId } from '@jishi/contracts/ids';
import { DRAFT_ENDPOINTS, saveListingDraft } from '@jishi/contracts/market/drafts';
import { NOTIFICATION_ENDPOINTS } from '@jishi/contracts/market/notifications';
import { PRICE_NOTICE_ENDPOINTS } from '@jishi/contracts/market/price-notice';
import { REACH_ENDPOINTS, revealListingContact } from '@jishi/contracts/market/reach';
import { REVIEW_ENDPOINTS } from '@jishi/contracts/market/reviews';
import { Role } from '@jishi/contracts/roles';
import { openDatabase } from '@jishi/runtime/database';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTenant } from '../store/accounts/tenant.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import { publishedListing, publishedNeed } from './trade-story.ts';
import { commandAt, openTradeTrial, type Trader, type TradeTrial } from './trade-trial.ts';

const ENDPOINTS: readonly EndpointSpec[] = [
  ...DRAFT_ENDPOINTS,
  ...NOTIFICATION_ENDPOINTS,
  ...PRICE_NOTICE_ENDPOINTS,
  ...REACH_ENDPOINTS,
  ...REVIEW_ENDPOINTS,
];

let trial: TradeTrial;
let seller: Trader;
let ids: Record<string, string>;
beforeAll(async () => {
  trial = await openTradeTrial('desk_access');
  seller = await trial.trader(['listing-officer']);
  const buyer = await trial.trader(['buyer']);
  const reviewer = await trial.officer(['exchange-operator']);
  const listingId = await publishedListing(seller, reviewer);
  const needId = await publishedNeed(buyer, reviewer);
  ids = { listingId, needId, id: listingId, noticeId: newId() };
  await buyer.call(revealListingContact, { params: { listingId } });
  await seller.call(saveListingDraft, {
    params: { listingId: newId() },
    body: {
      ...commandAt(0),
      content: { title: '草稿' },
      contact: { name: '', phone: '', email: '' },
    },
  });
});
afterAll(() => trial.close());

const ask = (spec: EndpointSpec, token: string | undefined) => {
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
  const hasBody = spec.method !== 'get';
  return trial.app.request(`/api/market${path}`, {
    method: spec.method.toUpperCase(),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: '{}' } : {}),
  });
};

test('every endpoint that is declared is served', () => {
  for (const spec of ENDPOINTS) expect(trial.served).toContain(spec);
});

describe.each(ENDPOINTS.map((spec) => [`${spec.method} ${spec.path}`, spec] as const))(
  '%s',
  (_, spec) => {
    const { access } = spec;
    test('lets nobody in without a token unless it is public', async () => {
      const { status } = await ask(spec, undefined);
      if (access.who === 'public') expect([200, 400]).toContain(status);
      else expect(status).toBe(401);
    });

    test.each(Role.options)('as %s answers as declared', async (role) => {
      const { token } = await trial.trader([role]);
      const { status } = await ask(spec, token);
      const allowed = access.who !== 'roles' || access.roles.includes(role);
      if (allowed) {
        expect([401, 403]).not.toContain(status);
        expect(status).toBeLessThan(500);
      } else expect(status).toBe(403);
    });
  },
);

describe('row-level security', () => {
  const TABLES = ['announcement_draft', 'review_decision', 'contact_reveal', 'notification'];

  test.each(TABLES)('without a tenant, and for a stranger, %s has no rows', async (table) => {
    const db = openDatabase<TradeTables>(trial.serving);
    const count = sql<{ n: number }>`select count(*)::integer n from ${sql.table(table)}`;
    expect((await count.execute(trial.admin)).rows[0]?.n).toBeGreaterThan(0);
    expect((await count.execute(db)).rows[0]?.n).toBe(0);
    const stranger = await trial.trader(['buyer', 'listing-officer']);
    const principal = { kind: 'person', ...stranger.person } as const;
    expect((await inTenant(db, principal, (trx) => count.execute(trx))).rows[0]?.n).toBe(0);
  });

  test.each(['review_decision', 'contact_reveal', 'notification'])(
    '%s is never changed',
    async (table) => {
      const db = openDatabase<TradeTables>(trial.serving);
      const principal = { kind: 'person', ...seller.person } as const;
      const change = inTenant(db, principal, (trx) =>
        sql`update ${sql.table(table)} set user_id = user_id`.execute(trx),
      );
      await expect(change).rejects.toThrow(/permission denied/);
    },
  );
});
