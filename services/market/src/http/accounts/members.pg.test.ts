import { newId } from '@jishi/contracts/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domestic, openTrialMarket } from './trial-market.ts';

type Market = Awaited<ReturnType<typeof openTrialMarket>>;
type TrialPerson = Awaited<ReturnType<Market['person']>>;
let market: Market;
let founder: TrialPerson;
let stranger: TrialPerson;
let first: TrialPerson;
let second: TrialPerson;
beforeAll(async () => {
  market = await openTrialMarket('members');
  founder = await market.person('founder');
  stranger = await market.person('stranger');
  first = await market.person('first', ['administrator'], false);
  second = await market.person('second', ['administrator'], false);
});
afterAll(() => market.close());

const reply = async (answer: Response) => {
  const body = (await answer.json()) as Record<string, unknown> & { type?: string };
  return { status: answer.status, type: body.type?.split('#').at(-1), body };
};
const post = async (path: string, cookie: string, body?: unknown) =>
  reply(await market.call(path, { method: 'POST', cookie, body }));
const get = async (path: string, cookie: string) => reply(await market.call(path, { cookie }));

/** Somebody who asks to join the founder's organisation. */
const applicant = async (name: string) => {
  const email = `${name}-${newId()}@example.cn`;
  await market.signUp(email, domestic(founder.uscc));
  const cookie = await market.signIn(email);
  const { body } = await get('/me', cookie);
  const membership = body.membership as { id: string };
  return { email, cookie, userId: body.userId as string, membershipId: membership.id };
};
const memberPath = (membershipId: string, organisationId = founder.organisationId) =>
  `/organisations/${organisationId}/members/${membershipId}`;

describe('members of an organisation', () => {
  it('are approved by one who manages; then they act for it', async () => {
    const asked = await applicant('asked');
    const approval = { decision: 'approve', roles: ['listing-officer'] };
    const decided = await post(memberPath(asked.membershipId), founder.cookie, approval);
    expect(decided.body).toMatchObject({ status: 'active', roles: ['listing-officer'] });
    expect((await get('/me', asked.cookie)).body.roles).toStrictEqual(['listing-officer']);
    const again = await post(memberPath(asked.membershipId), founder.cookie, approval);
    expect(again.type).toBe('membership-state');
  });

  it('are approved by an administrator too, but not by a plain or pending member', async () => {
    const [one, other] = [await applicant('one'), await applicant('other')];
    const approval = { decision: 'approve', roles: ['buyer'] };
    const byPending = await post(memberPath(one.membershipId), other.cookie, approval);
    expect(byPending.type).toBe('membership-pending');
    expect((await post(memberPath(one.membershipId), first.cookie, approval)).status).toBe(200);
    const byPlain = await post(memberPath(other.membershipId), one.cookie, approval);
    expect(byPlain.type).toBe('role-missing');
  });

  it('of another organisation answer like missing ones, whatever is tried', async () => {
    const { membershipId } = await applicant('hidden');
    const missing = newId();
    const tries = [
      [`/organisations/${founder.organisationId}`, `/organisations/${missing}`],
      [`/organisations/${founder.organisationId}/members`, `/organisations/${missing}/members`],
    ] as const;
    for (const [path, nowhere] of tries) {
      const [there, absent] = [
        await get(path, stranger.cookie),
        await get(nowhere, stranger.cookie),
      ];
      expect(there.status).toBe(404);
      expect({ ...there.body, requestId: '' }).toStrictEqual({ ...absent.body, requestId: '' });
    }
    const end = { decision: 'end' };
    expect((await post(memberPath(membershipId), stranger.cookie, end)).type).toBe('not-found');
    // A foreign membership under one's own organisation is missing as well.
    const nested = memberPath(membershipId, stranger.organisationId);
    expect((await post(nested, stranger.cookie, end)).type).toBe('not-found');
  });

  it('lose their session with a role or the membership; nobody ends their own', async () => {
    const leaver = await applicant('leaver');
    const approval = { decision: 'approve', roles: ['buyer', 'broker'] };
    await post(memberPath(leaver.membershipId), founder.cookie, approval);
    const less = { decision: 'set-roles', roles: ['buyer'] };
    expect((await post(memberPath(leaver.membershipId), founder.cookie, less)).status).toBe(200);
    expect((await get('/me', leaver.cookie)).status).toBe(401);
    const cookie = await market.signIn(leaver.email);
    const more = { decision: 'set-roles', roles: ['buyer', 'broker'] };
    await post(memberPath(leaver.membershipId), founder.cookie, more);
    expect((await get('/me', cookie)).status).toBe(200);
    await post(memberPath(leaver.membershipId), founder.cookie, { decision: 'end' });
    expect((await get('/me', cookie)).status).toBe(401);
    const own = await post(memberPath(founder.membershipId), founder.cookie, { decision: 'end' });
    expect(own.type).toBe('duties-not-separated');
  });
});

const grant = (by: TrialPerson, to: { userId: string }, role: string, id = newId()) =>
  post('/role-grants', by.cookie, { id, userId: to.userId, role });

describe('officer roles', () => {
  it('of one administrator are effective at once and are in the next token', async () => {
    const officer = await market.person('officer');
    const made = await grant(first, officer, 'subsidy-officer');
    expect(made.body).toMatchObject({ status: 'effective', requestedBy: first.userId });
    expect((await get('/me', officer.cookie)).body.roles).toStrictEqual([
      'buyer',
      'subsidy-officer',
    ]);
  });

  it('of two await the second: not the first, not the grantee, once', async () => {
    const registrar = await market.person('registrar');
    const made = await grant(first, registrar, 'registrar');
    expect(made.body.status).toBe('pending');
    expect((await get('/me', registrar.cookie)).body.roles).toStrictEqual(['buyer']);
    const path = `/role-grants/${made.body.id}/approval`;
    expect((await post(path, first.cookie)).type).toBe('duties-not-separated');
    expect((await post(path, registrar.cookie)).type).toBe('role-missing');
    const approvals = await Promise.all(Array.from({ length: 8 }, () => post(path, second.cookie)));
    expect(approvals.filter((a) => a.status === 200)).toHaveLength(1);
    expect(approvals.filter((a) => a.type === 'role-grant-state')).toHaveLength(7);
    expect((await get('/me', registrar.cookie)).body.roles).toContain('registrar');
  });

  it('of an administrator await the second one: nobody makes their own second person', async () => {
    const straw = await market.person('straw', [], false);
    const made = await grant(first, straw, 'administrator');
    expect(made.body.status).toBe('pending');
    const wish = await grant(first, await market.person('payer'), 'finance-officer');
    const path = `/role-grants/${wish.body.id}/approval`;
    expect((await post(path, straw.cookie)).type).toBe('role-missing');
  });

  it('are never mixed with administrator, in either order, nor granted to oneself', async () => {
    const mixed = await market.person('mixed');
    expect((await grant(first, mixed, 'administrator')).type).toBe('duties-not-separated');
    expect((await grant(first, second, 'auditor')).type).toBe('duties-not-separated');
    expect((await grant(first, first, 'auditor')).type).toBe('duties-not-separated');
    const trading = { decision: 'set-roles', roles: ['buyer'] };
    const path = memberPath(first.membershipId, first.organisationId);
    expect((await post(path, second.cookie, trading)).type).toBe('duties-not-separated');
  });

  it('asked for again with the same id are answered again; with other content refused', async () => {
    const [one, other] = [await market.person('one'), await market.person('other')];
    const id = newId();
    const made = await grant(first, one, 'exchange-operator', id);
    expect((await grant(first, one, 'exchange-operator', id)).body).toStrictEqual(made.body);
    expect((await grant(first, other, 'exchange-operator', id)).type).toBe('id-reused');
    expect((await grant(first, one, 'exchange-operator')).type).toBe('role-grant-state');
    expect((await grant(first, { userId: newId() }, 'auditor')).type).toBe('not-found');
  });

  it('taken back end the session; an administrator without the role is one no more', async () => {
    const brief = await market.person('brief', [], false);
    const made = await grant(first, brief, 'administrator');
    await post(`/role-grants/${made.body.id}/approval`, second.cookie);
    const asked = { body: { audience: 'market' }, cookie: brief.cookie };
    const { token } = (await (await market.call('/tokens', asked)).json()) as { token: string };
    expect((await market.call('/role-grants', { token })).status).toBe(200);
    expect((await post(`/role-grants/${made.body.id}/removal`, second.cookie)).status).toBe(200);
    expect((await get('/me', brief.cookie)).status).toBe(401);
    // The token lives on for minutes; here it opens nothing any more.
    expect((await reply(await market.call('/role-grants', { token }))).type).toBe('role-missing');
    const again = await post(`/role-grants/${made.body.id}/removal`, second.cookie);
    expect(again.type).toBe('role-grant-state');
  });
});

describe('suspension', () => {
  it('ends sessions, refuses sign-in and tokens at once, until reinstated', async () => {
    const bad = await market.person('bad');
    const asked = { body: { audience: 'market' }, cookie: bad.cookie };
    const { token } = (await (await market.call('/tokens', asked)).json()) as { token: string };
    const path = `/people/${bad.userId}`;
    const reason = { reason: 'trial' };
    expect((await post(`${path}/suspension`, first.cookie, reason)).status).toBe(200);
    expect((await get('/me', bad.cookie)).status).toBe(401);
    expect((await reply(await market.call('/me', { token }))).type).toBe('account-suspended');
    await expect(market.signIn(bad.email)).rejects.toThrow(/account-suspended/);
    expect((await post(`${path}/reinstatement`, first.cookie)).status).toBe(200);
    expect((await get('/me', await market.signIn(bad.email))).status).toBe(200);
    const own = await post(`/people/${first.userId}/suspension`, first.cookie, reason);
    expect(own.type).toBe('duties-not-separated');
  });
});

describe('audit', () => {
  it('tells who did what to whom, newest first, in pages', async () => {
    const officer = await market.person('audited');
    const made = await grant(first, officer, 'subsidy-officer');
    const page = await get('/audit?limit=2', second.cookie);
    const [entry] = page.body.items as Record<string, unknown>[];
    expect(entry).toMatchObject({
      act: 'grant-role',
      object: `grant:${made.body.id}`,
      actorUserId: first.userId,
      actorOrganisationId: first.organisationId,
      actorRoles: ['administrator'],
      before: null,
      after: { role: 'subsidy-officer', status: 'effective' },
    });
    const rest = await get(`/audit?limit=200&before=${page.body.next}`, second.cookie);
    const all = await get('/audit?limit=200', second.cookie);
    expect([...(page.body.items as []), ...(rest.body.items as [])]).toStrictEqual(all.body.items);
  });

  it('is a part of the act: without it nothing happens', async () => {
    const officer = await market.person('unaudited');
    const stop = `create function stop_audit() returns trigger language plpgsql
      as $$ begin raise 'no audit'; end $$;
      create trigger stop_audit before insert on audit_entry execute function stop_audit()`;
    await market.pool.query(stop);
    try {
      expect((await grant(first, officer, 'subsidy-officer')).status).toBe(500);
      expect((await get('/me', officer.cookie)).body.roles).toStrictEqual(['buyer']);
    } finally {
      await market.pool.query('drop trigger stop_audit on audit_entry; drop function stop_audit');
    }
  });
});
