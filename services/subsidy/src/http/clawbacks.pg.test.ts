import { newId } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import {
  approveClawback,
  confirmRepayment,
  enterRepayment,
  listCases,
  listClawbacks,
  listNotices,
  listPayeeAccounts,
  readBooks,
  readBudget,
  readCase,
  readClawback,
  readReconciliation,
  returnClawback,
  withdrawRepayment,
} from '@jishi/contracts/subsidy/endpoints';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  approvalOf,
  approvedClaim,
  claimsOf,
  confirmationOf,
  demandOf,
  paidCase,
  repay,
  repaymentOf,
} from '../testing/clawback-steps.ts';
import { revokedItem } from '../testing/contracts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { balanceOf } from '../testing/payment-steps.ts';
import { refusalOf } from '../testing/steps.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_clawback', { asServingRole: true });
});
afterAll(() => desk.close());

/** After every test: books balance, the budget's places add up, the bank and the books agree. */
afterEach(async () => {
  const auditor = desk.as(desk.auditor());
  expect(await auditor(readBooks)).toMatchObject({ sumFen: '0', isBalanced: true });
  expect((await auditor(readBudget)).items.every((line) => line.isBalanced)).toBe(true);
  expect((await auditor(readReconciliation)).differenceFen).toBe('0');
});

/** ¥100,000 paid to a buyer, whose contract was revoked then. */
const revokedAward = async () => {
  const found = await paidCase(desk);
  const registrar = newId();
  await desk.feed((seq) => [revokedItem(seq, found.contract, registrar)]);
  const [claim] = await claimsOf(desk, found.caseId);
  if (!claim) throw new Error('no claim was opened');
  return { ...found, claim, registrar };
};

const capUsedOf = async (partyId: string): Promise<bigint> => {
  const row = await desk.db
    .selectFrom('cap_usage')
    .select('used_fen')
    .where('party_id', '=', partyId)
    .executeTakeFirstOrThrow();
  return row.used_fen;
};

describe('a claim', () => {
  test('is demanded, approved, repaid in two parts and closed; the cap is freed as money comes', async () => {
    const paidBefore = await balanceOf(desk, 'paid');
    const { caseId, contract } = await revokedAward();
    const approved = await approvedClaim(desk, caseId);
    expect(approved).toMatchObject({ status: 'approved', paidFen: '10000000', entitledFen: '0' });
    expect(approved.reassessed.decidedBy).toBe('rule-registered');
    expect(await balanceOf(desk, 'receivable')).toBe(10_000_000n);
    expect(await balanceOf(desk, 'paid')).toBe(paidBefore);
    expect(await capUsedOf(contract.buyer.partyId)).toBe(10_000_000n);
    const partly = await repay(desk, approved, '9999999');
    expect(partly).toMatchObject({ status: 'approved', repaidFen: '9999999', closedAt: null });
    expect(await capUsedOf(contract.buyer.partyId)).toBe(1n);
    const closed = await repay(desk, partly, '1');
    expect(closed).toMatchObject({ status: 'closed', repaidFen: '10000000' });
    expect(closed.repayments).toHaveLength(2);
    expect(await capUsedOf(contract.buyer.partyId)).toBe(0n);
    expect(await balanceOf(desk, 'receivable')).toBe(0n);
    const view = await desk.as(desk.auditor())(readCase, { params: { caseId } });
    expect(view.steps.map((step) => step.act).slice(-5)).toStrictEqual([
      ...['reassessed', 'clawback-opened', 'clawback-approved'],
      ...['clawback-repaid', 'clawback-repaid'],
    ]);
  });

  test('refuses by name more than is left, a day to come and a reference used before', async () => {
    const { caseId } = await revokedAward();
    const claim = await approvedClaim(desk, caseId);
    const enter = (amount: string, changes: Parameters<typeof repaymentOf>[2] = {}) =>
      refusalOf(desk.as(desk.finance())(enterRepayment, repaymentOf(claim, amount, changes)));
    expect(await enter('10000001')).toBe('repayment-above-claim');
    expect(await enter('1', { receivedOn: '2026-07-02' })).toBe('repayment-date-in-future');
    expect(await enter('0')).toBe('invalid-input');
    const bankReference = `R-${newId()}`;
    expect(await enter('1', { bankReference, receivedOn: '2026-07-01' })).toBe('allowed');
    const other = await approvedClaim(desk, (await revokedAward()).caseId);
    for (const alike of [bankReference, bankReference.toLowerCase().replaceAll('-', ' ')]) {
      const again = repaymentOf(other, '1', { bankReference: alike });
      expect(await refusalOf(desk.as(desk.finance())(enterRepayment, again))).toBe(
        'bank-reference-used',
      );
    }
  });

  test('is repaid when another officer confirms it, and by the one who entered it never', async () => {
    const { caseId } = await revokedAward();
    const claim = await approvedClaim(desk, caseId);
    const [first, second] = [desk.finance(), desk.finance()];
    const entered = await desk.as(first)(enterRepayment, repaymentOf(claim, '10000000'));
    expect(entered).toMatchObject({
      status: 'approved',
      repaidFen: '0',
      repayments: [],
      pendingRepayment: { amountFen: '10000000', enteredByMe: true },
    });
    const confirm = (person: Person, view = entered) =>
      refusalOf(desk.as(person)(confirmRepayment, confirmationOf(view)));
    expect(await confirm(first)).toBe('duties-not-separated');
    const twice = repaymentOf(entered, '1');
    expect(await refusalOf(desk.as(second)(enterRepayment, twice))).toBe('clawback-state');
    const params = { clawbackId: claim.clawbackId };
    const seen = await desk.as(second)(readClawback, { params });
    expect(seen.pendingRepayment).toMatchObject({ enteredByMe: false });
    expect(await confirm(second, { ...seen, pendingRepayment: null })).toBe('clawback-state');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => confirm(desk.finance(), seen)),
    );
    expect(answers.filter((answer) => answer === 'allowed')).toHaveLength(1);
    const closed = await desk.as(second)(readClawback, { params });
    expect(closed).toMatchObject({ status: 'closed', pendingRepayment: null });
  });

  test('entered wrongly is taken back, and its bank reference is free again', async () => {
    const { caseId } = await revokedAward();
    const claim = await approvedClaim(desk, caseId);
    const first = desk.finance();
    const bankReference = `R-${newId()}`;
    const call = repaymentOf(claim, '5', { bankReference });
    const entered = await desk.as(first)(enterRepayment, call);
    const { params, body } = confirmationOf(entered);
    const back = await desk.as(first)(withdrawRepayment, {
      params,
      body: { ...body, reason: '登记有误' },
    });
    expect(back).toMatchObject({ repaidFen: '0', pendingRepayment: null });
    const again = repaymentOf(back, '6', { bankReference });
    expect(await refusalOf(desk.as(first)(enterRepayment, again))).toBe('allowed');
  });

  test('repeated with the same command is entered once; by twenty at once, once', async () => {
    const { caseId } = await revokedAward();
    const claim = await approvedClaim(desk, caseId);
    const payer = desk.finance();
    const call = repaymentOf(claim, '4000000');
    await desk.as(payer)(enterRepayment, call);
    const again = await desk.as(payer)(enterRepayment, call);
    expect(again.version).toBe(claim.version + 1);
    const part = await desk.as(desk.finance())(confirmRepayment, confirmationOf(again));
    expect(part.repaidFen).toBe('4000000');
    const rest = await Promise.all(
      Array.from({ length: 20 }, () =>
        refusalOf(desk.as(desk.finance())(enterRepayment, repaymentOf(part, '6000000'))),
      ),
    );
    expect(rest.filter((answer) => answer === 'allowed')).toHaveLength(1);
  });

  test('approved by ten at once is booked once', async () => {
    const { claim } = await revokedAward();
    const demanded = await demandOf(desk, claim);
    const before = await balanceOf(desk, 'receivable');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        refusalOf(desk.as(desk.officer())(approveClawback, approvalOf(demanded))),
      ),
    );
    expect(answers.filter((answer) => answer === 'allowed')).toHaveLength(1);
    expect((await balanceOf(desk, 'receivable')) - before).toBe(10_000_000n);
  });

  test('is approved by its hash, and sent back it can be demanded again', async () => {
    const { claim } = await revokedAward();
    const demanded = await demandOf(desk, claim);
    const other = { ...demanded, contentHash: '0'.repeat(64) };
    const approve = (view: typeof demanded) =>
      refusalOf(desk.as(desk.officer())(approveClawback, approvalOf(view)));
    expect(await approve(other)).toBe('content-changed');
    const back = await desk.as(desk.officer())(returnClawback, {
      params: { clawbackId: claim.clawbackId },
      body: { commandId: newId(), version: demanded.version, reason: '理由不清' },
    });
    expect(back).toMatchObject({ status: 'opened', contentHash: null });
    expect(await approve(demanded)).toBe('version-conflict');
    expect(await approve(await demandOf(desk, back))).toBe('allowed');
  });
});

describe('separate duties', () => {
  test('who demands does not approve, who claimed does not enter, who registered does neither', async () => {
    const { claim, registrar } = await revokedAward();
    const both: Person = { ...desk.officer(), roles: ['subsidy-officer', 'finance-officer'] };
    const desker: Person = { ...both, userId: registrar };
    expect(await refusalOf(demandOf(desk, claim, desker))).toBe('duties-not-separated');
    const demanded = await demandOf(desk, claim, both);
    const approve = (person: Person) =>
      refusalOf(desk.as(person)(approveClawback, approvalOf(demanded)));
    expect(await approve(both)).toBe('duties-not-separated');
    expect(await approve(desker)).toBe('duties-not-separated');
    const approver: Person = { ...both, userId: newId() };
    const approved = await desk.as(approver)(approveClawback, approvalOf(demanded));
    const enter = (person: Person) =>
      refusalOf(desk.as(person)(enterRepayment, repaymentOf(approved, '1')));
    expect(await enter(both)).toBe('duties-not-separated');
    expect(await enter(approver)).toBe('duties-not-separated');
    expect(await enter(desker)).toBe('duties-not-separated');
    const entered = await desk.as(desk.finance())(enterRepayment, repaymentOf(approved, '1'));
    for (const person of [both, approver, desker]) {
      const call = desk.as(person)(confirmRepayment, confirmationOf(entered));
      expect(await refusalOf(call)).toBe('duties-not-separated');
    }
    expect(
      await refusalOf(desk.as(desk.finance())(confirmRepayment, confirmationOf(entered))),
    ).toBe('allowed');
  });

  test('are kept by the database too, and no claim is over-repaid under plain SQL', async () => {
    const { claim } = await revokedAward();
    const demanded = await demandOf(desk, claim);
    const update = (change: string) =>
      desk.db.transaction().execute(async (trx) => {
        await sql`select set_config('jishi.desk', 'on', true)`.execute(trx);
        const where = `where clawback_id = '${claim.clawbackId}'`;
        await sql.raw(`update clawback set ${change} ${where}`).execute(trx);
      });
    await expect(update('approved_by = demanded_by')).rejects.toThrow(
      /clawback_approver_is_not_demander/,
    );
    await expect(update('repaid_fen = amount_fen + 1')).rejects.toThrow(
      /clawback_never_over_repaid/,
    );
    await expect(update("status = 'closed'")).rejects.toThrow(/clawback_closed_when_repaid/);
    expect(demanded.status).toBe('demanded');
  });

  test('keep people of a party out', async () => {
    const { claim, contract } = await revokedAward();
    const insider = { ...desk.officer(), partyId: contract.seller.partyId };
    expect(await refusalOf(demandOf(desk, claim, insider))).toBe('conflict-of-interest');
  });
});

describe('sight', () => {
  test('a party sees its own claim without the reason, another sees none', async () => {
    const { claim, contract } = await revokedAward();
    await demandOf(desk, claim);
    const own = desk.as(desk.memberOf(contract.buyer.partyId));
    const { items } = await own(listClawbacks);
    expect(items.map((item) => item.clawbackId)).toStrictEqual([claim.clawbackId]);
    const params = { clawbackId: claim.clawbackId };
    expect(await own(readClawback, { params })).toMatchObject({ demandReason: null });
    const other = desk.as(desk.memberOf(contract.seller.partyId));
    expect((await other(listClawbacks)).items).toStrictEqual([]);
    expect(await refusalOf(other(readClawback, { params }))).toBe('not-found');
  });

  test('a connection that says nothing sees no claim, and nothing that lies behind one', async () => {
    const { caseId } = await revokedAward();
    const claim = await approvedClaim(desk, caseId);
    await repay(desk, claim, '1');
    const tables = ['clawback', 'repayment', 'repayment_entry', 'reassessment'];
    for (const table of [...tables, 'contract_change', 'bank_answer_line', 'failed_line']) {
      const count = sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`;
      expect([table, (await count.execute(desk.db)).rows[0]?.n]).toStrictEqual([table, 0]);
    }
  });

  test('whose organisation nobody has checked sees no claim and no case of the party', async () => {
    const { caseId, claim, contract } = await revokedAward();
    const member = desk.memberOf(contract.buyer.partyId);
    const unchecked = { ...member, organisationVerified: false };
    const { organisationVerified: _, ...unsaid } = member;
    for (const person of [unchecked, unsaid]) {
      const as = desk.as(person);
      expect((await as(listClawbacks)).items).toStrictEqual([]);
      expect((await as(listCases)).items).toStrictEqual([]);
      expect((await as(listPayeeAccounts)).items).toStrictEqual([]);
      expect(await refusalOf(as(readCase, { params: { caseId } }))).toBe('not-found');
      const { clawbackId } = claim;
      expect(await refusalOf(as(readClawback, { params: { clawbackId } }))).toBe('not-found');
    }
    expect((await desk.as(member)(listPayeeAccounts)).items).toHaveLength(1);
  });

  test('the public notice marks an award claimed back in full, once the claim is approved', async () => {
    const { caseId, claim } = await revokedAward();
    const marked = async () => {
      const { items } = await desk.as(undefined)(listNotices, { query: { limit: 100 } });
      return items.find((item) => item.caseId === caseId)?.isClaimedBack;
    };
    expect([claim.status, await marked()]).toStrictEqual(['opened', false]);
    await approvedClaim(desk, caseId);
    expect(await marked()).toBe(true);
  });
});
