import { createHash } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp, testParty, testSubmission } from './testing.ts';

let ledger: TestApp;
let contractId: string;
const auditor = () => ledger.person(['auditor']);
const seller = testParty('10000001');

beforeAll(async () => {
  ledger = await openTestApp('log_desk');
  const submission = testSubmission({}, { seller });
  contractId = submission.contractId;
  const who = ledger.person(['listing-officer'], seller);
  const body = { commandId: newId(), submission };
  await ledger.asService('market', who, 'POST', '/registrations', body);
});
afterAll(() => ledger.end());

const leafOf = (envelope: string): string =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(envelope, 'utf8')
    .digest('hex');

interface Proven {
  readonly seq: number;
  readonly envelope: string;
  readonly leaf: string;
  readonly salt: string | null;
  readonly private: string | null;
}
const exportAs = async (person: ReturnType<typeof auditor>, query = '') => {
  const token = await ledger.people.tokenFor(person, 'ledger');
  return ledger.call('GET', `/log/export${query}`, token);
};

test('the leaves that anybody reads are those of the envelopes that anybody reads', async () => {
  const read = async <T>(path: string) =>
    (await (await ledger.call('GET', path, null)).json()) as T;
  const { items } = await read<{ items: Proven[] }>('/feed');
  const leaves = await read<{ items: { seq: number; leaf: string }[] }>('/log/leaves');
  expect(leaves.items).toEqual(items.map(({ seq, envelope }) => ({ seq, leaf: leafOf(envelope) })));
  expect(leaves.items).toHaveLength(2);
});

test('the export holds every event, whole and provable, and who took it', async () => {
  const by = auditor();
  const response = await exportAs(by);
  expect(response.headers.get('content-disposition')).toContain('jishi-log-synthetic-1-2.ndjson');
  const lines = (await response.text()).trimEnd().split('\n');
  const items = lines.map((line) => JSON.parse(line) as Proven);
  expect(items.map((item) => item.seq)).toEqual([1, 2]);
  for (const item of items) expect(leafOf(item.envelope)).toBe(item.leaf);
  const last = items[1];
  const commit = createHash('sha256')
    .update(Buffer.from(last?.salt ?? '', 'hex'))
    .update(last?.private ?? '', 'utf8')
    .digest('hex');
  expect(JSON.parse(last?.envelope ?? '{}')).toMatchObject({ commit });
  const taken = await ledger.as(by, 'GET', '/log/exports');
  expect(taken.items).toMatchObject([{ by: by.userId, after: 0, upTo: 2 }]);
  const part = await exportAs(by, '?after=1');
  expect((await part.text()).trimEnd().split('\n')).toHaveLength(1);
  expect((await exportAs(ledger.person(['exchange-operator']))).status).toBe(403);
});

test('events are found by sequence, record and type, and by nothing else', async () => {
  const find = async (query: string): Promise<number[]> =>
    ((await ledger.as(auditor(), 'GET', `/log/events?${query}`)).items as Proven[]).map(
      (item) => item.seq,
    );
  expect(await find('')).toEqual([2, 1]);
  expect(await find('q=1')).toEqual([1]);
  expect(await find(`q=${contractId}`)).toEqual([2]);
  expect(await find('type=LogOpened')).toEqual([1]);
  expect(await find('before=2')).toEqual([1]);
  expect(await find(`q=${newId()}`)).toEqual([]);
  expect(await find('q=nothing')).toEqual([]);
  expect(await find('q=9999999999999999')).toEqual([]);
});

test('quality counts what lies in the read model', async () => {
  await ledger.as(auditor(), 'GET', '/registrations?atLeast=2');
  const quality = await ledger.as(auditor(), 'GET', '/quality');
  expect(quality).toMatchObject({
    ...{ byStatus: [{ status: 'submitted', count: 1 }], registered: 0, returned: 0 },
    signedToRegistered: { median: null, overThirty: 0 },
    inReview: { count: 0, oldestAcceptedOn: null, overdue: 0 },
  });
  const registrar = ledger.person(['registrar']);
  const act = { commandId: newId(), version: 1 };
  const done = await ledger.as(registrar, 'POST', `/registrations/${contractId}/accept`, act);
  await ledger.as(auditor(), 'GET', `/registrations?atLeast=${done.seq}`);
  const overdueOn = async (instant: string): Promise<unknown> => {
    ledger.setNow(instant);
    return (await ledger.as(auditor(), 'GET', '/quality')).inReview;
  };
  expect(await overdueOn('2026-11-20T02:00:00.000Z')).toMatchObject({ count: 1, overdue: 0 });
  expect(await overdueOn('2027-03-01T02:00:00.000Z')).toMatchObject({ count: 1, overdue: 1 });
});
