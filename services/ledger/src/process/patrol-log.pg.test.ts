import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAppendQueue } from '../store/log/append-queue.ts';
import { openTestLedger, testCommand, testEvent } from '../store/log/testing.ts';
import { openTree } from './grow-tree.ts';
import { createPatrol, type Patrol } from './patrol-log.ts';

let ledger: Awaited<ReturnType<typeof openTestLedger>>;
const EVENTS = 256 * 6 + 10;
/** Four blocks a round, wherever it begins: three rounds see all six. */
const ROUNDS = 3;

beforeEach(async () => {
  ledger = await openTestLedger('patrol');
  const queue = createAppendQueue(ledger.pool);
  for (let left = EVENTS; left > 0; left -= 100) {
    const events = Array.from({ length: Math.min(left, 100) }, () => testEvent());
    await queue.append(testCommand({ events }));
  }
  await queue.close();
  await (await openTree(ledger.pool, 0)).growTo(EVENTS);
});
afterEach(() => ledger.close());

const goRound = async (patrol: Patrol): Promise<void> => {
  for (let round = 0; round < ROUNDS; round++) await patrol.next();
};

const alter = (seq: number, more = ''): Promise<unknown> =>
  ledger.pool.query(
    `update log set envelope = replace(envelope, '"a":1', '"a":2')${more} where seq = $1`,
    [seq],
  );

test('a sound log is gone through again and again', async () => {
  const patrol = createPatrol(ledger.pool);
  await goRound(patrol);
  await goRound(patrol);
});

test.each([1, 256, 257, 1_536])('event %i altered in place is found and named', async (seq) => {
  await alter(seq);
  await expect(goRound(createPatrol(ledger.pool))).rejects.toMatchObject({ seq });
});

test('an event rewritten with its leaf is found in its block of 256', async () => {
  await alter(300, ', leaf = ledger_leaf(replace(envelope, \'"a":1\', \'"a":2\'))');
  await expect(goRound(createPatrol(ledger.pool))).rejects.toMatchObject({
    seq: 257,
    message: 'events 257 to 512 no longer give the root of their block',
  });
});

test('what is not in a full block yet is left to the next head', async () => {
  await alter(1_537);
  await goRound(createPatrol(ledger.pool));
});

test('a log without a full block has nothing to go through', async () => {
  const small = await openTestLedger('patrol_small');
  await createPatrol(small.pool).next();
  await small.close();
});
