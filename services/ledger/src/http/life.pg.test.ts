import { newId } from '@jishi/contracts/ids';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import { EVENT_DATA, EVENT_PRIVATE, PrivatePart } from '@jishi/contracts/ledger/events';
import type { Submission } from '@jishi/contracts/ledger/registration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp, testParty, testReceipt, testSubmission } from './testing.ts';

let ledger: TestApp;
beforeAll(async () => {
  ledger = await openTestApp('life');
});
afterAll(() => ledger.end());

const seller = testParty('10000001');
const buyer = testParty('20000002', 'kunshan');
const people = () => ({
  seller: ledger.person(['listing-officer'], seller),
  buyer: ledger.person(['buyer'], buyer),
  registrar: ledger.person(['registrar']),
  senior: ledger.person(['senior-registrar']),
});
type People = ReturnType<typeof people>;

const submit = (who: People, submission: Submission, commandId = newId()) =>
  ledger.asService('market', who.seller, 'POST', '/registrations', { commandId, submission });

const act = (
  who: People[keyof People],
  contractId: string,
  name: string,
  version: number,
  more: Record<string, unknown> = {},
) =>
  ledger.as(who, 'POST', `/registrations/${contractId}/${name}`, {
    ...{ commandId: newId(), version, ...more },
  });

const reasons = [{ code: 'missing-attachment', note: '缺少附件' }];

/** Reads wait for it: the view follows the log, and may be a moment behind. */
let lastSeq = 0;

const register = async (who: People, submission = testSubmission({}, { seller, buyer })) => {
  const { contractId } = submission;
  await submit(who, submission);
  await act(who.registrar, contractId, 'accept', 1);
  const done = await act(who.registrar, contractId, 'approve', 2);
  expect(done).toMatchObject({ status: 200, version: 3 });
  lastSeq = Number(done.seq);
  return contractId;
};

test('a contract below the threshold: returned, supplemented, accepted, registered', async () => {
  const who = people();
  const submission = testSubmission({}, { seller, buyer });
  const { contractId } = submission;
  const at = `/registrations/${contractId}`;
  const submitted = await submit(who, submission);
  expect(submitted).toMatchObject({ status: 200, contractId, version: 1 });
  const returned = await act(who.registrar, contractId, 'return', 1, { reasons });
  expect(returned).toMatchObject({ status: 200, version: 2 });
  const early = await act(who.registrar, contractId, 'accept', 2);
  expect(early).toMatchObject({ status: 422, type: '/docs/problems#registration-state' });
  expect(await submit(who, submission)).toMatchObject({ status: 200, version: 3 });
  expect(await act(who.registrar, contractId, 'accept', 3)).toMatchObject({ status: 200 });
  const done = await act(who.registrar, contractId, 'approve', 4);
  expect(done).toMatchObject({ status: 200, version: 5 });
  const view = await ledger.as(who.seller, 'GET', `${at}?atLeast=${done.seq}`);
  expect(view).toMatchObject({
    ...{ version: 5, seq: done.seq, submittedOn: '2026-11-20', acceptedOn: '2026-11-20' },
    ...{ regime: 'CN-2026', needsSecondReview: false, dueOn: '2026-12-11' },
    ...{ registeredOn: '2026-11-20', public: submission.public, private: submission.private },
  });
  expect(view.registrationNumber).toMatch(/^2026320502\d{6}$/);
});

test('at the threshold a second person registers; the same one is refused', async () => {
  const who = people();
  const submission = testSubmission(
    { contractValueFen: '600000000', technologyValueFen: '500000000' },
    { seller, buyer },
  );
  const { contractId } = submission;
  await submit(who, submission);
  await act(who.senior, contractId, 'accept', 1);
  expect(await act(who.senior, contractId, 'approve', 2)).toMatchObject({ version: 3 });
  const same = await act(who.senior, contractId, 'second-review', 3);
  expect(same).toMatchObject({ status: 403, type: '/docs/problems#duties-not-separated' });
  const other = ledger.person(['senior-registrar']);
  const done = await act(other, contractId, 'second-review', 3);
  expect(done).toMatchObject({ status: 200, version: 4 });
  const view = await ledger.as(
    who.buyer,
    'GET',
    `/registrations/${contractId}?atLeast=${done.seq}`,
  );
  expect(view).toMatchObject({ needsSecondReview: true, registrationNumber: expect.any(String) });
});

test('money: recorded by the seller, confirmed by the buyer, verified by a registrar', async () => {
  const who = people();
  const contractId = await register(who);
  const at = `/registrations/${contractId}/receipts`;
  const receipt = testReceipt('28000000');
  const recorded = await ledger.as(who.seller, 'POST', at, receipt);
  expect(recorded).toMatchObject({ status: 200, version: 4 });
  expect(await ledger.as(who.seller, 'POST', at, receipt)).toStrictEqual(recorded);
  const more = await ledger.as(who.seller, 'POST', at, testReceipt('1'));
  expect(more).toMatchObject({ type: '/docs/problems#receipt-above-technology-value' });
  const one = `${at}/${receipt.receiptId}`;
  const command = () => ({ commandId: newId() });
  const early = await ledger.as(who.registrar, 'POST', `${one}/verify`, command());
  expect(early).toMatchObject({ status: 422, type: '/docs/problems#receipt-state' });
  const wrong = await ledger.as(who.seller, 'POST', `${one}/confirm`, command());
  expect(wrong).toMatchObject({ status: 403, type: '/docs/problems#role-missing' });
  expect(await ledger.as(who.buyer, 'POST', `${one}/confirm`, command())).toMatchObject({
    version: 5,
  });
  const verified = await ledger.as(who.registrar, 'POST', `${one}/verify`, command());
  expect(verified).toMatchObject({ version: 6 });
  const again = await ledger.as(who.registrar, 'POST', `${one}/verify`, command());
  expect(again).toStrictEqual(verified);
  const view = await ledger.as(
    who.seller,
    'GET',
    `/registrations/${contractId}?atLeast=${verified.seq}`,
  );
  expect(view.receipts).toMatchObject([{ receiptId: receipt.receiptId, status: 'verified' }]);
});

test('one bank slip counts once over all contracts', async () => {
  const who = people();
  const [one, two] = [await register(who), await register(who)];
  const receipt = testReceipt('100');
  const first = await ledger.as(who.seller, 'POST', `/registrations/${one}/receipts`, receipt);
  expect(first.status).toBe(200);
  for (const contractId of [one, two]) {
    const at = `/registrations/${contractId}/receipts`;
    const again = { ...testReceipt('100'), evidenceHash: receipt.evidenceHash };
    const answer = await ledger.as(who.seller, 'POST', at, again);
    expect(answer).toMatchObject({ status: 422, type: '/docs/problems#evidence-used' });
  }
});

test('one contract text is submitted once', async () => {
  const who = people();
  const submission = testSubmission({}, { seller, buyer });
  await submit(who, submission);
  const copy = { ...submission, contractId: newId() };
  expect(await submit(who, copy)).toMatchObject({ type: '/docs/problems#contract-text-used' });
});

test('the same command has the same answer, with other content it is refused', async () => {
  const who = people();
  const submission = testSubmission({}, { seller, buyer });
  const commandId = newId();
  const first = await submit(who, submission, commandId);
  expect(await submit(who, submission, commandId)).toStrictEqual(first);
  const other = await submit(who, testSubmission({}, { seller, buyer }), commandId);
  expect(other).toMatchObject({ status: 409, type: '/docs/problems#id-reused' });
  const elsewhere = people();
  const theirs = await submit(elsewhere, testSubmission({}, { seller, buyer }), commandId);
  expect(theirs).toMatchObject({ status: 200, version: 1 });
});

test('an act on another version than the one seen is a conflict; on nothing, not found', async () => {
  const who = people();
  const submission = testSubmission({}, { seller, buyer });
  await submit(who, submission);
  const stale = await act(who.registrar, submission.contractId, 'accept', 2);
  expect(stale).toMatchObject({ status: 409, type: '/docs/problems#version-conflict' });
  for (const version of [0, 1]) {
    const nothing = await act(who.registrar, newId(), 'accept', version);
    expect(nothing).toMatchObject({ status: 404, type: '/docs/problems#not-found' });
  }
});

test('of two registrars at once one accepts and one hears of a conflict', async () => {
  const who = people();
  const submission = testSubmission({}, { seller, buyer });
  await submit(who, submission);
  const others = [who.registrar, who.senior, ledger.person(['registrar'])];
  const answers = await Promise.all(
    others.map((person) => act(person, submission.contractId, 'refuse', 1, { reasons })),
  );
  expect(answers.map((a) => a.status).sort()).toStrictEqual([200, 409, 409]);
});

test('a stranger gets byte for byte what a missing contract gives', async () => {
  const who = people();
  const contractId = await register(who);
  const stranger = ledger.person(['listing-officer', 'buyer'], testParty('30000003'));
  const token = await ledger.people.tokenFor(stranger, 'ledger');
  const ask = async (path: string, method: string, body?: unknown) => {
    const headers = { 'x-request-id': 'same-request' };
    const response = await ledger.call(method, path, token, body, headers);
    return { status: response.status, text: await response.text() };
  };
  const receipt = testReceipt('100');
  const command = { commandId: newId() };
  const paths = (id: string) =>
    [
      [`/registrations/${id}?atLeast=${lastSeq}`, 'GET', undefined],
      [`/registrations/${id}/receipts`, 'POST', receipt],
      [`/registrations/${id}/receipts/${receipt.receiptId}/confirm`, 'POST', command],
    ] as const;
  for (const [i, [path, method, body]] of paths(contractId).entries()) {
    const missing = paths(newId())[i];
    const theirs = await ask(path, method, body);
    expect(theirs.status).toBe(404);
    expect(theirs).toStrictEqual(await ask(missing?.[0] ?? '', method, body));
  }
  const list = await ledger.as(stranger, 'GET', `/registrations?atLeast=${lastSeq}`);
  expect(list.items).toStrictEqual([]);
  const own = await ledger.as(who.buyer, 'GET', `/registrations?limit=200&atLeast=${lastSeq}`);
  expect(JSON.stringify(own.items)).toContain(contractId);
});

test('pages of the queue follow each other without overlap', async () => {
  const who = people();
  const ids = [await register(who), await register(who), await register(who)];
  const seen: unknown[] = [];
  let after = `&atLeast=${lastSeq}`;
  do {
    const page = await ledger.as(who.registrar, 'GET', `/registrations?limit=2${after}`);
    const items = page.items as { contractId: string }[];
    seen.push(...items.map((item) => item.contractId));
    after = page.next ? `&after=${page.next}` : '';
  } while (after);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toStrictEqual(expect.arrayContaining(ids));
});

test('every event of these lives parses by the contract, and data keeps the schema order', async () => {
  await register(people());
  const auditor = ledger.person(['auditor']);
  const page = await ledger.as(auditor, 'GET', '/feed?limit=1000');
  const items = page.items as { envelope: string; private: string | null }[];
  expect(items.length).toBeGreaterThan(10);
  for (const item of items) {
    const envelope = Envelope.parse(JSON.parse(item.envelope));
    const type = envelope.type as keyof typeof EVENT_DATA;
    expect(JSON.stringify(EVENT_DATA[type].parse(envelope.data))).toBe(
      JSON.stringify(envelope.data),
    );
    expect(item.private !== null).toBe(envelope.commit !== null);
    if (item.private === null) {
      expect([type, envelope.actor.kind]).toStrictEqual(['LogOpened', 'service']);
      continue;
    }
    const { facts } = PrivatePart.parse(JSON.parse(item.private));
    expect(facts !== null).toBe(type in EVENT_PRIVATE);
  }
});
