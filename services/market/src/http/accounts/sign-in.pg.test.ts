import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAILURES_PER_ACCOUNT_MAX, FAILURES_PER_ADDRESS_MAX } from './sign-in.ts';
import { domestic, freshUscc, ORIGIN, openTrialMarket, PASSWORD } from './trial-market.ts';

let market: Awaited<ReturnType<typeof openTrialMarket>>;
beforeAll(async () => {
  market = await openTrialMarket('sign_in');
});
afterAll(() => market.close());

const SIGN_IN = '/auth/sign-in/email';
const typeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { type: string }).type.split('#').at(-1) ?? '';

describe('sign-up', () => {
  it('makes account, organisation and membership; the founder manages', async () => {
    const uscc = freshUscc();
    const answer = await market.signUp('founder@example.cn', domestic(uscc), ['buyer', 'broker']);
    expect(await answer.json()).toStrictEqual({ status: 'received' });
    const cookie = await market.signIn('founder@example.cn');
    const me = await (await market.call('/me', { cookie })).json();
    expect(me).toMatchObject({
      email: 'founder@example.cn',
      roles: ['buyer', 'broker'],
      membership: { status: 'active', manages: true, organisation: { uscc, verified: false } },
    });
  });

  it('answers the same for an e-mail in use, in any case, and changes nothing', async () => {
    await market.signUp('twice@example.cn');
    const before = await market.db.selectFrom('auth_user').selectAll().execute();
    const again = await market.signUp('Twice@Example.cn', domestic(), ['broker']);
    expect(again.status).toBe(200);
    expect(await again.json()).toStrictEqual({ status: 'received' });
    expect(await market.db.selectFrom('auth_user').selectAll().execute()).toStrictEqual(before);
  });

  it('makes one organisation of twenty sign-ups for one code at once', async () => {
    const uscc = freshUscc();
    const emails = Array.from({ length: 20 }, (_, i) => `rush-${i}@example.cn`);
    // On a busy machine some are told to come again, as twenty at once may be; they do.
    const signUp = async (email: string): Promise<void> => {
      const { status } = await market.signUp(email, domestic(uscc));
      if (status === 503) return signUp(email);
      expect(status).toBe(200);
    };
    await Promise.all(emails.map(signUp));
    const members = await market.db
      .selectFrom('membership as m')
      .innerJoin('organisation as o', 'o.id', 'm.organisation_id')
      .select(['m.status', 'm.manages'])
      .where('o.uscc', '=', uscc)
      .execute();
    expect(members).toHaveLength(20);
    expect(members.filter((m) => m.status === 'active' && m.manages)).toHaveLength(1);
    expect(members.filter((m) => m.status === 'pending' && !m.manages)).toHaveLength(19);
  });

  it('refuses a wrong check digit, a short password, a common one, officer roles', async () => {
    const good = { email: 'x@example.cn', password: PASSWORD, name: 'x', roles: ['buyer'] };
    const organisation = domestic();
    const code = freshUscc();
    const wrong = `${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`;
    const bodies = [
      [{ ...good, organisation: domestic(wrong) }, 'invalid-input'],
      [{ ...good, organisation, password: 'elevenchars' }, 'invalid-input'],
      [{ ...good, organisation, password: 'x'.repeat(129) }, 'invalid-input'],
      [{ ...good, organisation, password: 'Password123456' }, 'password-too-common'],
      [{ ...good, organisation, roles: ['registrar'] }, 'invalid-input'],
      [{ ...good, organisation, verified: true }, 'invalid-input'],
    ] as const;
    for (const [body, type] of bodies) {
      expect(await typeOf(await market.call('/sign-up', { body }))).toBe(type);
    }
  });
});

describe('sign-in and sign-out', () => {
  it('gives an HttpOnly, SameSite=Lax cookie and never the session token in the body', async () => {
    await market.signUp('cookie@example.cn');
    const body = { email: 'cookie@example.cn', password: PASSWORD };
    const answer = await market.call(SIGN_IN, { body });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^jishi\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure|Domain/i);
    expect(Object.keys((await answer.json()) as object).sort()).toStrictEqual(['name', 'userId']);
  });

  it('gives a __Host- Secure cookie where the public address is https, and reads it', async () => {
    const https = await openTrialMarket('https', { publicUrl: 'https://market.example.cn' });
    try {
      await https.signUp('cookie@example.cn');
      const body = { email: 'cookie@example.cn', password: PASSWORD };
      const [cookie = ''] = (await https.call(SIGN_IN, { body })).headers.getSetCookie();
      expect(cookie).toMatch(/^__Host-jishi\.session_token=/);
      expect(cookie).toMatch(/; Path=\//);
      expect(cookie).toMatch(/Secure/);
      expect(cookie).not.toMatch(/Domain/i);
      const me = await https.call('/me', { headers: { cookie: cookie.split(';')[0] ?? '' } });
      expect(me.status).toBe(200);
    } finally {
      await https.close();
    }
  });

  it('answers byte for byte the same for a wrong password and an unknown e-mail', async () => {
    await market.signUp('known@example.cn');
    const ask = async (email: string) => {
      const headers = { 'x-request-id': 'the-same-request' };
      const body = { email, password: 'not the password at all' };
      const answer = await market.call(SIGN_IN, { body, headers });
      return { status: answer.status, text: await answer.text() };
    };
    const known = await ask('known@example.cn');
    expect(known.status).toBe(401);
    expect(known.text).toContain('sign-in-failed');
    expect(await ask('nobody@example.cn')).toStrictEqual(known);
    expect(await ask('no e-mail')).toStrictEqual(known);
  });

  it('ends the session at sign-out: the old cookie opens nothing', async () => {
    const { cookie } = await market.person('leaver');
    expect((await market.call('/me', { cookie })).status).toBe(200);
    const out = await market.call('/auth/sign-out', { method: 'POST', cookie });
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie().join()).toMatch(/jishi\.session_token=;.*Max-Age=0/i);
    expect((await market.call('/me', { cookie })).status).toBe(401);
  });

  it('takes no cookie with an altered signature or token', async () => {
    const { cookie } = await market.person('altered');
    for (const at of [cookie.indexOf('=') + 2, cookie.length - 8]) {
      const altered = `${cookie.slice(0, at)}${cookie[at] === 'a' ? 'b' : 'a'}${cookie.slice(at + 1)}`;
      expect((await market.call('/me', { cookie: altered })).status).toBe(401);
    }
  });

  it('keeps the library to its declared endpoints', async () => {
    for (const path of ['/auth/sign-up/email', '/auth/update-user', '/auth/get-session', '/auth']) {
      expect((await market.call(path, { body: {} })).status).toBe(404);
    }
  });
});

describe('throttling', () => {
  const guess = (email: string, address: string, password = 'guessed wrong again') =>
    market.call(SIGN_IN, { body: { email, password }, address });

  it('stops guesses on one account at the limit, from any number of addresses', async () => {
    await market.signUp('victim@example.cn');
    await guess('victim@example.cn', '203.0.113.250', PASSWORD);
    const answers: number[] = [];
    for (let i = 0; i < FAILURES_PER_ACCOUNT_MAX + 1; i++) {
      answers.push((await guess('victim@example.cn', `203.0.113.${i}`)).status);
    }
    expect(answers.slice(0, -1).every((status) => status === 401)).toBe(true);
    expect(answers.at(-1)).toBe(429);
    // Even the right password, from an address that the account has not been seen at …
    expect((await guess('victim@example.cn', '203.0.113.99', PASSWORD)).status).toBe(429);
    // … but its owner, where they have signed in before, gets in.
    expect((await guess('victim@example.cn', '203.0.113.250', PASSWORD)).status).toBe(200);
  });

  it('opens again when the window is over', async () => {
    market.now.offsetMs = 601_000;
    expect((await guess('victim@example.cn', '203.0.113.98', PASSWORD)).status).toBe(200);
    market.now.offsetMs = 0;
  });

  it('stops one address at its limit over many accounts, and counts successes as nothing', async () => {
    await market.signUp('honest@example.cn');
    for (let i = 0; i < 12; i++) {
      expect((await guess('honest@example.cn', '192.0.2.7', PASSWORD)).status).toBe(200);
    }
    const guesses = Array.from({ length: FAILURES_PER_ADDRESS_MAX }, (_, i) =>
      guess(`spray-${i}@example.cn`, '192.0.2.7'),
    );
    const statuses = (await Promise.all(guesses)).map((answer) => answer.status);
    expect(new Set(statuses)).toStrictEqual(new Set([401]));
    const last = await guess('spray-last@example.cn', '192.0.2.7');
    expect(last.status).toBe(429);
    expect(last.headers.get('retry-after')).not.toBeNull();
  });

  it('reads a forwarded address from the front door only, and only the last one', async () => {
    const ask = (address: string, forwarded: string) =>
      market.call(SIGN_IN, {
        body: { email: 'honest@example.cn', password: PASSWORD },
        address,
        headers: { 'x-forwarded-for': forwarded },
      });
    // The address 192.0.2.7 is at its limit: a client elsewhere cannot borrow or shed an address.
    expect((await ask('127.0.0.1', '192.0.2.7')).status).toBe(429);
    expect((await ask('192.0.2.7', '192.0.2.8')).status).toBe(429);
    expect((await ask('127.0.0.1', '192.0.2.8, 192.0.2.7')).status).toBe(429);
    expect((await ask('127.0.0.1', '192.0.2.7, 192.0.2.8')).status).toBe(200);
  });
});

describe('origin of unsafe requests with a cookie', () => {
  const OURS = [ORIGIN, 'http://localhost:4000', 'http://[::1]:4000'];
  const FOREIGN = ['https://evil.example', 'http://127.0.0.1:4001', 'null', `${ORIGIN}/`];
  const SITES = [undefined, 'same-origin', 'same-site', 'cross-site', 'none'];

  it('lets exactly our own through, in all combinations', async () => {
    const { cookie } = await market.person('csrf');
    for (const origin of [undefined, ...OURS, ...FOREIGN]) {
      for (const site of SITES) {
        const headers = {
          cookie,
          ...(origin ? { origin } : {}),
          ...(site ? { 'sec-fetch-site': site } : {}),
        };
        const answer = await market.call('/tokens', { body: { audience: 'ledger' }, headers });
        const ours = origin === undefined ? site === 'same-origin' : OURS.includes(origin);
        const allowed = ours && (site === undefined || site === 'same-origin');
        expect([origin, site, answer.status]).toStrictEqual([origin, site, allowed ? 200 : 403]);
        if (!allowed) expect(await typeOf(answer)).toBe('origin-not-allowed');
      }
    }
  });

  it('takes no form: 415', async () => {
    const { cookie } = await market.person('form');
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      const headers = { 'content-type': type };
      const answer = await market.call('/tokens', {
        body: { audience: 'ledger' },
        cookie,
        headers,
      });
      expect(answer.status).toBe(415);
    }
  });

  it('lets a program without cookie sign in, and no foreign page', async () => {
    const body = { email: 'honest@example.cn', password: PASSWORD };
    expect((await market.call(SIGN_IN, { body })).status).toBe(200);
    const headers = { origin: 'https://evil.example' };
    expect((await market.call(SIGN_IN, { body, headers })).status).toBe(403);
  });
});
