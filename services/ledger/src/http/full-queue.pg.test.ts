import { newId } from '@jishi/contracts/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp, testParty, testSubmission } from './testing.ts';

const WAITING_MAX = 2;
/** Two batches may be on their way while others wait. */
const MORE_THAN_FITS = 8;

let ledger: TestApp;
beforeAll(async () => {
  ledger = await openTestApp('full_queue', { waitingCommandsMax: WAITING_MAX });
});
afterAll(() => ledger.end());

const seller = testParty('10000001');
const body = () => ({ commandId: newId(), submission: testSubmission({}, { seller }) });

const submit = async (asked: ReturnType<typeof body>): Promise<Response> => {
  const clerk = ledger.person(['listing-officer'], seller);
  const token = await ledger.people.serviceToken('market', 'ledger', clerk);
  return ledger.call('POST', '/registrations', token, asked);
};

test('a full queue answers 503 and when to come again; whoever does is registered once', async () => {
  const blocker = await ledger.pool.connect();
  await blocker.query('begin');
  await blocker.query('select from log_head for update');
  const asked = Array.from({ length: MORE_THAN_FITS }, body);
  const answers = asked.map(submit);
  // Those that were turned away hear it at once, while nothing can be written at all.
  const firstBack = await Promise.race(answers);
  expect([firstBack.status, firstBack.headers.get('retry-after')]).toStrictEqual([503, '1']);
  expect(firstBack.headers.get('content-type')).toContain('application/problem+json');
  expect(await firstBack.json()).toMatchObject({ type: expect.stringContaining('service-busy') });
  await blocker.query('commit');
  blocker.release();

  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses).toContain(200);
  const again = await Promise.all(
    asked
      .filter((_, i) => statuses[i] === 503)
      .map(async (one) => {
        for (;;) {
          const { status } = await submit(one);
          if (status !== 503) return status;
        }
      }),
  );
  expect(new Set(again)).toStrictEqual(new Set([200]));
  const { rows } = await ledger.pool.query(
    "select count(distinct stream)::int as streams, count(*)::int as events from log where stream <> 'log'",
  );
  expect(rows[0]).toStrictEqual({ streams: MORE_THAN_FITS, events: MORE_THAN_FITS });
});
