import { createHash } from 'node:crypto';
import { urlOf } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import {
  approveBatch,
  cancelBatch,
  createBatch,
  downloadBatchFile,
  enterBankAnswer,
  listPayeeAccounts,
  readBooks,
  readCase,
} from '@jishi/contracts/subsidy/endpoints';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, TEST_NOW, type TestDesk } from '../testing/desk.ts';
import {
  answerTo,
  approval,
  approvedBatch,
  balanceOf,
  preparedBatch,
} from '../testing/payment-steps.ts';
import { approvedCase, refusalOf, registerAccount } from '../testing/steps.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_payments');
});
afterAll(() => desk.close());

const books = () => desk.as(desk.auditor())(readBooks);

/** After every test, whatever it did: each entry balances and all accounts sum to zero. */
afterEach(async () => {
  desk.setNow(TEST_NOW);
  expect(await books()).toMatchObject({ sumFen: '0', unbalancedEntries: 0, isBalanced: true });
});

const download = async (person: Person, batchId: string): Promise<Response> => {
  const token = await desk.people.tokenFor(person, 'subsidy');
  const url = urlOf('http://subsidy', downloadBatchFile, { params: { batchId } });
  return desk.app.request(url, { headers: { authorization: `Bearer ${token}` } });
};

describe('an approved award', () => {
  test('goes budget → committed → instructed → paid, fen by fen', async () => {
    const before = {
      committed: await balanceOf(desk, 'committed'),
      paid: await balanceOf(desk, 'paid'),
    };
    const { batch, checker, cases } = await approvedBatch(desk, 2);
    expect(batch).toMatchObject({ status: 'approved', totalFen: '20000000' });
    expect(await balanceOf(desk, 'instructed')).toBe(20_000_000n);
    const { applied, batch: settled } = await desk.as(checker)(enterBankAnswer, answerTo(batch));
    expect({ applied, status: settled.status }).toStrictEqual({ applied: true, status: 'settled' });
    expect(await balanceOf(desk, 'committed')).toBe(before.committed);
    expect(await balanceOf(desk, 'instructed')).toBe(0n);
    expect((await balanceOf(desk, 'paid')) - before.paid).toBe(20_000_000n);
    const view = await desk.as(desk.auditor())(readCase, {
      params: { caseId: cases[0]?.caseId ?? '' },
    });
    expect(view).toMatchObject({ status: 'paid', payment: { paidOn: '2026-07-02' } });
    expect(view.steps.map((step) => step.act)).toStrictEqual([
      ...['opened', 'decided', 'approved', 'batched', 'instructed', 'paid'],
    ]);
  });

  test('may not be put into a second batch', async () => {
    const { cases } = await preparedBatch(desk);
    const body = { commandId: newId(), batchId: newId(), caseIds: [cases[0]?.caseId ?? ''] };
    expect(await refusalOf(desk.as(desk.finance())(createBatch, { body }))).toBe('case-state');
  });

  test('needs an account of the party, in the name that the contract gives it', async () => {
    const { contract, caseId } = await approvedCase(desk);
    const create = () =>
      refusalOf(
        desk.as(desk.finance())(createBatch, {
          body: { commandId: newId(), batchId: newId(), caseIds: [caseId] },
        }),
      );
    expect(await create()).toBe('payee-account-missing');
    await registerAccount(desk, contract.buyer.partyId, '另一家公司');
    expect(await create()).toBe('payee-name-differs');
    await registerAccount(desk, contract.buyer.partyId, contract.buyer.name);
    desk.setNow('2026-07-03T01:59:59.999Z');
    expect(await create()).toBe('payee-name-differs');
    desk.setNow('2026-07-03T02:00:00.000Z');
    expect(await create()).toBe('allowed');
  });
});

describe('the payment file', () => {
  test('is what its hash says, with BOM, and shows no account before approval', async () => {
    const { batch, maker } = await preparedBatch(desk);
    expect((await download(maker, batch.batchId)).status).toBe(422);
    await desk.as(desk.finance())(approveBatch, approval(batch));
    const response = await download(maker, batch.batchId);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(batch.fileHash);
    expect([...bytes.subarray(0, 3)]).toStrictEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8')).toContain(',6222021102012345678,100000.00,');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  test('and accounts lie in the database only sealed', async () => {
    const { batch, cases } = await preparedBatch(desk);
    const rows = await sql<{ dump: string }>`
      select (select string_agg(p::text, '') from payee_account p)
        || (select string_agg(b::text, '') from batch b)
        || (select string_agg(i::text, '') from instruction i)
        || (select string_agg(c::text, '') from command c)
        || (select string_agg(a::text, '') from audit a) as dump`.execute(desk.db);
    const dump = rows.rows[0]?.dump ?? '';
    expect(dump).toContain(batch.fileHash);
    expect(dump).not.toContain('6222021102012345678');
    expect(dump).not.toContain(Buffer.from('6222021102012345678').toString('hex'));
    const partyId = cases[0]?.contract.buyer.partyId ?? '';
    const own = await desk.as(desk.memberOf(partyId))(listPayeeAccounts);
    expect(own.items.map((item) => item.accountEnding)).toStrictEqual(['5678']);
    const others = await desk.as(desk.memberOf(newId()))(listPayeeAccounts);
    expect(others.items).toStrictEqual([]);
  });
});

describe('a batch', () => {
  test('is approved by its hash, by a finance officer who did not prepare it', async () => {
    const { batch, maker } = await preparedBatch(desk);
    const approve = (person: Person, hash?: string) =>
      refusalOf(desk.as(person)(approveBatch, approval(batch, hash)));
    expect(await approve(maker)).toBe('duties-not-separated');
    expect(await approve(desk.finance(), '0'.repeat(64))).toBe('content-changed');
    expect(await approve(desk.finance())).toBe('allowed');
  });

  test('is neither prepared nor approved by who decided a case of it', async () => {
    const { batch, cases } = await preparedBatch(desk);
    const found = cases[0];
    if (!found) throw new Error('no case');
    for (const { userId } of [found.decider, found.approver]) {
      const both = { ...desk.finance(), userId };
      const answer = await refusalOf(desk.as(both)(approveBatch, approval(batch)));
      expect(answer).toBe('duties-not-separated');
    }
    const other = await approvedCase(desk);
    await registerAccount(desk, other.contract.buyer.partyId, other.contract.buyer.name);
    const create = (person: Person) => {
      const body = { commandId: newId(), batchId: newId(), caseIds: [other.caseId] };
      return refusalOf(desk.as(person)(createBatch, { body }));
    };
    expect(await create({ ...desk.finance(), userId: other.decider.userId })).toBe(
      'duties-not-separated',
    );
    const payee = { ...desk.finance(), partyId: other.contract.buyer.partyId };
    expect(await create(payee)).toBe('conflict-of-interest');
    expect(await create(desk.finance())).toBe('allowed');
  });

  test('is refused by the database as well when maker is checker or a decider pays', async () => {
    const { batch, cases, maker } = await preparedBatch(desk);
    const setApprover = (userId: string) =>
      sql`update batch set approved_by = ${userId} where batch_id = ${batch.batchId}`.execute(
        desk.db,
      );
    await expect(setApprover(maker.userId)).rejects.toThrow(/approver_is_not_maker/);
    const decider = cases[0]?.decider.userId ?? '';
    await expect(setApprover(decider)).rejects.toThrow(/duties not separated/);
    const approver = cases[0]?.approver.userId ?? '';
    await expect(setApprover(approver)).rejects.toThrow(/duties not separated/);
    await expect(setApprover(newId())).resolves.toBeDefined();
  });

  test('approved by ten at once is instructed once', async () => {
    const { batch } = await preparedBatch(desk);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        refusalOf(desk.as(desk.finance())(approveBatch, approval(batch))),
      ),
    );
    expect(answers.filter((answer) => answer === 'allowed')).toHaveLength(1);
  });

  test('cancelled before approval frees its cases; afterwards it cannot be cancelled', async () => {
    const { batch, cases, maker } = await preparedBatch(desk);
    const cancel = (version: number) => ({
      params: { batchId: batch.batchId },
      body: { commandId: newId(), version },
    });
    const cancelled = await desk.as(desk.finance())(cancelBatch, cancel(batch.version));
    expect(cancelled.status).toBe('cancelled');
    const body = {
      commandId: newId(),
      batchId: newId(),
      caseIds: [cases[0]?.caseId ?? ''],
    };
    const again = await desk.as(maker)(createBatch, { body });
    const approved = await desk.as(desk.finance())(approveBatch, approval(again));
    const late = desk.as(maker)(cancelBatch, {
      params: { batchId: approved.batchId },
      body: { commandId: newId(), version: approved.version },
    });
    expect(await refusalOf(late)).toBe('batch-state');
  });
});

describe('the books', () => {
  test('refuse an entry that does not balance, and any change of a posting', async () => {
    await approvedCase(desk);
    const unbalanced = desk.db.transaction().execute(async (trx) => {
      const entryId = newId();
      await sql`insert into journal values (${entryId}, 'commit', ${newId()}, now())`.execute(trx);
      await sql`insert into posting select ${entryId}, account, 1 from account
        where account like '%:paid' limit 1`.execute(trx);
    });
    await expect(unbalanced).rejects.toThrow(/does not balance/);
    const empty = sql`insert into journal values (${newId()}, 'commit', ${newId()}, now())`;
    await expect(empty.execute(desk.db)).rejects.toThrow(/does not balance/);
    await expect(sql`update posting set amount_fen = 1`.execute(desk.db)).rejects.toThrow(
      /append-only/,
    );
  });
});
