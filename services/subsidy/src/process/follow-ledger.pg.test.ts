import { client, ProblemAnswer } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import { listCases } from '@jishi/contracts/subsidy/endpoints';
import { silentLog } from '@jishi/runtime/log';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readCursor } from '../store/ledger-view.ts';
import { registeredItem, testContract, verifiedItem } from '../testing/contracts.ts';
import { openTestDesk, TEST_NOW, type TestDesk } from '../testing/desk.ts';
import { feedItem, serveFeed } from '../testing/ledger-double.ts';
import { followLedger, isLedgerAway, type LedgerFollower } from './follow-ledger.ts';

let desk: TestDesk;
let ledger: Awaited<ReturnType<typeof serveFeed>>;
let follower: LedgerFollower | undefined;

beforeAll(async () => {
  desk = await openTestDesk('subsidy_follow');
  ledger = await serveFeed(desk.people.trustedKeys);
});
afterEach(async () => {
  await follower?.stop();
  follower = undefined;
});
afterAll(async () => {
  await ledger.close();
  await desk.close();
});

const follow = (from: 'subsidy' | 'market' = 'subsidy'): LedgerFollower => {
  follower = followLedger({
    db: desk.db,
    ledger: client({
      baseUrl: ledger.url,
      token: () => desk.people.serviceToken(from, 'ledger'),
    }),
    policies: desk.policies,
    clock: () => TEST_NOW,
    newId,
    log: silentLog,
  });
  return follower;
};

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  await expect.poll(holds, { timeout: 10_000, interval: 20 }).toBe(true);
};

const head = (): number => ledger.items.length;
const caughtUp = async (): Promise<void> =>
  until(async () => (await readCursor(desk.db)) === head());

const grow = (amounts: readonly string[]) => {
  const contract = testContract();
  ledger.items.push(registeredItem(head() + 1, contract, newId()));
  for (const amount of amounts) {
    ledger.items.push(verifiedItem(head() + 1, contract, amount, newId()));
  }
  return contract;
};

const basesOf = async (contractId: string) => {
  const { items } = await desk.as(desk.auditor())(listCases, { query: { contractId } });
  return items.map((item) => [item.role, item.baseFen]);
};

test('opens cases from the feed over HTTP, page after page, and knows the head', async () => {
  ledger.items.push(
    feedItem(1, 'LogOpened', { kind: 'synthetic', city: 'suzhou', openedBy: 'test' }, null),
  );
  for (let i = 0; i < 110; i++) grow([]);
  const contract = grow(['100', '200']);
  const state = follow();
  await caughtUp();
  expect(await basesOf(contract.contractId)).toStrictEqual([
    ['seller', '300'],
    ['buyer', '300'],
    ['broker', '300'],
  ]);
  await until(() => state.headSeen() === head());
});

test('stopped and started again goes on where it was: nothing twice, nothing left out', async () => {
  follow();
  await caughtUp();
  await follower?.stop();
  const contract = grow(['500']);
  follow();
  await caughtUp();
  expect((await basesOf(contract.contractId))[0]).toStrictEqual(['seller', '500']);
});

test('two followers at once have the effect of one', async () => {
  const first = follow();
  const second = follow();
  const contracts = Array.from({ length: 5 }, () => grow(['700']));
  await caughtUp();
  await first.stop();
  await second.stop();
  for (const { contractId } of contracts) {
    expect((await basesOf(contractId))[0]).toStrictEqual(['seller', '700']);
  }
});

test('wakes for what comes later', async () => {
  follow();
  await caughtUp();
  const contract = grow(['900']);
  await until(async () => (await basesOf(contract.contractId)).length === 3);
});

test('stops by name when the private part is not given, and moves nothing', async () => {
  const before = await readCursor(desk.db);
  grow(['1000']);
  const state = follow('market');
  await until(() => state.state().status === 'broken');
  expect(state.state().lastError).toMatch(/came without private part/);
  expect(await readCursor(desk.db)).toBe(before);
  await state.stop();
  follow();
  await caughtUp();
});

test('stops by name at a gap, keeps its cursor, and says so in health', async () => {
  const before = await readCursor(desk.db);
  grow(['1100']);
  const [missing] = ledger.items.splice(head() - 2, 1);
  const state = follow();
  await until(() => state.state().status === 'broken');
  expect(state.state().lastError).toBe(`expected sequence ${before + 1}, got ${before + 2}`);
  expect(await readCursor(desk.db)).toBe(before);
  if (missing) ledger.items.splice(head() - 1, 0, missing);
  await state.stop();
  follow();
  await caughtUp();
});

test('a ledger that ends before what was read of it stops it by name', async () => {
  const before = await readCursor(desk.db);
  const [last] = ledger.items.splice(head() - 1, 1);
  const state = follow();
  await until(() => state.state().status === 'broken');
  expect(state.state().reason).toBe('feed-behind-cursor');
  expect(await readCursor(desk.db)).toBe(before);
  if (last) ledger.items.push(last);
});

test.each([429, 502, 503, 504, 500, 403])('an answer %i: waited for, or counted', (status) => {
  const problem = { type: 'x', title: 'x', titleEn: 'x', status, requestId: 'x' };
  expect(isLedgerAway(new ProblemAnswer(problem, 'x'))).toBe(status !== 500 && status !== 403);
});
