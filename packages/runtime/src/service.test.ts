import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '@jishi/contracts/endpoint';
import { FenString } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import { LocalDate } from '@jishi/contracts/time';
import { Uscc } from '@jishi/contracts/uscc';
import { describe, expect, it } from 'vitest';
import { silentLog } from './log.ts';
import { createService } from './service.ts';
import { testPeople } from './testing/people.ts';

const people = testPeople();
const base = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;
const summary = { zh: '试', en: 'trial' };
const echo = endpoint({
  ...base,
  method: 'post',
  path: '/echo/{id}',
  summary,
  access: { who: 'roles', roles: ['auditor'], services: ['market'] },
  params: z.strictObject({ id: z.string() }),
  query: z.strictObject({ limit: z.coerce.number().int().max(10).default(5) }),
  body: z.strictObject({ amountFen: FenString, on: LocalDate, code: Uscc }),
  answer: z.object({ id: z.string(), limit: z.number(), amountFen: FenString }),
  refusals: [],
});
const failing = endpoint({
  ...base,
  method: 'get',
  path: '/failing',
  summary,
  access: { who: 'public' },
  answer: z.object({}),
  refusals: [],
});
const note = endpoint({
  ...base,
  method: 'post',
  path: '/note',
  summary,
  access: { who: 'public' },
  query: z.strictObject({ q: z.string().optional() }),
  body: z.strictObject({ text: z.string(), more: z.record(z.string(), z.string()).optional() }),
  answer: z.object({ text: z.string() }),
  refusals: [],
});
const following = endpoint({ ...failing, path: '/following', sends: 'events' });
const refusing = endpoint({ ...failing, path: '/refusing', refusals: ['evidence-used'] });

const service = createService({
  name: 'ledger',
  trustedKeys: people.trustedKeys,
  log: silentLog,
});
service.serve(echo, async ({ params, query, body }) => ({
  id: params.id,
  limit: query.limit,
  amountFen: body.amountFen,
  secret: 'never shown',
}));
service.serve(failing, async () => {
  throw new Error('select * from secret_table');
});
service.serve(note, async ({ body }) => ({ text: body.text }));
let followed = 0;
service.serveRaw(following, async () => {
  followed += 1;
  return new Response('data: 1\n\n');
});
service.serve(refusing, async () => {
  throw new Refusal('evidence-used');
});

const good = { amountFen: '100', on: '2026-02-28', code: '91320594780268314T' };
const auditor = await people.tokenFor(people.person(['auditor']), 'ledger');
const post = (body: unknown, init: { token?: string; path?: string; type?: string } = {}) =>
  service.app.request(init.path ?? '/api/ledger/echo/7', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${init.token ?? auditor}`,
      'content-type': init.type ?? 'application/json',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('an endpoint', () => {
  it('answers with what its schema names and nothing else', async () => {
    const response = await post(good);
    expect(response.status).toBe(200);
    expect(await response.json()).toStrictEqual({ id: '7', limit: 5, amountFen: '100' });
  });

  it.each([
    ['nobody', undefined, 401, 'not-signed-in'],
    ['a buyer', () => people.tokenFor(people.person(['buyer']), 'ledger'), 403, 'role-missing'],
    ['another service', () => people.serviceToken('subsidy', 'ledger'), 403, 'role-missing'],
  ])('refuses %s', async (_, token, status, type) => {
    const headers = token ? { authorization: `Bearer ${await token()}` } : undefined;
    const response = await service.app.request('/api/ledger/echo/7', {
      method: 'POST',
      ...(headers ? { headers } : {}),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ type: `/docs/problems#${type}` });
  });

  it('lets a named service in', async () => {
    expect(
      (await post(good, { token: await people.serviceToken('market', 'ledger') })).status,
    ).toBe(200);
  });

  it.each([
    ['amount below zero', { ...good, amountFen: '-1' }, 'amountFen', 'amount-fen'],
    ['amount with a point', { ...good, amountFen: '1.5' }, 'amountFen', 'amount-fen'],
    ['day that is not', { ...good, on: '2026-02-29' }, 'on', 'date-not-real'],
    ['code with a wrong check', { ...good, code: '91320594780268315T' }, 'code', 'uscc-check'],
    ['unknown key', { ...good, owner: 'me' }, 'owner', 'unrecognized_keys'],
  ])('names the field of a %s in both languages', async (_, body, field, rule) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const { fields } = (await response.json()) as { fields: Record<string, string>[] };
    expect(fields).toHaveLength(1);
    expect(fields[0]).toMatchObject({ field, rule });
    expect(fields[0]?.zh).toMatch(/[一-鿿]/);
    expect(fields[0]?.en).toMatch(/[a-z]/);
  });

  it.each([
    ['not JSON', '{', {}, 400],
    ['nested 33 deep', `${'['.repeat(33)}${']'.repeat(33)}`, {}, 400],
    ['too large', JSON.stringify({ ...good, x: 'a'.repeat(1_000_001) }), {}, 413],
    ['of another type', '{}', { type: 'text/plain' }, 415],
    ['with a query over its limit', good, { path: '/api/ledger/echo/7?limit=11' }, 400],
  ])('refuses a body %s', async (_, body, init, status) => {
    expect((await post(body, init)).status).toBe(status);
  });

  it('tells only the request id of a fault', async () => {
    const response = await service.app.request('/api/ledger/failing', {
      headers: { 'x-request-id': 'request-0001' },
    });
    expect(response.status).toBe(500);
    expect(await response.json()).toStrictEqual({
      type: '/docs/problems#internal-fault',
      title: '系统故障',
      titleEn: 'Internal fault',
      status: 500,
      requestId: 'request-0001',
    });
  });

  it('answers a refusal by its name', async () => {
    const response = await service.app.request('/api/ledger/refusing');
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ type: '/docs/problems#evidence-used' });
  });

  it.each([
    ['a key twice', '{"text":"a","text":"b"}', 'text', 'json-key'],
    ['a key twice, once escaped', '{"text":"a","\\u0074ext" : "b"}', 'text', 'json-key'],
    ['a key twice further in', '{"text":"a","more":{"k":"{","k":"}"}}', 'k', 'json-key'],
    ['__proto__', '{"text":"a","__proto__":{"x":1}}', '__proto__', 'json-key'],
    ['constructor', '{"text":"a","more":{"constructor":"x"}}', 'constructor', 'json-key'],
    ['a NUL', '{"text":"a\\u0000b"}', 'text', 'text'],
    ['another control character', '{"text":"a","more":{"k":"\\u001b[2J"}}', 'more.k', 'text'],
    ['half of a surrogate pair', '{"text":"\\ud83d"}', 'text', 'text'],
    ['a mark that turns text round', '{"text":"a\u202eb"}', 'text', 'text'],
  ])('refuses %s and names the field', async (_, body, field, rule) => {
    const response = await post(body, { path: '/api/ledger/note' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ fields: [{ field, rule }] });
  });

  it('refuses bytes that are not UTF-8, and a NUL in the query', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const bytes = { method: 'POST', headers, body };
    expect((await service.app.request('/api/ledger/note', bytes)).status).toBe(400);
    const response = await post({ text: 'a' }, { path: '/api/ledger/note?q=a%00' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ fields: [{ field: 'query.q', rule: 'text' }] });
  });

  it('takes line ends, emoji and the same key in two objects, and composes text', async () => {
    const body = '{"text":"a\\r\\n\\t\u{1F600} e\u0301","more":{"text":"\\"text\\":"}}';
    const response = await post(body, { path: '/api/ledger/note' });
    expect(response.status).toBe(200);
    expect(await response.json()).toStrictEqual({ text: 'a\r\n\t\u{1F600} \u00e9' });
  });

  it('begins no stream for a HEAD, which nobody would read or end', async () => {
    const path = '/api/ledger/following';
    expect((await service.app.request(path, { method: 'HEAD' })).status).toBe(200);
    expect(followed).toBe(0);
    await service.app.request(path);
    expect(followed).toBe(1);
  });

  it('that does not exist answers like a record that is not there', async () => {
    expect((await service.app.request('/api/ledger/nothing')).status).toBe(404);
  });
});
