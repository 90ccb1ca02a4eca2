import { Refusal } from '@jishi/contracts/problem';
import { describe, expect, test } from 'vitest';
import { readAnswerFile } from './answer-file.ts';

const HEAD = ['回执编号,ANS-1', `原文件SHA256,${'a'.repeat(64)}`];
const COLUMNS = '指令编号,收款户名,金额(元),结果,银行流水号,付款日期';
const file = (...lines: string[]): string => [...HEAD, COLUMNS, ...lines].join('\r\n');

const refusalOf = (csv: string): string => {
  try {
    readAnswerFile(csv);
    return 'read';
  } catch (error) {
    if (error instanceof Refusal) return error.detail.fields?.[0]?.field ?? error.type;
    throw error;
  }
};

describe("a bank's answer file", () => {
  test('is read with byte order mark, quotes, full-width brackets and empty lines', () => {
    const text = `\uFEFF${file('I-1,"示例,公司 ""甲""",100.5,成功,B-1,2026-07-02', '')}\r\n`;
    expect(readAnswerFile(text.replace('金额(元)', '金额（元）'))).toStrictEqual({
      answerNumber: 'ANS-1',
      fileHash: 'a'.repeat(64),
      lines: [
        {
          instructionId: 'I-1',
          payeeName: '示例,公司 "甲"',
          amountFen: '10050',
          result: 'paid',
          bankReference: 'B-1',
          paidOn: '2026-07-02',
        },
      ],
    });
  });

  test.each([
    ['0.01', '1'],
    ['1,234.50', '123450'],
    ['7', '700'],
    ['1.005', '1.005'],
    ['-1.00', '-1.00'],
    ['01.00', '01.00'],
  ])('an amount of %s yuan is %s fen, or stays what it is', (yuan, fen) => {
    const csv = file(`I-1,甲,"${yuan}",失败,B-1,2026-07-02`);
    expect(readAnswerFile(csv).lines).toMatchObject([{ amountFen: fen, result: 'failed' }]);
  });

  test('a mark against formulas is taken off again', () => {
    const csv = file("I-1,'=甲,1.00,paid,B-1,2026-07-02");
    expect(readAnswerFile(csv).lines).toMatchObject([{ payeeName: '=甲' }]);
  });

  test.each([
    ['', 'lines.1'],
    [[HEAD[1], HEAD[0], COLUMNS, 'x'].join('\n'), 'lines.1'],
    [[HEAD[0], '原文件SHA256,', COLUMNS, 'x'].join('\n'), 'lines.2'],
    [[...HEAD, COLUMNS.replace('结果,', ''), 'x'].join('\n'), 'lines.3'],
    [[...HEAD, COLUMNS].join('\n'), 'lines.4'],
    [file('I-1,甲,1.00,成功'), 'lines.4'],
    [file('I-1,甲,1.00,成功,B-1,2026-07-02', 'I-2,"甲,1.00,成功,B-2,2026-07-02'), 'lines.5'],
  ])('what is not of the form is refused by its line: %j', (csv, line) => {
    expect(refusalOf(csv)).toBe(line);
  });
});
