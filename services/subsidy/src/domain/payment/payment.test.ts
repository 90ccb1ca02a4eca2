import { newId } from '@jishi/contracts/ids';
import { describe, expect, test } from 'vitest';
import { matchAnswer } from './bank-answer.ts';
import { paymentFile, yuanText } from './file.ts';
import { accountEffectiveFrom, nameKey } from './payee.ts';

const instruction = (payeeName: string, amountFen = 4_000_000n) => ({
  instructionId: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e5f',
  payeeName,
  bankName: '示例银行',
  accountNumber: '0012345678901234',
  amountFen,
  reference: '技术转移奖补',
});

describe('the payment file', () => {
  test('has a byte order mark, a head, one line per instruction, and two decimals', () => {
    expect(paymentFile([instruction('示例大学', 4_000_001n)])).toBe(
      '\uFEFF指令编号,收款户名,开户银行,收款账号,金额(元),附言\r\n' +
        '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e5f,示例大学,示例银行,0012345678901234,40000.01,技术转移奖补\r\n',
    );
  });

  test.each([
    [1n, '0.01'],
    [10n, '0.10'],
    [99n, '0.99'],
    [100n, '1.00'],
    [50_000_000n, '500000.00'],
  ])('writes %s fen as %s yuan', (amountFen, text) => {
    expect(yuanText(amountFen)).toBe(text);
  });

  test.each(['=1+1', '+1', '-1', '@x', '＝1'])('makes the formula %s a text', (name) => {
    expect(paymentFile([instruction(name)])).toContain(`,'${name},`);
  });

  test('quotes a name with a comma or a quote', () => {
    expect(paymentFile([instruction('甲,"乙"')])).toContain(',"甲,""乙""",');
  });
});

describe("the bank's answer", () => {
  const sent = [
    { instructionId: newId(), payeeName: '示例大学', amountFen: 100n, isAnswered: false },
    { instructionId: newId(), payeeName: '示例企业', amountFen: 200n, isAnswered: false },
  ];
  const right = sent.map((line, i) => ({
    instructionId: line.instructionId,
    payeeName: line.payeeName,
    amountFen: line.amountFen.toString(),
    result: 'paid',
    bankReference: `B${i + 1}`,
    paidOn: '2026-07-02',
  }));
  const [first, second] = right as [(typeof right)[0], (typeof right)[0]];

  test('counts when every line matches, all lines or a part of them', () => {
    expect(matchAnswer(sent, right).answered).toHaveLength(2);
    expect(matchAnswer(sent, [second]).answered.map((a) => a.instructionId)).toStrictEqual([
      second.instructionId,
    ]);
  });

  test.each([
    ['instruction-unknown', { instructionId: newId() }],
    ['payee-differs', { payeeName: '示例大学 ' }],
    ['amount-differs', { amountFen: '101' }],
    ['amount-differs', { amountFen: '99' }],
    ['amount-differs', { amountFen: '0100' }],
    ['result-unknown', { result: 'PAID' }],
    ['bank-reference-missing', { bankReference: ' ' }],
    ['date-not-valid', { paidOn: '2026-02-30' }],
  ] as const)('%s: one altered line takes the effect of all', (rule, change) => {
    const result = matchAnswer(sent, [{ ...first, ...change }, second]);
    expect(result.answered).toStrictEqual([]);
    expect(result.problems.map(({ line, rule: broken }) => ({ line, rule: broken }))).toStrictEqual(
      [{ line: 1, rule }],
    );
  });

  test('names an instruction that stands twice, and one answered before', () => {
    const repeated = matchAnswer(sent, [first, second, first]).problems;
    expect(repeated.map(({ line, rule }) => [line, rule])).toStrictEqual([
      [3, 'instruction-repeated'],
    ]);
    const answered = sent.map((line) => ({ ...line, isAnswered: true }));
    const late = matchAnswer(answered, [second]).problems;
    expect(late.map(({ line, rule }) => [line, rule])).toStrictEqual([[1, 'already-answered']]);
  });
});

describe('a payee account', () => {
  test('is used at once when it is the first, and after 48 hours when it is a change', () => {
    const at = '2026-07-01T02:00:00.000Z';
    expect(accountEffectiveFrom(false, at)).toBe(at);
    expect(accountEffectiveFrom(true, at)).toBe('2026-07-03T02:00:00.000Z');
  });

  test('names match in full and half width, and differ by one character', () => {
    expect(nameKey('示例(苏州) ABC')).toBe(nameKey('示例（苏州）abc'));
    expect(nameKey('示例大学')).not.toBe(nameKey('示例大学校'));
  });
});
