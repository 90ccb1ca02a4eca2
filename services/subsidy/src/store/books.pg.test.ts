import { newId } from '@jishi/contracts/ids';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openBooks, post } from './books.ts';
import type { SubsidyTransaction } from './tables.ts';

const BOOKS = { scheme: 'trial', year: 2030 };
const AT = '2030-01-02T00:00:00.000Z';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_books');
});
afterAll(() => desk.close());

const step = (trx: SubsidyTransaction, kind: Parameters<typeof post>[2], amountFen: bigint) =>
  post(trx, BOOKS, kind, { entryId: newId(), reference: newId(), amountFen, at: AT });

const someoneWaits = async (): Promise<void> => {
  for (let waiting = 0; waiting === 0; ) {
    const found = await sql<{ waiting: number }>`select count(*)::int as waiting
      from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    `.execute(desk.db);
    waiting = found.rows[0]?.waiting ?? 0;
  }
};

test('an answer that fails and a batch that is sent take turns, and neither is refused', async () => {
  await desk.db.transaction().execute(async (trx) => {
    await openBooks(trx, BOOKS, 1_000n, newId(), AT);
    await step(trx, 'commit', 300n);
    await step(trx, 'instruct', 200n);
  });
  let sending: Promise<void> | undefined;
  await desk.db.transaction().execute(async (trx) => {
    await step(trx, 'pay', 50n);
    sending = desk.db.transaction().execute((other) => step(other, 'instruct', 10n));
    sending.catch(() => {});
    await someoneWaits();
    await step(trx, 'fail', 50n);
  });
  await expect(sending).resolves.toBeUndefined();
});
