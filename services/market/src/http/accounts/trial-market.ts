import { createPublicKey } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import type { OrganisationInput } from '@jishi/contracts/market/accounts';
import type { OfficerRole } from '@jishi/contracts/roles';
import { systemClock } from '@jishi/contracts/time';
import { usccFrom } from '@jishi/contracts/uscc';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { testPeople } from '@jishi/runtime/testing/people';
import { createMarketApp } from '../../app.ts';
import type { MarketDeps } from '../../deps.ts';
import { insertGrant } from '../../store/accounts/grants.ts';
import type { AccountTables } from '../../store/accounts/tables.ts';
import { MIGRATIONS } from '../../store/migrations/all.ts';
import { accountContext } from './context.ts';

export const ORIGIN = 'http://127.0.0.1:4000';
export const PASSWORD = 'a long sentence of mine';

let codes = 0;
/** A valid code that no other call has given. */
export const freshUscc = (): string =>
  usccFrom('91320594', `TR${String(++codes).padStart(6, '0')}`);

export const domestic = (uscc = freshUscc()): OrganisationInput => ({
  kind: 'domestic',
  uscc,
  name: `试验单位 ${uscc}`,
  nature: 'enterprise',
  district: 'sip',
});

export interface Called {
  readonly method?: string;
  readonly body?: unknown;
  readonly cookie?: string | undefined;
  readonly token?: string;
  readonly address?: string;
  readonly headers?: Record<string, string>;
}

/** A market on a database of its own, called as a client calls it; for tests of this service. */
export const openTrialMarket = async (label: string, more: Partial<MarketDeps> = {}) => {
  const database = await createTestDatabase(label);
  const pool = more.pool ?? openPool({ url: database.url, poolSize: 6 });
  await migrateToLatest(openDatabase(pool), MIGRATIONS);
  const people = testPeople();
  const peopleKey = people.privateKeyOf('jishi-people');
  const now = { offsetMs: 0 };
  const deps: MarketDeps = {
    pool,
    log: silentLog,
    clock: () => new Date(Date.parse(systemClock()) + now.offsetMs).toISOString(),
    trustedKeys: people.trustedKeys,
    serviceKey: people.privateKeyOf('service:market'),
    peopleKey,
    authSecret: 'trial secret of more than thirty-two characters',
    publicUrl: ORIGIN,
    health: [],
    ...more,
  };
  const { app, served } = createMarketApp(deps);
  const db = openDatabase<AccountTables>(pool);

  const call = (path: string, called: Called = {}) =>
    app.request(
      `/api/market${path}`,
      {
        method: called.method ?? (called.body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(called.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(called.cookie ? { cookie: called.cookie, origin: ORIGIN } : {}),
          ...(called.token ? { authorization: `Bearer ${called.token}` } : {}),
          ...called.headers,
        },
        ...(called.body === undefined ? {} : { body: JSON.stringify(called.body) }),
      },
      { incoming: { socket: { remoteAddress: called.address ?? '198.51.100.1' } } },
    );

  const signUp = (email: string, organisation = domestic(), roles = ['buyer']) =>
    call('/sign-up', {
      body: { email, password: PASSWORD, name: '试验者', organisation, roles },
      address: '127.0.0.1',
    });

  /** The cookie of a session. */
  const signIn = async (email: string): Promise<string> => {
    const answer = await call('/auth/sign-in/email', { body: { email, password: PASSWORD } });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  };

  /** A signed-in person of an organisation of their own, with officer roles as given. */
  const person = async (
    name: string,
    officerRoles: readonly OfficerRole[] = [],
    trading = true,
  ) => {
    const email = `${name}-${newId()}@example.cn`;
    const uscc = freshUscc();
    const up = await signUp(email, domestic(uscc));
    if (!up.ok) throw new Error(`${up.status} ${await up.text()}`);
    const cookie = await signIn(email);
    const me = (await (await call('/me', { cookie })).json()) as {
      userId: string;
      membership: { id: string; organisation: { id: string; partyId: string } };
    };
    if (!trading)
      await db
        .updateTable('membership')
        .set({ trading_roles: [] })
        .where('user_id', '=', me.userId)
        .execute();
    await db.transaction().execute(async (trx) => {
      for (const role of officerRoles) {
        const grant = { id: newId(), userId: me.userId, role, status: 'effective' as const };
        await insertGrant(trx, { ...grant, requestedBy: null }, systemClock());
      }
    });
    return {
      email,
      uscc,
      cookie,
      userId: me.userId,
      membershipId: me.membership.id,
      organisationId: me.membership.organisation.id,
      partyId: me.membership.organisation.partyId,
    };
  };

  return {
    app,
    served,
    call,
    signUp,
    signIn,
    person,
    db,
    pool,
    deps,
    now,
    people,
    accounts: accountContext(deps),
    publicPeopleKey: createPublicKey(peopleKey),
    /** For a second market on another one's pool. */
    dropOnly: database.drop,
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
