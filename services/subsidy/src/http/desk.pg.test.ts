import { readFile } from 'node:fs/promises';
import { newId } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import {
  countQueues,
  decideCase,
  enterBankAnswerFile,
  listAudit,
  listBatchCandidates,
  listCases,
  listNotices,
  readBudget,
  readCase,
  readReconciliation,
} from '@jishi/contracts/subsidy/endpoints';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policyFromText } from '../store/policy-files.ts';
import { claimsOf, paidCase } from '../testing/clawback-steps.ts';
import { organisation, revokedItem, testContract } from '../testing/contracts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { approvedBatch } from '../testing/payment-steps.ts';
import { act, approvedCase, openCasesFor, registerAccount } from '../testing/steps.ts';

let desk: TestDesk;
beforeAll(async () => {
  const text = await readFile(
    new URL('../../policies/suzhou-transfer/parameters.yaml', import.meta.url),
    'utf8',
  );
  const withNotice = text.replace(/(noticeDays:[\s\S]*?value: )0/, '$17');
  expect(withNotice).not.toBe(text);
  desk = await openTestDesk('subsidy_desk', { loaded: policyFromText(withNotice) });
});
afterAll(() => desk.close());

const countsFor = async (person: Person): Promise<Record<string, number>> => {
  const { items } = await desk.as(person)(countQueues);
  return Object.fromEntries(items.map((item) => [item.queue, item.count]));
};

describe('queues', () => {
  test('hold what is to be done, and their counts are those of their lists', async () => {
    const { items } = await openCasesFor(desk);
    const [first] = items;
    if (!first) throw new Error('no case');
    const decider = desk.officer();
    await desk.as(decider)(decideCase, act(first));
    await approvedCase(desk);
    for (const person of [decider, desk.officer()]) {
      const counts = await countsFor(person);
      for (const [queue, count] of Object.entries(counts)) {
        const query = { queue: queue as 'to-decide' };
        const list = await desk.as(person)(listCases, { query });
        expect([queue, list.items.length]).toStrictEqual([queue, count]);
      }
    }
    expect(await countsFor(decider)).toMatchObject({ 'mine-waiting': 1, 'to-approve': 0 });
    expect(await countsFor(desk.officer())).toMatchObject({ 'mine-waiting': 0, 'to-approve': 1 });
  });

  test('go page by page without a gap, both ways, and filter by name, number and own acts', async () => {
    const buyer = organisation('enterprise', 'kunshan');
    for (let i = 0; i < 3; i++) await openCasesFor(desk, testContract({ buyer }));
    const officer = desk.officer();
    const find = desk.as(officer);
    for (const order of ['oldest', 'newest'] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: { items: { caseId: string }[]; next: string | null } = await find(listCases, {
          query: { limit: 2, order, q: buyer.name.slice(2), ...(after ? { after } : {}) },
        });
        seen.push(...page.items.map((item) => item.caseId));
        after = page.next;
      } while (after);
      expect(seen).toHaveLength(3);
      expect(seen).toStrictEqual(
        [...seen].sort().map((_, i, all) => {
          return order === 'oldest' ? all[i] : all[all.length - 1 - i];
        }),
      );
    }
    const all = await find(listCases, { query: { q: buyer.name } });
    const [line] = all.items;
    const number = line?.registrationNumber ?? '';
    const byNumber = await find(listCases, { query: { q: number.slice(0, 16) } });
    expect(byNumber.items.map((item) => item.role).sort()).toStrictEqual([
      ...['broker', 'buyer', 'seller'],
    ]);
    expect((await find(listCases, { query: { q: '%' } })).items).toStrictEqual([]);
    expect((await find(listCases, { query: { mine: 'yes' } })).items).toStrictEqual([]);
    if (line) await find(decideCase, act(line));
    expect((await find(listCases, { query: { mine: 'yes' } })).items).toHaveLength(1);
  });
});

describe('a case before it is decided', () => {
  test('shows officers what deciding will answer, line by line, and its party nothing of it', async () => {
    const { contract, items } = await openCasesFor(desk);
    const line = items.find((item) => item.role === 'buyer');
    const params = { caseId: line?.caseId ?? '' };
    const view = await desk.as(desk.officer())(readCase, { params });
    expect(view.proposal).toMatchObject({ outcome: 'award', awardFen: '10000000' });
    expect(view.trace.map((l) => [l.kind, l.amountFen, l.rateBp])).toStrictEqual([
      ['received', '200000000', null],
      ['base', '200000000', null],
      ['rate', null, 500],
      ['share', '10000000', null],
      ['cap', '50000000', null],
      ['cap-used', '0', null],
      ['cap-remaining', '50000000', null],
      ['award', '10000000', null],
    ]);
    expect(view.trace[0]?.source).toStrictEqual({
      kind: 'receipts',
      seqs: view.receipts.map((receipt) => receipt.seq),
    });
    const decided = await desk.as(desk.officer())(decideCase, act(view));
    expect(decided.decision?.content.awardFen).toBe(view.proposal?.awardFen);
    expect(decided.trace).toStrictEqual(view.trace);
    const seller = items.find((item) => item.role === 'seller');
    const own = await desk.as(desk.memberOf(contract.seller.partyId))(readCase, {
      params: { caseId: seller?.caseId ?? '' },
    });
    expect(own).toMatchObject({ proposal: null, trace: [] });
  });
});

describe('the public notice', () => {
  test('runs seven days from the approval, names the party, the role and the amount', async () => {
    const { contract, caseId } = await approvedCase(desk);
    const list = async () => {
      const { items } = await desk.as(undefined)(listNotices, { query: {} });
      return items.find((item) => item.caseId === caseId);
    };
    expect(await list()).toMatchObject({
      partyName: contract.buyer.name,
      awardFen: '10000000',
      ...{ from: '2026-07-01', lastDay: '2026-07-07', days: 7, isRunning: true },
    });
    desk.setNow('2026-07-07T15:59:59.999Z');
    expect((await list())?.isRunning).toBe(true);
    desk.setNow('2026-07-07T16:00:00.000Z');
    expect((await list())?.isRunning).toBe(false);
    const { items } = await desk.as(undefined)(listNotices, { query: { running: 'yes' } });
    expect(items).toStrictEqual([]);
  });
});

describe('candidates for a batch', () => {
  test('say what stands in the way of each, and who may not pay it', async () => {
    desk.setNow('2026-07-01T02:00:00.000Z');
    const { contract, caseId, decider } = await approvedCase(desk);
    const stateFor = async (person: Person) => {
      const { items } = await desk.as(person)(listBatchCandidates, { query: {} });
      return items.find((item) => item.caseId === caseId)?.state;
    };
    expect(await stateFor(desk.finance())).toBe('notice-running');
    desk.setNow('2026-07-08T02:00:00.000Z');
    expect(await stateFor(desk.finance())).toBe('payee-account-missing');
    await registerAccount(desk, contract.buyer.partyId, contract.buyer.name);
    expect(await stateFor(desk.finance())).toBe('ready');
    const both = { ...desk.finance(), userId: decider.userId };
    expect(await stateFor(both)).toBe('duties-not-separated');
    const payee = { ...desk.finance(), partyId: contract.buyer.partyId };
    expect(await stateFor(payee)).toBe('conflict-of-interest');
  });
});

describe('the bank file', () => {
  const fileOf = (
    batch: Awaited<ReturnType<typeof approvedBatch>>['batch'],
    change: (cells: string[]) => string[] = (cells) => cells,
  ): string => {
    const rows = batch.instructions.map((line, i) => {
      const yuan = (Number(line.amountFen) / 100).toFixed(2);
      return change([line.instructionId, line.payeeName, yuan, '成功', `B-${i + 1}`, '2026-07-09']);
    });
    return [
      '回执编号,ANS-1',
      `原文件SHA256,${batch.fileHash}`,
      '指令编号,收款户名,金额(元),结果,银行流水号,付款日期',
      ...rows.map((cells) => cells.join(',')),
    ].join('\r\n');
  };

  test('is matched line by line; right, it settles the batch with difference zero', async () => {
    const later = await openTestDesk('subsidy_bank_file');
    try {
      const { batch, checker } = await approvedBatch(later, 2);
      const send = (csv: string) =>
        later.as(checker)(enterBankAnswerFile, {
          params: { batchId: batch.batchId },
          body: { commandId: newId(), csv },
        });
      const wrong = await send(
        fileOf(batch, ([id = '', name = '', , ...rest]) => {
          return [id, name, '1.00', ...rest];
        }),
      );
      expect(wrong.applied).toBe(false);
      expect(wrong.problems.map((p) => [p.line, p.rule, p.expected, p.given])).toStrictEqual([
        [1, 'amount-differs', '10000000', '100'],
        [2, 'amount-differs', '10000000', '100'],
      ]);
      const before = await later.as(later.auditor())(readReconciliation);
      expect(before).toMatchObject({ sentFen: '20000000', openFen: '20000000', paidFen: '0' });
      expect((await send(fileOf(batch))).applied).toBe(true);
      const after = await later.as(later.auditor())(readReconciliation);
      expect(after).toMatchObject({ paidFen: '20000000', openFen: '0', differenceFen: '0' });
      const budget = await later.as(later.auditor())(readBudget);
      expect(budget.items).toMatchObject([
        { year: 2026, paidFen: '20000000', committedFen: '0', isBalanced: true },
      ]);
    } finally {
      await later.close();
    }
  });
});

describe('the trail', () => {
  test('tells who, when, from what to what and why; the ledger acts under its sequence', async () => {
    desk.setNow('2026-07-08T02:00:00.000Z');
    const found = await openTestDesk('subsidy_trail');
    try {
      const { contract, caseId, decider } = await paidCase(found);
      await found.feed((seq) => [revokedItem(seq, contract)]);
      expect(await claimsOf(found, caseId)).toHaveLength(1);
      const read = found.as(found.auditor());
      const { items } = await read(listAudit, { query: { subject: caseId } });
      expect(items.map((item) => item.act)).toStrictEqual([
        ...[
          'clawback-opened',
          'reassessed',
          'paid',
          'instructed',
          'batched',
          'approved',
          'decided',
        ],
      ]);
      expect(items[0]).toMatchObject({ userId: null, requestId: 'ledger-3', roles: [] });
      expect(items.at(-1)).toMatchObject({
        userId: decider.userId,
        roles: ['subsidy-officer'],
        before: { status: 'open' },
      });
      const first = await read(listAudit, { query: { subject: caseId, limit: 3 } });
      const query = { subject: caseId, limit: 10, after: first.next ?? '' };
      const rest = await read(listAudit, { query });
      expect([...first.items, ...rest.items]).toStrictEqual(items);
      const day = { from: '2026-07-01', until: '2026-07-02' };
      expect((await read(listAudit, { query: { ...day, subject: caseId } })).items).toHaveLength(7);
      const next = { from: '2026-07-02' };
      expect((await read(listAudit, { query: { ...next, subject: caseId } })).items).toHaveLength(
        0,
      );
    } finally {
      await found.close();
    }
  });
});
