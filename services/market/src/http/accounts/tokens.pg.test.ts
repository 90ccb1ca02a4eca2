import { createPublicKey, type KeyObject } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { PEOPLE_ISSUER } from '@jishi/contracts/principal';
import { tokenVerifier } from '@jishi/runtime/tokens';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domestic, openTrialMarket } from './trial-market.ts';

let market: Awaited<ReturnType<typeof openTrialMarket>>;
let holder: Awaited<ReturnType<typeof market.person>>;
beforeAll(async () => {
  market = await openTrialMarket('tokens');
  holder = await market.person('holder', ['registrar']);
});
afterAll(() => market.close());

const SERVICES = ['market', 'ledger', 'subsidy'] as const;
const take = async (cookie: string, audience: string): Promise<string> => {
  const answer = await market.call('/tokens', { body: { audience }, cookie });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { token: string }).token;
};
const typeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { type: string }).type.split('#').at(-1) ?? '';

describe('tokens of people', () => {
  it('carry the person, and only the service that is named takes them', async () => {
    for (const audience of SERVICES) {
      const token = await take(holder.cookie, audience);
      for (const service of SERVICES) {
        const verified = tokenVerifier(service, market.people.trustedKeys)(token);
        if (service !== audience) {
          await expect(verified).rejects.toMatchObject({ type: 'token-not-valid' });
          continue;
        }
        expect(await verified).toStrictEqual({
          kind: 'person',
          userId: holder.userId,
          organisationId: holder.organisationId,
          partyId: holder.partyId,
          roles: ['buyer', 'registrar'],
          organisationVerified: false,
        });
      }
    }
  });

  it('live five minutes and say so', async () => {
    const answer = await market.call('/tokens', {
      body: { audience: 'ledger' },
      cookie: holder.cookie,
    });
    const { expiresAt } = (await answer.json()) as { expiresAt: string };
    const leftMs = Date.parse(expiresAt) - Date.now();
    expect(leftMs).toBeGreaterThan(297_000);
    expect(leftMs).toBeLessThanOrEqual(300_000);
  });

  it('cannot make tokens, nor open what takes a token without being one', async () => {
    const token = await take(holder.cookie, 'market');
    const asked = await market.call('/tokens', { body: { audience: 'ledger' }, token });
    expect([asked.status, await typeOf(asked)]).toStrictEqual([401, 'session-required']);
    expect((await market.call('/me', { token })).status).toBe(200);
    expect((await market.call('/me', { token: await take(holder.cookie, 'ledger') })).status).toBe(
      401,
    );
  });

  it('are checked by the published key', async () => {
    const jwks = await (await market.call('/.well-known/jwks.json')).json();
    const [key] = (jwks as { keys: Record<string, string>[] }).keys;
    expect(key).not.toHaveProperty('d');
    const trusted = new Map([[PEOPLE_ISSUER, createPublicKey({ key: key ?? {}, format: 'jwk' })]]);
    const token = await take(holder.cookie, 'ledger');
    expect(await tokenVerifier('ledger', trusted)(token)).toMatchObject({ userId: holder.userId });
  });
});

describe('forged tokens', () => {
  const person = () => ({
    userId: holder.userId,
    organisationId: holder.organisationId,
    partyId: holder.partyId,
    roles: ['administrator'],
  });
  const now = () => Math.floor(Date.now() / 1_000);
  const make = (claims: object, header: object, key: KeyObject | Uint8Array) =>
    new SignJWT({ person: person(), iat: now(), exp: now() + 300, ...claims })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', ...header })
      .sign(key);
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: PEOPLE_ISSUER, aud: 'market' };

  it('are all refused with 401', async () => {
    const ours = market.deps.peopleKey;
    const strangers = market.people.privateKeyOf('service:ledger');
    const publicText = market.publicPeopleKey.export({ format: 'pem', type: 'spki' }) as string;
    const full = { ...claims, person: person(), iat: now(), exp: now() + 300 };
    const none = `${base64({ alg: 'none', typ: 'JWT' })}.${base64(full)}.`;
    const good = await make(claims, {}, ours);
    const forgeries: Record<string, string> = {
      none,
      'none with a signature': `${none}${good.split('.')[2]}`,
      'HS256 with the public key': await make(claims, { alg: 'HS256' }, Buffer.from(publicText)),
      'another key': await make(claims, {}, strangers),
      'own key in the header': await make(
        claims,
        { jwk: createPublicKey(strangers).export({ format: 'jwk' }) },
        strangers,
      ),
      'key set elsewhere': await make(claims, { jku: 'http://127.0.0.1:1/jwks.json' }, strangers),
      'unknown issuer': await make({ ...claims, iss: 'jishi' }, {}, ours),
      'a service as issuer': await make({ ...claims, iss: 'service:ledger' }, {}, ours),
      'another audience': await make({ ...claims, aud: 'ledger' }, {}, ours),
      'no audience': await make({ iss: PEOPLE_ISSUER }, {}, ours),
      'another type': await make(claims, { typ: 'at+jwt' }, ours),
      expired: await make({ ...claims, iat: now() - 400, exp: now() - 31 }, {}, ours),
      'from the future': await make({ ...claims, iat: now() + 60, exp: now() + 360 }, {}, ours),
      'too long a life': await make({ ...claims, iat: now() - 331, exp: now() + 300 }, {}, ours),
      'no expiry': await make({ ...claims, exp: undefined }, {}, ours),
      'altered payload': [
        good.split('.')[0],
        base64({ ...full, exp: now() + 299 }),
        good.split('.')[2],
      ].join('.'),
      'not a token': 'abc.def.ghi',
    };
    for (const [name, token] of Object.entries(forgeries)) {
      const answer = await market.call('/me', { token });
      expect([name, answer.status]).toStrictEqual([name, 401]);
    }
    // The same maker with nothing wrong: the refusals above have their own reasons.
    expect((await market.call('/me', { token: good })).status).toBe(200);
  });
});

describe('standing', () => {
  it('gives a pending member no token and no roles', async () => {
    const email = `pending-${newId()}@example.cn`;
    await market.signUp(email, domestic(holder.uscc));
    const cookie = await market.signIn(email);
    const me = await (await market.call('/me', { cookie })).json();
    expect(me).toMatchObject({ roles: [], membership: { status: 'pending' } });
    const asked = await market.call('/tokens', { body: { audience: 'market' }, cookie });
    expect([asked.status, await typeOf(asked)]).toStrictEqual([403, 'membership-pending']);
  });

  it('ends an officer’s session after 30 idle minutes, another’s after 12 hours', async () => {
    const trader = await market.person('idle');
    const open = async (cookie: string) => (await market.call('/me', { cookie })).status;
    const officer = { cookie: await market.signIn(holder.email) };
    market.now.offsetMs = 30 * 60_000 + 5_000;
    expect(await open(officer.cookie)).toBe(401);
    expect(await open(trader.cookie)).toBe(200);
    // That use moved the trader's idle clock.
    market.now.offsetMs += 12 * 3_600_000 - 5_000;
    expect(await open(trader.cookie)).toBe(200);
    market.now.offsetMs += 12 * 3_600_000;
    expect(await open(trader.cookie)).toBe(401);
    market.now.offsetMs = 0;
    expect(await open(trader.cookie)).toBe(401);
  });
});
