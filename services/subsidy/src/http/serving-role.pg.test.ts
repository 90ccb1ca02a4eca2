import {
  enterBankAnswer,
  listCases,
  readBooks,
  readCase,
} from '@jishi/contracts/subsidy/endpoints';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { answerTo, approvedBatch, balanceOf } from '../testing/payment-steps.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_role', { asServingRole: true });
});
afterAll(() => desk.close());

describe('the role that serves', () => {
  test('has the rights for the whole way from receipt to payment', async () => {
    const { batch, checker, cases } = await approvedBatch(desk);
    await desk.as(checker)(enterBankAnswer, answerTo(batch));
    expect(await balanceOf(desk, 'paid')).toBe(10_000_000n);
    expect(await desk.as(desk.auditor())(readBooks)).toMatchObject({ isBalanced: true });
    const partyId = cases[0]?.contract.buyer.partyId ?? '';
    const own = await desk.as(desk.memberOf(partyId))(listCases);
    expect(own.items.map((item) => [item.role, item.status])).toStrictEqual([['buyer', 'paid']]);
    const params = { caseId: cases[0]?.caseId ?? '' };
    const view = await desk.as(desk.memberOf(partyId))(readCase, { params });
    expect(view.payment?.amountFen).toBe('10000000');
  });

  test('sees no case without saying for whom', async () => {
    const count = async (settings: string) => {
      const found = await desk.db.transaction().execute(async (trx) => {
        await sql.raw(settings).execute(trx);
        return sql<{ n: number }>`select count(*)::int as n from subsidy_case`.execute(trx);
      });
      return found.rows[0]?.n;
    };
    expect(await count('select 1')).toBe(0);
    expect(await count("set local jishi.desk = 'on'")).toBe(3);
  });

  test('sees no account of a payee without saying for whom, and a party its own alone', async () => {
    const { cases } = await approvedBatch(desk);
    const payee = cases[0]?.contract.buyer.partyId ?? '';
    const parties = async (settings: string) => {
      const found = await desk.db.transaction().execute(async (trx) => {
        await sql.raw(settings).execute(trx);
        return sql<{ party_id: string }>`select party_id from payee_account`.execute(trx);
      });
      return [...new Set(found.rows.map((row) => row.party_id))];
    };
    expect(await parties('select 1')).toStrictEqual([]);
    expect(await parties(`set local jishi.party = '${payee}'`)).toStrictEqual([payee]);
    expect(await parties(`set local jishi.party = ''`)).toStrictEqual([]);
  });

  test('is walled in even where it owns the tables', async () => {
    const found = await sql<{ name: string }>`select relname as name from pg_class
      where relrowsecurity and relforcerowsecurity order by relname`.execute(desk.db);
    expect(found.rows.map((row) => row.name)).toStrictEqual([
      'bank_answer_line',
      'clawback',
      'contract_change',
      'failed_line',
      'participant',
      'payee_account',
      'reassessment',
      'repayment',
      'repayment_entry',
      'subsidy_case',
    ]);
  });

  test.each([
    'update audit set act = act',
    'delete from audit',
    'truncate audit',
    'update posting set amount_fen = 1',
    'delete from journal',
    'update account set balance_fen = 0',
    'delete from decision',
    'delete from subsidy_case',
    'update payee_account set account_ending = account_ending',
    'update receipt set amount_fen = amount_fen',
    'update contract set technology_value_fen = 1',
    'delete from command',
    'delete from bank_answer',
    'update contract_change set seq = seq',
    'update reassessment set after_fen = 0',
    'update repayment_entry set amount_fen = 1',
    'delete from failed_line',
    'update repayment set amount_fen = 1',
    'delete from clawback',
    'update case_line set case_id = case_id',
    'update bank_answer_line set amount_fen = 1',
    'alter table subsidy_case disable row level security',
  ])('may not `%s`', async (statement) => {
    await expect(sql.raw(statement).execute(desk.db)).rejects.toThrow(
      /permission denied|must be owner/,
    );
  });

  test('is refused by the trigger although row-level security hides the case from it', async () => {
    const { cases } = await approvedBatch(desk);
    const { caseId = '', contract } = cases[0] ?? {};
    const approve = sql`update decision set approved_by = (select user_id from contract_officer
      where contract_id = ${contract?.contractId} limit 1) where case_id = ${caseId}`;
    await expect(approve.execute(desk.db)).rejects.toThrow(/duties not separated/);
  });
});
