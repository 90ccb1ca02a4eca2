import { newId } from '@jishi/contracts/ids';
import type { FeedItem, FeedPage } from '@jishi/contracts/ledger/envelope';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp, testParty, testSubmission } from './testing.ts';

let ledger: TestApp;
beforeAll(async () => {
  ledger = await openTestApp('feed');
  for (let i = 0; i < 3; i++) await submit();
});
afterAll(() => ledger.end());

const seller = testParty('10000001');
const submit = async (who = ledger.person(['listing-officer'], seller)): Promise<number> => {
  const body = { commandId: newId(), submission: testSubmission({}, { seller }) };
  const written = await ledger.asService('market', who, 'POST', '/registrations', body);
  return Number(written.seq);
};

const page = async (query: string, token: string | null): Promise<FeedPage> =>
  (await ledger.call('GET', `/feed${query}`, token)).json() as Promise<FeedPage>;

test('pages are dense and end at the head; the first event says what the log is', async () => {
  const all = await page('', null);
  expect(all.items.map((item) => item.seq)).toStrictEqual(all.items.map((_, i) => i + 1));
  expect(all.head).toMatchObject({ seq: all.items.length, kind: 'synthetic' });
  expect(JSON.parse(all.items[0]?.envelope ?? '')).toMatchObject({
    ...{ seq: 1, type: 'LogOpened', data: { kind: 'synthetic', city: 'suzhou' } },
  });
  const after = await page('?after=1&limit=2', null);
  expect(after.items.map((item) => item.seq)).toStrictEqual([2, 3]);
  expect((await page(`?after=${all.head.seq}`, null)).items).toStrictEqual([]);
});

test('private parts come for the auditor, the operator and the subsidy service alone', async () => {
  const { people, person } = ledger;
  const tokens: readonly (readonly [string, string | null, boolean])[] = [
    ['anonymous', null, false],
    ['auditor', await people.tokenFor(person(['auditor']), 'ledger'), true],
    ['operator', await people.tokenFor(person(['exchange-operator']), 'ledger'), true],
    ['registrar', await people.tokenFor(person(['registrar']), 'ledger'), false],
    ['administrator', await people.tokenFor(person(['administrator']), 'ledger'), false],
    ['seller', await people.tokenFor(person(['listing-officer'], seller), 'ledger'), false],
    ['subsidy', await people.serviceToken('subsidy', 'ledger'), true],
    [
      'subsidy for a buyer',
      await people.serviceToken('subsidy', 'ledger', person(['buyer'])),
      false,
    ],
    ['market', await people.serviceToken('market', 'ledger'), false],
    [
      'market for an auditor',
      await people.serviceToken('market', 'ledger', person(['auditor'])),
      true,
    ],
  ];
  for (const [name, token, sees] of tokens) {
    const { items } = await page('?after=1', token);
    expect([name, items.every((item) => item.private !== null)]).toStrictEqual([name, sees]);
    expect([name, items.some((item) => item.private !== null)]).toStrictEqual([name, sees]);
  }
});

test('the public part names no party, no person, no title and no amount', async () => {
  const clerk = ledger.person(['listing-officer'], seller);
  await submit(clerk);
  const text = await (await ledger.call('GET', '/feed', null)).text();
  const acting = [clerk.userId, clerk.organisationId];
  const secrets = [seller.name, seller.partyId, '视觉检测', '30000000', '28000000', ...acting];
  for (const secret of secrets) {
    expect([secret, text.includes(secret)]).toStrictEqual([secret, false]);
  }
  const own = await page('?after=1', await ledger.people.serviceToken('subsidy', 'ledger'));
  expect(own.items[0]?.private).toContain(seller.name);
});

/** Reads events of a stream until there are `count`. */
const follow = async (
  path: string,
  count: number,
  headers: Record<string, string> = {},
  meanwhile?: () => Promise<unknown>,
): Promise<{ id: string; item: FeedItem }[]> => {
  const response = await ledger.call('GET', path, null, undefined, headers);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no body');
  let text = '';
  const events = () => [...text.matchAll(/^(?:data: (.+)\nid: (\d+)|id: (\d+)\ndata: (.+))\n\n/gm)];
  while (events().length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
    if (meanwhile) await meanwhile();
  }
  await reader.cancel();
  return events().map((m) => ({
    id: m[2] ?? m[3] ?? '',
    item: JSON.parse(m[1] ?? m[4] ?? '') as FeedItem,
  }));
};

test('a stream carries on after Last-Event-ID and brings what is appended meanwhile', async () => {
  let appended = 0;
  const head = (await page('', null)).head.seq;
  const got = await follow(
    `/feed/stream?after=1`,
    2,
    { 'last-event-id': String(head - 1) },
    async () => {
      if (appended === 0) appended = await submit();
    },
  );
  expect(got.map(({ id }) => Number(id))).toStrictEqual([head, appended]);
  expect(got.every(({ id, item }) => item.seq === Number(id) && item.private === null)).toBe(true);
});

test('health tells the lag of each consumer', async () => {
  const seq = await submit();
  const desk = ledger.person(['registrar']);
  await ledger.as(desk, 'GET', `/registrations?atLeast=${seq}`);
  const health = (await (await ledger.call('GET', '/health', null)).json()) as {
    figures: Record<string, unknown>;
  };
  expect(health).toMatchObject({ service: 'ledger', status: 'ok', notes: [] });
  expect(health.figures).toMatchObject({ head: seq, 'registrations.lastError': null });
  expect(health.figures).toHaveProperty(['index.lag']);
});

test('a read that asks for a sequence beyond the log is told so within two seconds', async () => {
  const desk = ledger.person(['registrar']);
  const answer = await ledger.as(desk, 'GET', '/registrations?atLeast=999999');
  expect(answer).toMatchObject({ status: 503, type: '/docs/problems#not-caught-up' });
});

test('listing events: recorded once, in the name of the person', async () => {
  const who = ledger.person(['listing-officer'], seller);
  const listingId = newId();
  const data = {
    ...{ listingId, district: 'sip', fieldCode: 'electronics', industryCode: 'C' },
    ...{ openedOn: '2026-11-20', expiresOn: null },
  };
  const body = { commandId: newId(), event: { type: 'ListingOpened', data } };
  const first = await ledger.asService('market', who, 'POST', '/listing-events', body);
  const again = await ledger.asService('market', who, 'POST', '/listing-events', body);
  expect(again).toStrictEqual(first);
  const auditor = await ledger.people.tokenFor(ledger.person(['auditor']), 'ledger');
  const { items } = await page(`?after=${Number(first.seq) - 1}`, auditor);
  expect(JSON.parse(items[0]?.envelope ?? '')).toMatchObject({
    stream: `listing-${listingId}`,
    ...{ actor: { kind: 'person' }, data },
  });
  const { userId, organisationId } = who;
  expect(JSON.parse(items[0]?.private ?? '')).toStrictEqual({
    actor: { kind: 'person', userId, organisationId },
    facts: null,
  });
  const close = { type: 'ListingRenewed', data: { listingId: newId(), expiresOn: null } };
  const wrong = { commandId: newId(), event: close };
  const refused = await ledger.asService('market', who, 'POST', '/listing-events', wrong);
  expect(refused).toMatchObject({ status: 422, type: '/docs/problems#listing-state' });
});
