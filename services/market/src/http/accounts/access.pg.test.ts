import type { EndpointSpec } from '@jishi/contracts/endpoint';
import { newId } from '@jishi/contracts/ids';
import { ACCOUNT_ENDPOINTS } from '@jishi/contracts/market/accounts';
import { ADMINISTRATION_ENDPOINTS } from '@jishi/contracts/market/administration';
import { OFFICER_ROLES, type OfficerRole, Role } from '@jishi/contracts/roles';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domestic, openTrialMarket } from './trial-market.ts';

type Market = Awaited<ReturnType<typeof openTrialMarket>>;
let market: Market;
/** One real, signed-in person for each role, and two who may do nothing. */
const holders = new Map<Role, { cookie: string; token: string }>();
let pending: string;
let suspended: { cookie: string; token: string };

const holderOf = async (role: Role) => {
  const officer = (OFFICER_ROLES as readonly Role[]).includes(role);
  const person = await market.person(role, officer ? [role as OfficerRole] : [], false);
  if (!officer) {
    await market.pool.query(
      'update membership set trading_roles = array[$1], manages = false where user_id = $2',
      [role, person.userId],
    );
  }
  const { userId, organisationId, partyId, cookie } = person;
  const claims = { userId, organisationId, partyId, roles: [role] };
  return { ...person, cookie, token: await market.people.tokenFor(claims, 'market') };
};

beforeAll(async () => {
  market = await openTrialMarket('access');
  for (const role of Role.options) holders.set(role, await holderOf(role));
  const founder = await market.person('founder');
  const email = `pending-${newId()}@example.cn`;
  await market.signUp(email, domestic(founder.uscc));
  pending = await market.signIn(email);
  const bad = await holderOf('buyer');
  const asAdministrator = { cookie: holders.get('administrator')?.cookie };
  const reason = { method: 'POST', body: { reason: 'trial' } };
  await market.call(`/people/${bad.userId}/suspension`, { ...asAdministrator, ...reason });
  suspended = bad;
});
afterAll(() => market.close());

/** Calls an endpoint on ids that exist nowhere; says how access went. */
const ask = async (spec: EndpointSpec, who: { cookie?: string; token?: string }) => {
  const path = spec.path.replace(/\{\w+\}/g, () => newId());
  const body = spec.method === 'get' ? {} : { body: {} };
  const answer = await market.call(path, { method: spec.method.toUpperCase(), ...body, ...who });
  const problem = answer.ok ? undefined : ((await answer.json()) as { type: string });
  return { status: answer.status, type: problem?.type.split('#').at(-1) };
};
const credentials = (spec: EndpointSpec, holder: { cookie: string; token: string }) =>
  spec.accepts === 'cookie' ? { cookie: holder.cookie } : { token: holder.token };
const DENIED = ['not-signed-in', 'token-not-valid', 'role-missing'];
const nameOf = (spec: EndpointSpec): string => `${spec.method} ${spec.path}`;
const allowedRoles = ({ access }: EndpointSpec): readonly Role[] => {
  if (access.who === 'services') return [];
  return access.who === 'roles' ? access.roles : Role.options;
};

describe('every endpoint of the market', () => {
  it('lets exactly the roles of its declaration in', async () => {
    expect(market.served.length).toBeGreaterThan(20);
    for (const spec of market.served.filter((s) => s.access.who !== 'public')) {
      for (const [role, holder] of holders) {
        const { type } = await ask(spec, credentials(spec, holder));
        const letIn = !DENIED.includes(type ?? '');
        const cell = [nameOf(spec), role];
        expect([...cell, letIn]).toStrictEqual([...cell, allowedRoles(spec).includes(role)]);
      }
    }
  }, 120_000);

  it('answers 401 to nobody, to a torn token and to a token for another service', async () => {
    const elsewhere = await market.people.tokenFor(market.people.person(['auditor']), 'ledger');
    for (const spec of market.served.filter((s) => s.access.who !== 'public')) {
      for (const who of [{}, { token: 'torn' }, { token: elsewhere }]) {
        const { status } = await ask(spec, who);
        expect([nameOf(spec), status]).toStrictEqual([nameOf(spec), 401]);
      }
    }
  });

  it('takes a cookie only where it is declared, and services only where they are', async () => {
    const cookie = holders.get('administrator')?.cookie ?? '';
    const services = ['ledger', 'subsidy'] as const;
    for (const spec of market.served.filter((s) => s.access.who !== 'public')) {
      if (spec.accepts !== 'cookie') {
        expect([nameOf(spec), (await ask(spec, { cookie })).status]).toStrictEqual([
          nameOf(spec),
          401,
        ]);
      }
      for (const service of services) {
        const token = await market.people.serviceToken(service, 'market');
        const welcome = 'services' in spec.access && spec.access.services?.includes(service);
        const { type } = await ask(spec, { token });
        const cell = [nameOf(spec), service];
        expect([...cell, !DENIED.includes(type ?? '')]).toStrictEqual([...cell, Boolean(welcome)]);
      }
    }
  });
});

describe('the endpoints of accounts', () => {
  const ACCOUNTS: readonly EndpointSpec[] = [...ACCOUNT_ENDPOINTS, ...ADMINISTRATION_ENDPOINTS];

  it('are declared as intended: this table is kept by hand, against a slip in the contract', () => {
    const table = ACCOUNTS.map((spec) => [
      nameOf(spec),
      spec.access.who === 'roles' ? spec.access.roles.join(' ') : spec.access.who,
    ]);
    expect(Object.fromEntries(table)).toStrictEqual({
      'post /sign-up': 'public',
      'post /auth/sign-in/email': 'public',
      'post /auth/sign-out': 'public',
      'get /me': 'signed-in',
      'post /tokens': 'signed-in',
      'get /.well-known/jwks.json': 'public',
      'get /organisations/{organisationId}': 'signed-in',
      'get /organisations/{organisationId}/members': 'signed-in',
      'post /organisations/{organisationId}/members/{membershipId}': 'signed-in',
      'post /role-grants': 'administrator',
      'get /role-grants': 'administrator',
      'post /role-grants/{grantId}/approval': 'administrator',
      'post /role-grants/{grantId}/removal': 'administrator',
      'post /people/{userId}/suspension': 'administrator',
      'post /people/{userId}/reinstatement': 'administrator',
      'get /organisations': 'administrator',
      'post /organisations/{organisationId}/checks': 'administrator',
      'get /organisations/{organisationId}/checks': 'administrator auditor',
      'get /audit': 'administrator auditor',
    });
  });

  it('are all served', () => {
    const served = new Set(market.served.map(nameOf));
    expect(ACCOUNTS.map(nameOf).filter((name) => !served.has(name))).toStrictEqual([]);
  });

  it('do nothing for the suspended, and for the pending only /me', async () => {
    for (const spec of ACCOUNTS.filter((s) => s.access.who !== 'public')) {
      expect((await ask(spec, { cookie: suspended.cookie })).status).toBe(401);
      expect((await ask(spec, { token: suspended.token })).status).toBeGreaterThanOrEqual(400);
      const { status } = await ask(spec, { cookie: pending });
      expect([nameOf(spec), status < 400]).toStrictEqual([nameOf(spec), spec.path === '/me']);
    }
  });
});

describe('health', () => {
  it('is well with an administrator, and says when there is none or no database', async () => {
    const health = async (of: Market) => (await of.call('/health')).json();
    expect(await health(market)).toMatchObject({
      status: 'ok',
      notes: [],
      figures: { administrators: 1, pendingMemberships: 1, pendingGrants: 0 },
    });
    const bare = await openTrialMarket('bare');
    try {
      const note = { en: expect.stringContaining('no administrator') };
      expect(await health(bare)).toMatchObject({ status: 'degraded', notes: [note] });
    } finally {
      await bare.close();
    }
    const gone = { en: 'The database cannot be reached' };
    expect(await health(bare)).toMatchObject({ status: 'degraded', notes: [gone], figures: {} });
  });
});

describe('the document', () => {
  it('names exactly what is served', async () => {
    const document = await (await market.call('/openapi.json')).json();
    const { paths } = document as { paths: Record<string, Record<string, unknown>> };
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path.replace('/api/market', '')}`),
    );
    expect(documented.sort()).toStrictEqual(market.served.map(nameOf).sort());
  });
});
