import { newId } from '@jishi/contracts/ids';
import { tokenVerifier } from '@jishi/runtime/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrialMarket } from './trial-market.ts';

type Market = Awaited<ReturnType<typeof openTrialMarket>>;
let market: Market;
let administrator: Awaited<ReturnType<Market['person']>>;
let company: Awaited<ReturnType<Market['person']>>;
beforeAll(async () => {
  market = await openTrialMarket('checks');
  administrator = await market.person('administrator', ['administrator'], false);
  company = await market.person('company');
});
afterAll(() => market.close());

type Json = Record<string, unknown>;
const call = async (cookie: string, path: string, body?: object) => {
  const answer = await market.call(path, { cookie, ...(body ? { body } : {}) });
  const json = (await answer.json()) as Json;
  const problem = String(json.type ?? '')
    .split('#')
    .at(-1);
  return { status: answer.status, json, problem };
};
const input = (changes: object = {}) => ({
  ...{ checkId: newId(), outcome: 'verified', evidence: 'official-register' },
  ...{ note: '与公示系统一致', ...changes },
});
const check = (organisationId: string, body: object, cookie = administrator.cookie) =>
  call(cookie, `/organisations/${organisationId}/checks`, body);
const tokenOf = async (cookie: string) => {
  const { json } = await call(cookie, '/tokens', { audience: 'market' });
  return String(json.token);
};
const isVerified = async (cookie: string): Promise<unknown> => {
  const said = await tokenVerifier('market', market.people.trustedKeys)(await tokenOf(cookie));
  return said.kind === 'person' && said.organisationVerified;
};
const listed = async (query: string): Promise<Json[]> =>
  (await call(administrator.cookie, `/organisations?${query}`)).json.items as Json[];

describe('who stands behind an organisation', () => {
  it('is not known at sign-up: it waits in the list, and may not publish or sign', async () => {
    const waiting = await listed('check=waiting');
    expect(waiting.map((o) => o.id)).toContain(company.organisationId);
    expect(await isVerified(company.cookie)).toBe(false);
    const officer = await market.person('officer', [], true);
    await market.pool.query(
      `update membership set trading_roles = '{listing-officer,buyer}' where user_id = $1`,
      [officer.userId],
    );
    const headers = { authorization: `Bearer ${await tokenOf(officer.cookie)}` };
    for (const path of [
      ...[`/listings/${newId()}/submit`, `/needs/${newId()}/submit`],
      `/contracts/${newId()}/sign`,
    ]) {
      const refused = await market.call(path, { body: {}, headers });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({
        type: expect.stringContaining('organisation-not-verified'),
      });
    }
    expect((await market.call('/listings/mine', { headers })).status).toBe(200);
    const [id] = [officer.organisationId];
    expect((await check(id, input())).status).toBe(200);
    const after = { authorization: `Bearer ${await tokenOf(officer.cookie)}` };
    const passed = await market.call(`/needs/${newId()}/submit`, { body: {}, headers: after });
    expect(await passed.text()).not.toContain('organisation-not-verified');
  });

  it('is checked once by its id; the same again is the same, other content is refused', async () => {
    const body = input();
    const one = await check(company.organisationId, body);
    expect(one.json).toMatchObject({ verified: true, lastCheck: { outcome: 'verified' } });
    expect((await check(company.organisationId, body)).json).toStrictEqual(one.json);
    const other = await check(company.organisationId, { ...body, note: '另一个理由' });
    expect(other.problem).toBe('id-reused');
    expect((await check(company.organisationId, input())).problem).toBe('organisation-state');
    expect(await isVerified(company.cookie)).toBe(true);
    expect((await listed('check=waiting')).map((o) => o.id)).not.toContain(company.organisationId);
    expect((await listed(`q=${company.uscc}`)).map((o) => o.id)).toEqual([company.organisationId]);
  });

  it('may be found wrong later, and the trail holds both looks', async () => {
    const refused = await check(company.organisationId, input({ outcome: 'refused' }));
    expect(refused.json).toMatchObject({ verified: false });
    expect(await isVerified(company.cookie)).toBe(false);
    expect((await listed('check=refused')).map((o) => o.id)).toContain(company.organisationId);
    const path = `/organisations/${company.organisationId}/checks`;
    const history = await call(administrator.cookie, path);
    expect((history.json.items as Json[]).map((c) => c.outcome)).toEqual(['refused', 'verified']);
    const object = `organisation:${company.organisationId}`;
    const trail = await call(administrator.cookie, `/audit?object=${object}`);
    expect(trail.json.items).toMatchObject([
      { act: 'organisation-refused', before: { verified: true }, actorName: '试验者' },
      { act: 'organisation-verified', after: { verified: true } },
    ]);
  });

  it("is never decided on one's own organisation, by others, or on an office", async () => {
    const own = await check(administrator.organisationId, input());
    expect(own.problem).toBe('duties-not-separated');
    expect((await check(company.organisationId, input(), company.cookie)).problem).toBe(
      'role-missing',
    );
    const office = newId();
    await market.pool.query(
      `insert into organisation (id, kind, name, nature, district, created_at)
       values ($1, 'office', '交易所', 'government', 'gusu', now())`,
      [office],
    );
    expect((await check(office, input())).problem).toBe('organisation-state');
    expect((await check(newId(), input())).problem).toBe('not-found');
    expect((await check(company.organisationId, input({ note: '无' }))).problem).toBe(
      'invalid-input',
    );
  });

  it('two looks at once: one decides, the other hears of it', async () => {
    const fresh = await market.person('fresh');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => check(fresh.organisationId, input())),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(answers.filter((a) => a.problem === 'organisation-state')).toHaveLength(4);
  });
});

describe('the trail of acts', () => {
  it('is searched by act, person, object and day', async () => {
    const items = async (query: string): Promise<Json[]> =>
      (await call(administrator.cookie, `/audit?${query}`)).json.items as Json[];
    const acts = (await call(administrator.cookie, '/audit')).json.acts;
    expect(acts).toEqual(expect.arrayContaining(['organisation-verified', 'sign-up']));
    expect((await items('act=organisation-verified&limit=200')).map((i) => i.act)).toEqual(
      Array(3).fill('organisation-verified'),
    );
    expect(await items(`actor=${newId()}`)).toEqual([]);
    const mine = await items(`actor=${administrator.userId}&act=organisation-refused`);
    expect(mine).toHaveLength(1);
    expect(await items('from=2030-01-01')).toEqual([]);
    expect(await items('to=2020-01-01')).toEqual([]);
    expect((await items('object=organisation:')).length).toBeGreaterThan(3);
    expect(await items('object=organisation:%25')).toEqual([]);
  });
});
