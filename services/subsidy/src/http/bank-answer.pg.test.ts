import { newId } from '@jishi/contracts/ids';
import {
  createBatch,
  enterBankAnswer,
  readBatch,
  readBooks,
  settleFailedLines,
} from '@jishi/contracts/subsidy/endpoints';
import type { AnswerLine, BatchView } from '@jishi/contracts/subsidy/payment';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { answerTo, approvedBatch, balanceOf, linesOf } from '../testing/payment-steps.ts';
import { refusalOf } from '../testing/steps.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_bank_answer');
});
afterAll(() => desk.close());

/** After every test, whatever it did: each entry balances and all accounts sum to zero. */
afterEach(async () => {
  const books = await desk.as(desk.auditor())(readBooks);
  expect(books).toMatchObject({ sumFen: '0', unbalancedEntries: 0, isBalanced: true });
});

describe("the bank's answer", () => {
  const mutations: [string, (line: AnswerLine) => AnswerLine][] = [
    ['one fen more', (l) => ({ ...l, amountFen: String(BigInt(l.amountFen) + 1n) })],
    ['one fen less', (l) => ({ ...l, amountFen: String(BigInt(l.amountFen) - 1n) })],
    ['ten times as much', (l) => ({ ...l, amountFen: `${l.amountFen}0` })],
    ['a leading zero', (l) => ({ ...l, amountFen: `0${l.amountFen}` })],
    ['yuan for fen', (l) => ({ ...l, amountFen: '100000.00' })],
    ['a negative amount', (l) => ({ ...l, amountFen: `-${l.amountFen}` })],
    ['no amount', (l) => ({ ...l, amountFen: '' })],
    ['another payee', (l) => ({ ...l, payeeName: '另一家公司' })],
    ['a payee with a space', (l) => ({ ...l, payeeName: `${l.payeeName} ` })],
    ['no payee', (l) => ({ ...l, payeeName: '' })],
    ['another instruction', (l) => ({ ...l, instructionId: newId() })],
    ['the id in capitals', (l) => ({ ...l, instructionId: l.instructionId.toUpperCase() })],
    ['no instruction', (l) => ({ ...l, instructionId: '' })],
    ['no result', (l) => ({ ...l, result: '' })],
    ['another result', (l) => ({ ...l, result: 'pending' })],
    ['no bank reference', (l) => ({ ...l, bankReference: '' })],
    ['a day that does not exist', (l) => ({ ...l, paidOn: '2026-02-29' })],
    ['a day of no year', (l) => ({ ...l, paidOn: '0000-01-01' })],
    ['another form of date', (l) => ({ ...l, paidOn: '02.07.2026' })],
  ];

  test('altered in any one thing changes nothing and names the line', async () => {
    const { batch, checker } = await approvedBatch(desk, 2);
    const read = () =>
      desk.as(checker)(readBatch, { params: { batchId: batch.batchId } }) as Promise<BatchView>;
    const [first, second] = linesOf(batch);
    if (!first || !second) throw new Error('two lines expected');
    for (const [name, alter] of mutations) {
      for (const lines of [
        [alter(first), second],
        [first, alter(second)],
      ]) {
        const result = await desk.as(checker)(enterBankAnswer, answerTo(batch, lines));
        const line = lines[0] === first ? 2 : 1;
        expect([name, result.applied, result.problems[0]?.line]).toStrictEqual([name, false, line]);
      }
    }
    const swapped = [
      { ...first, instructionId: second.instructionId },
      { ...second, instructionId: first.instructionId },
    ];
    const crossed = await desk.as(checker)(enterBankAnswer, answerTo(batch, swapped));
    expect(crossed.problems.map(({ line, rule }) => [line, rule])).toStrictEqual([
      [1, 'payee-differs'],
      [2, 'payee-differs'],
    ]);
    const otherFile = answerTo({ ...batch, fileHash: '0'.repeat(64) });
    const wrongHash = await desk.as(checker)(enterBankAnswer, otherFile);
    expect(wrongHash.problems).toMatchObject([{ line: 0, rule: 'file-hash' }]);
    expect(await read()).toStrictEqual(batch);
  });

  test('is taken once: again, by another command, or by another number', async () => {
    const { batch, checker } = await approvedBatch(desk);
    const paidBefore = await balanceOf(desk, 'paid');
    const answer = answerTo(batch);
    const first = await desk.as(checker)(enterBankAnswer, answer);
    expect(first).toMatchObject({ applied: true, batch: { status: 'settled' } });
    expect(await desk.as(checker)(enterBankAnswer, answer)).toStrictEqual(first);
    const again = { ...answer, body: { ...answer.body, commandId: newId() } };
    expect(await desk.as(checker)(enterBankAnswer, again)).toStrictEqual(first);
    const renumbered = await desk.as(checker)(enterBankAnswer, answerTo(batch));
    expect(renumbered.problems.map((problem) => problem.rule)).toStrictEqual(['already-answered']);
    expect((await balanceOf(desk, 'paid')) - paidBefore).toBe(10_000_000n);
  });

  test('entered by ten at once pays once', async () => {
    const { batch } = await approvedBatch(desk);
    const paidBefore = await balanceOf(desk, 'paid');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => desk.as(desk.finance())(enterBankAnswer, answerTo(batch))),
    );
    expect(answers.filter((answer) => answer.applied)).toHaveLength(1);
    expect((await balanceOf(desk, 'paid')) - paidBefore).toBe(10_000_000n);
  });

  test('may come in parts, and a number used for another content is refused', async () => {
    const { batch, checker } = await approvedBatch(desk, 2);
    const [first, second] = linesOf(batch);
    if (!first || !second) throw new Error('two lines expected');
    const part = await desk.as(checker)(enterBankAnswer, answerTo(batch, [first], 'A-1'));
    expect(part).toMatchObject({ applied: true, batch: { status: 'approved' } });
    const reused = await desk.as(checker)(enterBankAnswer, answerTo(batch, [second], 'A-1'));
    expect(reused.problems).toMatchObject([{ line: 0, rule: 'answer-number-used' }]);
    const rest = await desk.as(checker)(enterBankAnswer, answerTo(batch, [second], 'A-2'));
    expect(rest).toMatchObject({ applied: true, batch: { status: 'settled' } });
  });

  const failureOf = async (count = 1) => {
    const found = await approvedBatch(desk, count);
    const [first, ...rest] = linesOf(found.batch);
    if (!first) throw new Error('a line expected');
    const answer = answerTo(found.batch, [{ ...first, result: 'failed' }, ...rest]);
    const { batch } = await desk.as(found.checker)(enterBankAnswer, answer);
    return { ...found, batch };
  };
  const settlement = (batch: BatchView, outcome: 'confirmed' | 'rejected') => ({
    params: { batchId: batch.batchId },
    body: { commandId: newId(), version: batch.version, outcome },
  });

  test('that a payment failed puts the money back when another officer confirms it', async () => {
    const committed = await balanceOf(desk, 'committed');
    const { batch, checker, cases, maker } = await failureOf(2);
    expect(batch).toMatchObject({ status: 'approved' });
    expect(batch.instructions.map(({ status, failure }) => [status, failure?.enteredByMe])).toEqual(
      [
        ['sent', true],
        ['paid', undefined],
      ],
    );
    expect(await balanceOf(desk, 'committed')).toBe(committed);
    const body = () => ({
      commandId: newId(),
      batchId: newId(),
      caseIds: [cases[0]?.caseId ?? ''],
    });
    const payAgain = () => refusalOf(desk.as(maker)(createBatch, { body: body() }));
    expect(await payAgain()).not.toBe('allowed');
    const settle = (person: typeof maker) =>
      refusalOf(desk.as(person)(settleFailedLines, settlement(batch, 'confirmed')));
    expect(await settle(checker)).toBe('duties-not-separated');
    const paid = await desk.as(checker)(enterBankAnswer, answerTo(batch));
    expect(paid.problems.map((problem) => problem.rule)).toContain('already-answered');
    const answers = await Promise.all(Array.from({ length: 6 }, () => settle(desk.finance())));
    expect(answers.filter((answer) => answer === 'allowed')).toHaveLength(1);
    expect((await balanceOf(desk, 'committed')) - committed).toBe(10_000_000n);
    expect(await settle(maker)).toBe('version-conflict');
    expect(await payAgain()).toBe('allowed');
  });

  test('a failure that another officer rejects leaves the instruction waiting for the bank', async () => {
    const { batch, maker, checker } = await failureOf();
    const back = await desk.as(maker)(settleFailedLines, settlement(batch, 'rejected'));
    expect(back).toMatchObject({ status: 'approved', instructions: [{ failure: null }] });
    expect(await refusalOf(desk.as(maker)(settleFailedLines, settlement(back, 'confirmed')))).toBe(
      'batch-state',
    );
    const paid = await desk.as(checker)(enterBankAnswer, answerTo(batch));
    expect(paid).toMatchObject({ applied: true, batch: { status: 'settled' } });
  });

  test('no failure takes effect under plain SQL', async () => {
    const { batch } = await failureOf();
    const [line] = batch.instructions;
    const change = desk.db
      .updateTable('instruction')
      .set({ status: 'failed' })
      .where('instruction_id', '=', line?.instructionId ?? '')
      .execute();
    await expect(change).rejects.toThrow(/confirmed by a second officer/);
  });

  test('pays one line by one bank reference, in this answer and in later ones', async () => {
    const { batch, checker } = await approvedBatch(desk, 2);
    const bankReference = `PAY-${newId()}`;
    const [first, second] = linesOf(batch);
    if (!first || !second) throw new Error('two lines expected');
    const alike = { ...second, bankReference: bankReference.toLowerCase().replaceAll('-', '') };
    const named = { ...first, bankReference };
    const both = await desk.as(checker)(enterBankAnswer, answerTo(batch, [named, alike]));
    expect(both.problems).toMatchObject([{ line: 2, rule: 'bank-reference-used' }]);
    await desk.as(checker)(enterBankAnswer, answerTo(batch, [named]));
    const later = await desk.as(checker)(enterBankAnswer, answerTo(batch, [alike]));
    expect(later.problems).toMatchObject([{ line: 1, rule: 'bank-reference-used' }]);
  });

  test('is not entered by a member of a payee', async () => {
    const { batch, cases } = await approvedBatch(desk);
    const partyId = cases[0]?.contract.buyer.partyId ?? null;
    const call = desk.as({ ...desk.finance(), partyId })(enterBankAnswer, answerTo(batch));
    expect(await refusalOf(call)).toBe('conflict-of-interest');
  });
});
