import { newId } from '@jishi/contracts/ids';
import {
  approveBatch,
  approveCase,
  createBatch,
  decideCase,
  enterBankAnswer,
  listCases,
  readBatch,
  readBooks,
  readCase,
  settleFailedLines,
} from '@jishi/contracts/subsidy/endpoints';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readCursor } from '../store/ledger-view.ts';
import { claimsOf, instructedCase, paidCase } from '../testing/clawback-steps.ts';
import {
  amendedItem,
  deregisteredItem,
  organisation,
  registeredItem,
  reversedItem,
  revokedItem,
  testContract,
  verifiedItem,
} from '../testing/contracts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { answerTo, approval, balanceOf, linesOf } from '../testing/payment-steps.ts';
import { act, approvedCase, openCasesFor, refusalOf, registerAccount } from '../testing/steps.ts';
import { applyPage } from './follow-ledger.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_reassess');
});
afterAll(() => desk.close());

/** After every test, whatever it did: each entry balances and all accounts sum to zero. */
afterEach(async () => {
  const books = await desk.as(desk.auditor())(readBooks);
  expect(books).toMatchObject({ sumFen: '0', unbalancedEntries: 0, isBalanced: true });
});

const viewOf = (caseId: string) => desk.as(desk.auditor())(readCase, { params: { caseId } });

const buyerCase = async (contract = testContract()) => {
  const { items } = await openCasesFor(desk, contract);
  const found = items.find((item) => item.role === 'buyer');
  if (!found) throw new Error('no case for the buyer');
  return { contract, caseId: found.caseId, line: found };
};

const capUsedOf = async (partyId: string): Promise<bigint> => {
  const row = await desk.db
    .selectFrom('cap_usage')
    .select('used_fen')
    .where('party_id', '=', partyId)
    .executeTakeFirst();
  return row?.used_fen ?? 0n;
};

describe('a case not decided', () => {
  test.each([
    ['revoked', revokedItem],
    ['deregistered', deregisteredItem],
  ])('is closed when its contract is %s, and no act finds it open', async (_, item) => {
    const { contract, caseId, line } = await buyerCase();
    await desk.feed((seq) => [item(seq, contract)]);
    const view = await viewOf(caseId);
    expect(view).toMatchObject({ status: 'closed', baseFen: '200000000', awardFen: null });
    expect(view.reassessments).toMatchObject([{ outcome: 'closed', afterFen: '0' }]);
    const late = { ...line, version: view.version };
    expect(await refusalOf(desk.as(desk.officer())(decideCase, act(late)))).toBe('case-state');
  });

  test('counts no reversed receipt, and one that saw the old facts is refused', async () => {
    const { contract, caseId, line } = await buyerCase();
    const [receipt] = (await viewOf(caseId)).receipts;
    await desk.feed((seq) => [reversedItem(seq, contract, receipt?.receiptId ?? '')]);
    const view = await viewOf(caseId);
    expect(view).toMatchObject({
      status: 'open',
      baseFen: '0',
      proposal: { outcome: 'incomplete' },
    });
    expect(view.receipts).toMatchObject([{ countedFen: '0', reversedOn: '2026-07-10' }]);
    expect(await refusalOf(desk.as(desk.officer())(decideCase, act(line)))).toBe(
      'version-conflict',
    );
    const { items } = await desk.as(desk.officer())(listCases, { query: { queue: 'incomplete' } });
    expect(items.map((item) => item.caseId)).toContain(caseId);
  });
});

describe('an award that is approved and not paid', () => {
  test('goes back to the budget and the cap when the contract is revoked', async () => {
    const before = await balanceOf(desk, 'budget');
    const { contract, caseId } = await approvedCase(desk);
    expect((await balanceOf(desk, 'budget')) - before).not.toBe(0n);
    const committed = await balanceOf(desk, 'committed');
    await desk.feed((seq) => [revokedItem(seq, contract)]);
    expect(await viewOf(caseId)).toMatchObject({ status: 'closed', decision: null });
    expect(await capUsedOf(contract.buyer.partyId)).toBe(0n);
    expect(await balanceOf(desk, 'committed')).toBe(committed - 10_000_000n);
  });

  test('is decided anew on an amended base, with its cap free again', async () => {
    const { contract, caseId } = await approvedCase(desk);
    const technologyValueFen = '100000000';
    await desk.feed((seq) => [amendedItem(seq, contract, { private: { technologyValueFen } })]);
    const view = await viewOf(caseId);
    expect(view).toMatchObject({ status: 'open', baseFen: '100000000' });
    expect(await capUsedOf(contract.buyer.partyId)).toBe(0n);
    const again = await desk.as(desk.officer())(decideCase, act(view));
    expect(again.awardFen).toBe('5000000');
  });

  test('stays when the amendment changes nothing that it rests on', async () => {
    const { contract, caseId } = await approvedCase(desk);
    await desk.feed((seq) => [amendedItem(seq, contract, { private: { title: '另一题目' } })]);
    const view = await viewOf(caseId);
    expect(view).toMatchObject({ status: 'approved', contract: { title: '另一题目' } });
    expect(view.reassessments).toMatchObject([{ outcome: 'unchanged' }]);
  });

  test('leaves its batch, which is cancelled; the other case of it waits again', async () => {
    const [gone, kept] = [await approvedCase(desk), await approvedCase(desk)];
    for (const { contract } of [gone, kept]) {
      await registerAccount(desk, contract.buyer.partyId, contract.buyer.name);
    }
    const body = { commandId: newId(), batchId: newId(), caseIds: [gone.caseId, kept.caseId] };
    const batch = await desk.as(desk.finance())(createBatch, { body });
    await desk.feed((seq) => [revokedItem(seq, gone.contract)]);
    expect((await viewOf(gone.caseId)).status).toBe('closed');
    expect((await viewOf(kept.caseId)).status).toBe('approved');
    const params = { batchId: batch.batchId };
    expect((await desk.as(desk.auditor())(readBatch, { params })).status).toBe('cancelled');
    const late = refusalOf(desk.as(desk.finance())(approveBatch, approval(batch)));
    expect(await late).toBe('version-conflict');
  });

  test('approved by many while the ledger revokes: paid money or freed money, never both', async () => {
    for (let i = 0; i < 5; i++) {
      const { contract, caseId } = await approvedCase(desk);
      await registerAccount(desk, contract.buyer.partyId, contract.buyer.name);
      const body = { commandId: newId(), batchId: newId(), caseIds: [caseId] };
      const batch = await desk.as(desk.finance())(createBatch, { body });
      const approve = () => refusalOf(desk.as(desk.finance())(approveBatch, approval(batch)));
      const answers = await Promise.all([
        ...[approve(), approve(), approve()],
        desk.feed((seq) => [revokedItem(seq, contract)]),
      ]);
      const { status } = await viewOf(caseId);
      expect(status).toBe(answers.includes('allowed') ? 'instructed' : 'closed');
    }
  });
});

describe('a paid award', () => {
  test('is claimed back whole when the contract is revoked, once, however often it is told', async () => {
    const { contract, caseId } = await paidCase(desk);
    const from = await readCursor(desk.db);
    await desk.feed((seq) => [revokedItem(seq, contract)]);
    const claims = await claimsOf(desk, caseId);
    expect(claims).toMatchObject([
      { amountFen: '10000000', cause: 'revoked', causeSeq: from + 1, status: 'opened' },
    ]);
    await desk.feed((seq) => [deregisteredItem(seq, contract)]);
    expect(await claimsOf(desk, caseId)).toStrictEqual(claims);
    expect((await viewOf(caseId)).reassessments.map((r) => r.outcome)).toStrictEqual([
      ...['lower', 'unchanged'],
    ]);
  });

  test('is claimed back by the difference when one of two receipts was reversed', async () => {
    const contract = testContract();
    await openCasesFor(desk, contract, '100000000');
    const { caseId } = await paidCaseOfOpen(contract, '60000000');
    const receipts = (await viewOf(caseId)).receipts;
    const [, second] = receipts;
    await desk.feed((seq) => [reversedItem(seq, contract, second?.receiptId ?? '')]);
    expect(await claimsOf(desk, caseId)).toMatchObject([
      { amountFen: '3000000', cause: 'receipt-reversed' },
    ]);
  });

  test('is claimed back exactly when a declaration of related parties is corrected', async () => {
    const { contract, caseId } = await paidCase(desk);
    await desk.feed((seq) => [amendedItem(seq, contract, { public: { relatedParty: true } })]);
    const [claim] = await claimsOf(desk, caseId);
    expect(claim).toMatchObject({ amountFen: '10000000', cause: 'amended' });
    // Corrected again before anybody approved the claim: it is withdrawn, nothing is owed.
    await desk.feed((seq) => [amendedItem(seq, contract, {})]);
    expect(await claimsOf(desk, caseId)).toMatchObject([{ status: 'withdrawn' }]);
    expect((await viewOf(caseId)).clawedBackFen).toBe('0');
  });

  test('lowered twice before an approval has one claim of the whole difference', async () => {
    const { contract, caseId } = await paidCase(desk);
    for (const technologyValueFen of ['150000000', '100000000']) {
      await desk.feed((seq) => [amendedItem(seq, contract, { private: { technologyValueFen } })]);
    }
    const claims = await claimsOf(desk, caseId);
    expect(claims.map((claim) => [claim.status, claim.amountFen])).toStrictEqual([
      ['withdrawn', '2500000'],
      ['opened', '5000000'],
    ]);
  });

  test('keeps its cut: below the cut nothing is owed, and one fen over it a fen', async () => {
    // 5 % of ¥10,400,000 is ¥520,000, cut to ¥500,000, which is 5 % of ¥10,000,000.
    const large = { contractValueFen: '1040000000', technologyValueFen: '1040000000' };
    const contract = testContract({ private: large });
    const { caseId } = await paidCase(desk, contract, '1040000000');
    const lower = (technologyValueFen: string) =>
      desk.feed((seq) => [
        amendedItem(seq, contract, { private: { ...large, technologyValueFen } }),
      ]);
    await lower('1000000000');
    expect(await claimsOf(desk, caseId)).toStrictEqual([]);
    await lower('999999980');
    expect(await claimsOf(desk, caseId)).toMatchObject([{ amountFen: '1' }]);
  });

  test('of a party that left the contract is claimed back; the new one gets no second payment', async () => {
    const { contract, caseId } = await paidCase(desk);
    const buyer = organisation('enterprise', 'kunshan');
    await desk.feed((seq) => [amendedItem(seq, contract, { private: { buyer } })]);
    expect(await claimsOf(desk, caseId)).toMatchObject([
      { amountFen: '10000000', partyName: contract.buyer.name },
    ]);
    const query = { contractId: contract.contractId, role: 'buyer' as const };
    const { items } = await desk.as(desk.auditor())(listCases, { query });
    expect(items.map((item) => item.partyName)).toStrictEqual([contract.buyer.name]);
  });
});

/** The open case of a contract gets another receipt, is decided, approved and paid. */
const paidCaseOfOpen = async (contract: ReturnType<typeof testContract>, amountFen: string) => {
  await desk.feed((seq) => [verifiedItem(seq, contract, amountFen, newId())]);
  const query = { contractId: contract.contractId, role: 'buyer' as const };
  const { items } = await desk.as(desk.auditor())(listCases, { query });
  const [line] = items;
  if (!line) throw new Error('no case for the buyer');
  const params = { caseId: line.caseId };
  const decided = await desk.as(desk.officer())(decideCase, act(line));
  const contentHash = decided.decision?.contentHash ?? '';
  const body = { commandId: newId(), version: decided.version, contentHash };
  await desk.as(desk.officer())(approveCase, { params, body });
  await registerAccount(desk, contract.buyer.partyId, contract.buyer.name);
  const batch = await desk.as(desk.finance())(createBatch, {
    body: { commandId: newId(), batchId: newId(), caseIds: [line.caseId] },
  });
  const checker = desk.finance();
  const approved = await desk.as(checker)(approveBatch, approval(batch));
  await desk.as(checker)(enterBankAnswer, answerTo(approved));
  return { caseId: line.caseId };
};

describe('money on its way to the bank', () => {
  test('waits for the answer: paid, then claimed back', async () => {
    const { contract, caseId, batch, checker } = await instructedCase(desk);
    await desk.feed((seq) => [revokedItem(seq, contract)]);
    expect((await viewOf(caseId)).status).toBe('instructed');
    expect(await claimsOf(desk, caseId)).toStrictEqual([]);
    await desk.as(checker)(enterBankAnswer, answerTo(batch));
    expect(await claimsOf(desk, caseId)).toMatchObject([{ amountFen: '10000000' }]);
  });

  test('waits for the answer: failed, then closed and freed', async () => {
    const { contract, caseId, batch, checker, maker } = await instructedCase(desk);
    await desk.feed((seq) => [revokedItem(seq, contract)]);
    const lines = linesOf(batch).map((line) => ({ ...line, result: 'failed' }));
    const told = await desk.as(checker)(enterBankAnswer, answerTo(batch, lines));
    expect((await viewOf(caseId)).status).toBe('instructed');
    await desk.as(maker)(settleFailedLines, {
      params: { batchId: batch.batchId },
      body: { commandId: newId(), version: told.batch.version, outcome: 'confirmed' },
    });
    expect((await viewOf(caseId)).status).toBe('closed');
    expect(await capUsedOf(contract.buyer.partyId)).toBe(0n);
  });
});

describe('a contract told in one page', () => {
  test('registered, paid for, amended to another broker and revoked ends as told one by one', async () => {
    const [whole, single] = [testContract(), testContract()];
    const broker = organisation('institute');
    const story = (seq: number, contract: typeof whole) => [
      registeredItem(seq, contract, newId()),
      verifiedItem(seq + 1, contract, '200000000', newId()),
      amendedItem(seq + 2, contract, { private: { broker } }),
      revokedItem(seq + 3, contract),
    ];
    await desk.feed((seq) => story(seq, whole));
    const start = (await readCursor(desk.db)) + 1;
    for (const item of story(start, single)) await desk.feed(() => [item]);
    const endOf = async (contractId: string) => {
      const { items } = await desk.as(desk.auditor())(listCases, { query: { contractId } });
      return items.map((item) => [item.role, item.status, item.baseFen]);
    };
    const expected = [
      ['seller', 'closed', '200000000'],
      ['buyer', 'closed', '200000000'],
      ['broker', 'closed', '200000000'],
      ['broker', 'closed', '200000000'],
    ];
    expect(await endOf(whole.contractId)).toStrictEqual(expected);
    expect(await endOf(single.contractId)).toStrictEqual(expected);
  });

  test('applied by two followers at once has one effect', async () => {
    const { contract, caseId } = await paidCase(desk);
    const from = await readCursor(desk.db);
    const page = [revokedItem(from + 1, contract)];
    const dependencies = { db: desk.db, policies: desk.policies, clock: desk.clock, newId };
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => applyPage(dependencies, page, from)),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await claimsOf(desk, caseId)).toHaveLength(1);
  });
});
