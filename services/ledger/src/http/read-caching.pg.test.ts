import { newId } from '@jishi/contracts/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp, testParty, testSubmission } from './testing.ts';

let ledger: TestApp;
let contractId: string;
const seller = testParty('10000001');

const submit = async (): Promise<string> => {
  const submission = testSubmission({}, { seller });
  const body = { commandId: newId(), submission };
  const clerk = ledger.person(['listing-officer'], seller);
  await ledger.asService('market', clerk, 'POST', '/registrations', body);
  return submission.contractId;
};

beforeAll(async () => {
  ledger = await openTestApp('read_caching');
  for (let i = 0; i < 4; i++) contractId = await submit();
});
afterAll(() => ledger.end());

const get = (path: string, token: string | null, etag?: string | null): Promise<Response> =>
  ledger.call('GET', path, token, undefined, etag ? { 'if-none-match': etag } : {});

const kept = (response: Response) => [response.status, response.headers.get('cache-control')];

test('a full page of the public feed may be kept, and is the same after the log has grown', async () => {
  const first = await get('/feed?after=1&limit=3', null);
  expect(kept(first)).toStrictEqual([200, 'public, max-age=86400']);
  await submit();
  const again = await get('/feed?after=1&limit=3', null, first.headers.get('etag'));
  expect(kept(again)).toStrictEqual([304, 'public, max-age=86400']);
  expect(await again.text()).toBe('');
});

test('the page that ends at the head is full; one event more and it is asked about again', async () => {
  const { seq } = (await (await get('/log/head', null)).json()) as { seq: number };
  expect(kept(await get(`/feed?after=${seq - 2}&limit=2`, null))[1]).toBe('public, max-age=86400');
  const open = await get(`/feed?after=${seq - 2}&limit=3`, null);
  expect(kept(open)).toStrictEqual([200, 'public, no-cache']);
  const etag = open.headers.get('etag');
  expect((await get(`/feed?after=${seq - 2}&limit=3`, null, etag)).status).toBe(304);
  await submit();
  expect((await get(`/feed?after=${seq - 2}&limit=3`, null, etag)).status).toBe(200);
});

test('pages with another beginning or length have another tag', async () => {
  const tag = async (path: string) => (await get(path, null)).headers.get('etag');
  const tags = await Promise.all(
    ['?after=1&limit=2', '?after=1&limit=1', '?after=2&limit=1'].map((q) => tag(`/feed${q}`)),
  );
  expect(new Set(tags).size).toBe(3);
});

test('pages with private parts are not stored, and a public tag does not open them', async () => {
  const auditor = await ledger.people.tokenFor(ledger.person(['auditor']), 'ledger');
  const open = await get('/feed?after=1&limit=3', null);
  const full = await get('/feed?after=1&limit=3', auditor, open.headers.get('etag'));
  expect(kept(full)).toStrictEqual([200, 'no-store']);
  expect(full.headers.get('vary')).toBe('authorization');
  const again = await get('/feed?after=1&limit=3', auditor, full.headers.get('etag'));
  expect(again.status).toBe(304);
});

test('the head is asked about each time and unchanged until an event comes', async () => {
  const head = await get('/log/head', null);
  expect(kept(head)).toStrictEqual([200, 'public, no-cache']);
  const etag = head.headers.get('etag');
  expect((await get('/log/head', null, etag)).status).toBe(304);
  await submit();
  expect((await get('/log/head', null, etag)).status).toBe(200);
});

test('a registration is not stored anywhere, but has a tag that an act on it changes', async () => {
  const registrar = ledger.person(['registrar']);
  const token = await ledger.people.tokenFor(registrar, 'ledger');
  const path = `/registrations/${contractId}?atLeast=5`;
  const shown = await get(path, token);
  expect(kept(shown)).toStrictEqual([200, 'no-store']);
  const etag = shown.headers.get('etag');
  expect((await get(path, token, etag)).status).toBe(304);
  const { version } = (await shown.json()) as { version: number };
  const act = { commandId: newId(), version };
  const accepted = await ledger.as(registrar, 'POST', `/registrations/${contractId}/accept`, act);
  const after = `/registrations/${contractId}?atLeast=${accepted.seq}`;
  expect((await get(after, token, etag)).status).toBe(200);
});
