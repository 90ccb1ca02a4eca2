import { newId } from '@jishi/contracts/ids';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { familyFactOf } from '../../domain/index/family/facts.ts';
import { familyFactOfText } from '../../domain/index/family/row-text.ts';
import { createAppendQueue } from '../log/append-queue.ts';
import { readLog } from '../log/follow.ts';
import { openTestLedger, testCommand, testEvent } from '../log/testing.ts';
import { familyPages, readFamilyRows } from './family-rows.ts';

let ledger: Awaited<ReturnType<typeof openTestLedger>>;
const actor = { kind: 'service', service: 'ledger' } as const;

const append = async (type: string, data: object, facts: object | null, stream?: string) => {
  const hidden = facts && { salt: Buffer.alloc(32, 1), body: JSON.stringify({ actor, facts }) };
  const event = testEvent({ type, data: JSON.stringify(data), private: hidden });
  const queue = createAppendQueue(ledger.other);
  await queue.append(
    testCommand({ stream: stream ?? `listing-${newId()}`, expected: 'any', events: [event] }),
  );
  await queue.close();
};

const listing = {
  ...{ listingId: newId(), district: 'sip', industryCode: 'C', fieldCode: 'electronics' },
  ...{ openedOn: '2026-01-02', expiresOn: null },
};
const register = (contractId: string, facts: object) => {
  const data = { contractId, registeredOn: '2026-01-20', contractType: 'service' };
  return append('ContractRegistered', data, facts, `contract-${contractId}`);
};
const facts = {
  ...{ seller: { partyId: newId() }, buyer: { partyId: newId() } },
  ...{ contractValueFen: '500', technologyValueFen: '400', title: '示例' },
};
const long = { note: '长'.repeat(500) };

beforeAll(async () => {
  ledger = await openTestLedger('family_rows');
  await append('LogOpened', { kind: 'synthetic', city: '苏州', openedBy: 'test' }, null, 'log');
  await append('ListingOpened', listing, null);
  await append('SupplementRequested', long, { secret: '不读' });
  await register(newId(), facts);
  await register(newId(), facts);
  await append('SupplementRequested', long, null);
  await append('ListingClosed', { ...listing, closedOn: '2026-02-02' }, null);
  await ledger.pool.query(`with gone as (delete from private_part where seq = 5 returning *)
    insert into private_remainder select seq, seq, body from gone`);
});
afterAll(() => ledger.close());

it('gives what the log says to the index', async () => {
  const rows = await readFamilyRows(ledger.db, 0, 100);
  const items = await readLog(ledger.db, 0, 100);
  expect(rows.map((row) => familyFactOfText(row))).toStrictEqual(items.map(familyFactOf));
  expect(rows.length).toBe(7);
});

it('leaves in the database the private parts that the index does not read', async () => {
  const [, , unread, read, erased] = await readFamilyRows(ledger.db, 0, 100);
  expect(JSON.parse(unread?.envelope ?? '')).toMatchObject({ data: long });
  expect(unread?.privateText).toBeNull();
  expect(read?.privateText).toContain('示例');
  expect(erased?.privateText).toBe(read?.privateText);
});

it('goes page by page to the end, and from anywhere', async () => {
  for (const [after, limit] of [
    [0, 1],
    [0, 3],
    [2, 5],
    [0, 7],
    [7, 2],
  ] as const) {
    const seqs: number[] = [];
    for await (const rows of familyPages(ledger.db, after, limit)) {
      expect(rows.length).toBeGreaterThan(0);
      seqs.push(...rows.map(({ seq }) => seq));
    }
    expect(seqs).toStrictEqual([1, 2, 3, 4, 5, 6, 7].slice(after));
  }
});
