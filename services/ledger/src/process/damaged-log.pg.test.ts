import { newId } from '@jishi/contracts/ids';
import type { FeedConsumerState } from '@jishi/runtime/feed-consumer';
import { silentLog } from '@jishi/runtime/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { REGISTRATION_RULES } from '../domain/registration/regimes.ts';
import { createAppendQueue } from '../store/log/append-queue.ts';
import { createLogFollower } from '../store/log/follow.ts';
import { openTestLedger, testCommand, testEvent } from '../store/log/testing.ts';
import { startIndexProjector } from './project-index.ts';
import { startRegistrationsProjector } from './project-registrations.ts';

/** What a read model does with a row that it cannot read: it stops there, and says why. */

let ledger: Awaited<ReturnType<typeof openTestLedger>>;
beforeEach(async () => {
  ledger = await openTestLedger('damaged');
});
afterEach(() => ledger.close());

const actor = { kind: 'service', service: 'ledger' } as const;
const contractId = newId();

const append = async (stream: string, type: string, data: object, facts: object | null) => {
  const body = JSON.stringify({ actor, facts });
  const hidden = facts && { salt: Buffer.alloc(32, 1), body };
  const event = testEvent({ type, data: JSON.stringify(data), private: hidden });
  const queue = createAppendQueue(ledger.other);
  await queue.append(testCommand({ stream, expected: 'any', events: [event] }));
  await queue.close();
};

const openLog = () =>
  append('log', 'LogOpened', { kind: 'synthetic', city: '苏州', openedBy: 'test' }, null);

const cursors = async () => {
  const { rows } = await ledger.pool.query('select seq from consumer_cursor where seq > 0');
  return rows;
};

const projectors = {
  registrations: () => {
    const follower = createLogFollower(ledger.pool);
    const rules = REGISTRATION_RULES;
    const projector = startRegistrationsProjector({
      ...{ db: ledger.db, follower, log: silentLog, rules },
    });
    return { state: projector.state, stop: () => projector.stop().then(follower.stop) };
  },
  index: () => {
    const follower = createLogFollower(ledger.pool);
    const projector = startIndexProjector({ pool: ledger.pool, follower, log: silentLog });
    return { state: projector.consumer, stop: () => projector.stop().then(follower.stop) };
  },
};

/** The state of a projector that has stopped, or come to the head. */
const settled = async (model: keyof typeof projectors, head: number) => {
  const { state, stop } = projectors[model]();
  await expect.poll(() => state().status === 'broken' || state().cursor === head).toBe(true);
  const { status, reason, lastError, cursor }: FeedConsumerState = state();
  await stop();
  return { status, reason, lastError, cursor };
};

const returned = { reasons: [{ code: 'other', note: '示例理由' }] };
const list = { listId: newId(), issuedOn: '2026-11-20', side: 'below', count: 1 };
const open = { contractId, registeredOn: '2026-11-20', publishedValueFen: null };

test.each([
  [
    ...(['registrations', 'SupplementRequested'] as const),
    () => append(`contract-${contractId}`, 'SupplementRequested', open, returned),
  ],
  [
    ...(['registrations', 'RegisteredListIssued'] as const),
    () => append(`list-${newId()}`, 'RegisteredListIssued', list, { contractIds: [newId()] }),
  ],
  [
    ...(['index', 'ContractRegistered'] as const),
    () => append(`contract-${contractId}`, 'ContractRegistered', open, { title: '示例' }),
  ],
] as const)('%s: a %s without private part or remainder stops it', async (model, _, record) => {
  await openLog();
  await record();
  await ledger.pool.query('delete from private_part where seq = 2');
  const { lastError, ...state } = await settled(model, 2);
  expect(state).toStrictEqual({ status: 'broken', reason: 'event-unreadable', cursor: 0 });
  expect(lastError).toMatch(/\b2: private part is/);
  expect(await cursors()).toStrictEqual([]);
});

test('registrations: of an erased private part the remainder is read, and it goes on', async () => {
  await openLog();
  await append(`list-${newId()}`, 'RegisteredListIssued', list, { contractIds: [newId()] });
  await ledger.pool.query(`with gone as (delete from private_part where seq = 2 returning *)
    insert into private_remainder select seq, seq, body from gone`);
  expect(await settled('registrations', 2)).toMatchObject({ status: 'running', reason: null });
});

test.each(['registrations', 'index'] as const)(
  '%s: a type of a later program stops it, whatever its stream',
  async (model) => {
    await openLog();
    await append(`need-${newId()}`, 'NeedPostponed', { needId: newId() }, null);
    expect(await settled(model, 2)).toMatchObject({
      ...{ status: 'broken', reason: 'event-unknown', cursor: 0 },
      lastError: 'event NeedPostponed of schema 1 is not known here',
    });
    expect(await cursors()).toStrictEqual([]);
  },
);
