import { newId } from '@jishi/contracts/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk } from './registration-testing.ts';
import { openTestApp, type TestApp, testParty } from './testing.ts';

/** The registrar's day: queue, checks, who has a case, numbers, search, receipts and lists. */

let ledger: TestApp;
let next = 40_000_000;
beforeAll(async () => {
  ledger = await openTestApp('registration_desk');
});
afterAll(() => ledger.end());

const openDesk = (district: 'sip' | 'kunshan' | 'taicang' = 'sip') => {
  next += 1;
  const seller = testParty(`${next}`, district);
  return openTestDesk(ledger, { seller, buyer: testParty(`${next + 30_000_000}`) });
};
type Desk = ReturnType<typeof openDesk>;
type Row = Record<string, unknown> & { readonly contractId: string };
const SMALL = { contractValueFen: '260000000', technologyValueFen: '250000000' };

/** Only the desk's own: the tests share one log. */
const rowsOf = async (desk: Desk, query: string, mine: readonly string[]): Promise<Row[]> => {
  const { items } = await desk.read(desk.people.registrar, `/registration-queue?limit=200${query}`);
  return (items as Row[]).filter(({ contractId }) => mine.includes(contractId));
};
const typeOf = ({ type }: Record<string, unknown>): string => String(type).split('#')[1] ?? '';

test('the oldest clock comes first; what was returned or refused is not in the queue', async () => {
  const desk = openDesk();
  const ids: string[] = [];
  for (const day of ['2026-11-24', '2026-11-20', '2026-11-23', '2026-11-25']) {
    ledger.setNow(`${day}T02:00:00.000Z`);
    const one = desk.submission();
    await desk.submit(one);
    ids.push(one.contractId);
  }
  const [fourth = '', first = '', second = '', returned = ''] = ids;
  await desk.act(desk.people.registrar, returned, 'return', 1, { reasons: desk.reasons });
  const accepted = await desk.act(desk.people.registrar, second, 'accept', 1);
  expect(accepted.status).toBe(200);
  const rows = await rowsOf(desk, '', ids);
  // Accepted on the 25th, the second one is due after the fourth, which is not accepted yet.
  expect(rows.map((row) => row.contractId)).toStrictEqual([first, fourth, second]);
  expect(rows.map((row) => row.clock)).toMatchObject([null, null, { startedOn: '2026-11-25' }]);
  const back = await rowsOf(desk, '&status=returned', ids);
  expect(back.map((row) => row.contractId)).toStrictEqual([returned]);
  ledger.setNow('2026-11-20T02:00:00.000Z');
});

test('a contract read without a sequence is as far as the act that was just answered', async () => {
  const desk = openDesk();
  const versions: unknown[] = [];
  for (let i = 0; i < 10; i += 1) {
    const one = desk.submission();
    const path = `/registrations/${one.contractId}`;
    await desk.submit(one);
    versions.push((await ledger.as(desk.people.registrar, 'GET', path)).version);
    await desk.act(desk.people.registrar, one.contractId, 'accept', 1);
    versions.push((await ledger.as(desk.people.registrar, 'GET', path)).version);
  }
  expect(versions).toStrictEqual(Array.from({ length: 20 }, (_, i) => 1 + (i % 2)));
});

test('pages follow each other without overlap, and the totals are those of the whole filter', async () => {
  const desk = openDesk();
  const seen: string[] = [];
  let after = '';
  let count = 0;
  do {
    const page = await desk.read(
      desk.people.registrar,
      `/registration-queue?limit=2${after && `&after=${encodeURIComponent(after)}`}`,
    );
    seen.push(...(page.items as Row[]).map((row) => row.contractId));
    count = (page.totals as { count: number }).count;
    after = (page.next as string | null) ?? '';
  } while (after);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(count);
  const wrong = await desk.read(desk.people.registrar, '/registration-queue?after=x');
  expect(wrong).toMatchObject({ status: 400, fields: [{ field: 'after' }] });
});

test('a case is taken by one; the other hears so, the senior may put it back, all is kept', async () => {
  const desk = openDesk();
  const { registrar, senior } = desk.people;
  const other = ledger.person(['registrar']);
  const { contractId } = desk.submission();
  const one = { ...desk.submission(), contractId };
  await desk.submit(one);
  await desk.read(registrar, `/registrations/${contractId}`);
  const claim = (who: typeof other, act = 'claim') =>
    ledger.as(who, 'POST', `/registrations/${contractId}/${act}`, { commandId: newId() });
  const both = await Promise.all([claim(registrar), claim(other)]);
  expect(both.map(({ status }) => status).sort()).toStrictEqual([200, 409]);
  const [holder, loser] = both[0]?.status === 200 ? [registrar, other] : [other, registrar];
  expect(await claim(holder)).toMatchObject({ claim: { mine: true, userId: holder.userId } });
  expect(typeOf(await claim(loser, 'release'))).toBe('case-claimed');
  const mine = async (who: typeof other, query: string) => {
    const { items } = await desk.read(who, `/registration-queue?limit=200&${query}`);
    return (items as Row[]).some((row) => row.contractId === contractId);
  };
  expect([await mine(holder, 'mine=true'), await mine(loser, 'mine=true')]).toEqual([true, false]);
  expect(await mine(loser, 'unclaimed=true')).toBe(false);
  expect(await claim(senior, 'release')).toMatchObject({ status: 200, claim: null });
  expect(await mine(loser, 'unclaimed=true')).toBe(true);
  const kept = await ledger.pool.query(
    'select act, user_id from registration_claim_act where contract_id = $1 order by id',
    [contractId],
  );
  expect(kept.rows).toEqual([
    { act: 'claimed', user_id: holder.userId },
    { act: 'released', user_id: senior.userId },
  ]);
  expect(await claim(ledger.person(['registrar']), 'claim')).toMatchObject({ status: 200 });
});

test('two of a pair, each half the threshold: both need a second review, and the row names the other', async () => {
  const desk = openDesk();
  const { registrar, senior } = desk.people;
  const [one, two] = [desk.submission(SMALL), desk.submission(SMALL)];
  await desk.submit(one);
  const ids = [one.contractId, two.contractId];
  expect(await rowsOf(desk, '&needsSecondReview=true', ids)).toEqual([]);
  await desk.submit(two);
  const rows = await rowsOf(desk, '&needsSecondReview=true', ids);
  expect(rows.map(({ splitWith, needsSecondReview }) => [splitWith, needsSecondReview])).toEqual([
    [[two.contractId], true],
    [[one.contractId], true],
  ]);
  // No form (three checks), the same title, split, and relations unknown.
  expect(rows[0]?.checks).toEqual({ ok: 6, of: 12 });
  const checks = await desk.read(registrar, `/registrations/${one.contractId}/checks`);
  const splitting = (checks.items as Row[]).find(({ code }) => code === 'split');
  expect(splitting).toMatchObject({ verdict: 'warn', contractIds: [two.contractId] });
  await desk.act(registrar, one.contractId, 'accept', 1);
  await desk.act(registrar, one.contractId, 'approve', 2);
  const first = await desk.read(registrar, `/registrations/${one.contractId}/checks`);
  expect(first).toMatchObject({ firstReviewedByMe: true });
  const same = await desk.act(
    { ...registrar, roles: ['senior-registrar'] },
    one.contractId,
    'second-review',
    3,
  );
  expect(typeOf(same)).toBe('duties-not-separated');
  expect(await desk.act(senior, one.contractId, 'second-review', 3)).toMatchObject({ version: 4 });
  // The other one refused, nothing is split any more.
  await desk.act(registrar, two.contractId, 'refuse', 1, { reasons: desk.reasons });
  const third = desk.submission({ ...SMALL, technologyValueFen: '249999999' });
  await desk.submit(third);
  expect(await rowsOf(desk, '&needsSecondReview=true', [third.contractId])).toEqual([]);
});

/** The two halves of a split, accepted and then approved at the same moment. */
const approveHalves = async (order: 'submitted first' | 'one after the other') => {
  const desk = openDesk();
  const { registrar } = desk.people;
  const halves = [desk.submission(SMALL), desk.submission(SMALL)];
  const accept = (contractId: string) => desk.act(registrar, contractId, 'accept', 1);
  for (const half of halves) {
    await desk.submit(half);
    if (order === 'one after the other') await accept(half.contractId);
  }
  for (const { contractId } of halves) {
    if (order === 'submitted first') await accept(contractId);
  }
  await Promise.all(halves.map(({ contractId }) => desk.act(registrar, contractId, 'approve', 2)));
  const views = await Promise.all(
    halves.map(({ contractId }) => desk.read(registrar, `/registrations/${contractId}`)),
  );
  return views.map((view) => view.registrationNumber);
};

test('both halves approved at the same moment: neither is registered by one person', async () => {
  for (let round = 0; round < 3; round++) {
    expect(await approveHalves('submitted first')).toEqual([null, null]);
  }
});

test('the second half submitted after the first was accepted: the second never by one person', async () => {
  for (let round = 0; round < 3; round++) {
    const [, second] = await approveHalves('one after the other');
    expect(second).toBeNull();
  }
});

test('each district has its point, each point its own serials; twenty at once are all different', async () => {
  const [kunshan, taicang] = [openDesk('kunshan'), openDesk('taicang')];
  const numbers = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const desk = i % 2 === 0 ? kunshan : taicang;
      const contractId = await desk.register({
        ...{ contractValueFen: `${100 + i}`, technologyValueFen: '100' },
      });
      const view = await desk.read(desk.people.seller, `/registrations/${contractId}`);
      return String(view.registrationNumber);
    }),
  );
  expect(new Set(numbers).size).toBe(20);
  expect([...new Set(numbers.map((number) => number.slice(0, 10)))].sort()).toEqual([
    '2026320504',
    '2026320507',
  ]);
});

test('the search finds by number, title, party, district, standing and side of the threshold', async () => {
  const desk = openDesk('taicang');
  const { registrar, auditor } = desk.people;
  const contractId = await desk.register();
  const view = await desk.read(registrar, `/registrations/${contractId}`);
  const find = async (query: string) => {
    const page = await desk.read(auditor, `/registered-contracts?limit=200&${query}`);
    return (page.items as Row[]).filter((row) => row.contractId === contractId);
  };
  const name = encodeURIComponent(desk.seller.name);
  const hits = [`number=${view.registrationNumber}`, `party=${name}`, 'district=taicang'];
  hits.push('title=%E8%A7%86%E8%A7%89', 'standing=registered', 'side=below');
  hits.push('from=2026-11-20&to=2026-11-21', 'pendingChange=false', 'contractType=development');
  for (const query of hits) expect([query, (await find(query)).length]).toEqual([query, 1]);
  const misses = ['number=2025', 'district=kunshan', 'standing=amended', 'side=at-or-over'];
  misses.push('to=2026-11-20', 'from=2026-11-21', 'title=%25', 'pendingChange=true');
  for (const query of misses) expect([query, (await find(query)).length]).toEqual([query, 0]);
  const { changeId } = await desk.propose(contractId, 3, 'revoke');
  expect(await find('pendingChange=true')).toMatchObject([
    { pendingChange: { changeId, kind: 'revoke', mine: false }, standing: 'registered' },
  ]);
  await desk.act(desk.people.senior, contractId, `changes/${changeId}/confirm`, 4);
  expect(await find('standing=revoked')).toMatchObject([{ pendingChange: null }]);
});

test('receipts that wait for the desk, the longest first, with what was verified before', async () => {
  const desk = openDesk();
  const { buyer, registrar } = desk.people;
  const contractId = await desk.register();
  const [first, second] = [await desk.pay(contractId, '100'), await desk.pay(contractId, '50')];
  const mine = async (status: string) => {
    const page = await desk.read(registrar, `/receipts?limit=200&status=${status}`);
    return (page.items as Row[]).filter((row) => row.contractId === contractId);
  };
  for (const { receipt } of [second, first]) {
    await desk.step(buyer, contractId, receipt.receiptId, 'confirm');
  }
  expect((await mine('confirmed')).map((row) => row.amountFen)).toEqual(['100', '50']);
  await desk.step(registrar, contractId, first.receipt.receiptId, 'verify');
  expect(await mine('confirmed')).toMatchObject([
    { amountFen: '50', verifiedFen: '100', mayVerify: true, confirmedOn: '2026-11-20' },
  ]);
  expect(await mine('verified')).toMatchObject([{ amountFen: '100', mayVerify: false }]);
});

test('a list: one side, valid until a contract changes, printable two working days later', async () => {
  const desk = openDesk();
  const { registrar, senior, auditor } = desk.people;
  const ids = [
    await desk.register({ contractValueFen: '499999999', technologyValueFen: '100' }),
    await desk.register({ contractValueFen: '500000000', technologyValueFen: '100' }),
  ];
  const issue = (contractIds: readonly string[], listId = newId()) =>
    ledger.as(registrar, 'POST', '/registered-lists', { commandId: newId(), listId, contractIds });
  expect(await issue(ids)).toMatchObject({
    ...{ status: 422, type: '/docs/problems#list-mixes-threshold' },
  });
  expect(typeOf(await issue([newId()]))).toBe('list-contract-not-registered');
  const many = Array.from({ length: 501 }, () => newId());
  expect(typeOf(await issue(many))).toBe('invalid-input');
  const listId = newId();
  const done = await issue([ids[0] ?? ''], listId);
  expect(done).toMatchObject({ status: 200, listId });
  expect(typeOf(await issue([ids[1] ?? ''], listId))).toBe('id-reused');
  const read = async () => ledger.as(auditor, 'GET', `/registered-lists/${listId}?atLeast=${seq}`);
  let seq = Number(done.seq);
  expect(await read()).toMatchObject({
    ...{ side: 'below', count: 1, valid: true, printable: false, printableOn: '2026-11-24' },
    contracts: [{ contractId: ids[0] }],
  });
  ledger.setNow('2026-11-24T02:00:00.000Z');
  expect(await read()).toMatchObject({ printable: true });
  const { changeId } = await desk.propose(ids[0] ?? '', 3, 'deregister');
  const gone = await desk.act(senior, ids[0] ?? '', `changes/${changeId}/confirm`, 4);
  seq = Number(gone.seq);
  expect(await read()).toMatchObject({
    ...{ valid: false, printable: false },
    invalidatedBy: { contractId: ids[0], kind: 'deregister', on: '2026-11-24' },
  });
  const holding = await desk.read(auditor, `/registered-lists?contractId=${ids[0]}`);
  expect((holding.items as Row[]).map((list) => list.listId)).toEqual([listId]);
  const other = await desk.read(auditor, `/registered-lists?contractId=${ids[1]}`);
  expect(other.items).toEqual([]);
  ledger.setNow('2026-11-20T02:00:00.000Z');
});

test('rules and reasons are public: every value with its status, every reason in two languages', async () => {
  const response = await ledger.call('GET', '/registration-rules', null);
  const rules = (await response.json()) as { regimes: { key: string; inForce: object }[] };
  expect(rules.regimes.map(({ key, inForce }) => [key, inForce])).toMatchObject([
    ['CN-2000', { value: 'whole text', status: 'OFFICIAL' }],
    ['CN-2026', { value: 'title and draft', status: 'ASSUMPTION' }],
  ]);
  const answer = await ledger.call('GET', '/registration-reasons', null);
  const { items } = (await answer.json()) as { items: { code: string; zh: string; en: string }[] };
  expect(new Set(items.map(({ code }) => code)).size).toBe(items.length);
  for (const { zh, en } of items) expect(Math.min(zh.length, en.length)).toBeGreaterThan(3);
});
