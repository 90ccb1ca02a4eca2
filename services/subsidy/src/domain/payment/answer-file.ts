import { Refusal } from '@jishi/contracts/problem';
import { ANSWER_LINES_MAX, type AnswerLine } from '@jishi/contracts/subsidy/payment';

/**
 * The bank's answer as a CSV file:
 *   回执编号,<the bank's number of the answer>
 *   原文件SHA256,<SHA-256 of the payment file it carried out>
 *   指令编号,收款户名,金额(元),结果,银行流水号,付款日期
 *   … one line per instruction; 结果 is 成功 or 失败 (or paid, failed)
 */
export const ANSWER_COLUMNS = [
  '指令编号',
  '收款户名',
  '金额(元)',
  '结果',
  '银行流水号',
  '付款日期',
];

const NUMBER_LABEL = '回执编号';
const HASH_LABEL = '原文件SHA256';
const COLUMNS_LINE = 3;

const refuse = (line: number, zh: string, en: string): Refusal =>
  new Refusal('answer-file-not-read', {
    zh: `第 ${line} 行:${zh}`,
    en: `Line ${line}: ${en}`,
    fields: [{ field: `lines.${line}`, rule: 'answer-file-not-read', zh, en }],
  });

/** One line of CSV as its cells; a quoted cell may hold commas and doubled quotes. */
const cellsOf = (text: string, line: number): string[] => {
  const cells: string[] = [];
  let rest = text;
  for (;;) {
    const quoted = rest.match(/^"((?:[^"]|"")*)"(?=,|$)/);
    const plain = rest.match(/^[^",]*(?=,|$)/);
    const [whole] = quoted ?? plain ?? [];
    if (whole === undefined) throw refuse(line, '引号不成对', 'A quote is not closed');
    cells.push((quoted ? (quoted[1] ?? '').replaceAll('""', '"') : whole).trim());
    if (whole.length === rest.length) return cells;
    rest = rest.slice(whole.length + 1);
  }
};

/** A column's name without its brackets: half and full width are both written. */
const bare = (name: string): string => name.normalize('NFKC').replace(/[()]/g, '');

/** `123.45` and `1,234.5` in fen as text; anything else as it is, which then matches nothing. */
const fenText = (yuan: string): string => {
  const [, whole, part = ''] =
    yuan.replaceAll(',', '').match(/^(0|[1-9]\d{0,13})(?:\.(\d{1,2}))?$/) ?? [];
  return whole === undefined ? yuan : `${BigInt(whole + part.padEnd(2, '0'))}`;
};

const RESULTS: Readonly<Record<string, string>> = { 成功: 'paid', 失败: 'failed' };

/** The payment file marks a text that looks like a formula with an apostrophe; a bank echoes it. */
const withoutMark = (text: string): string => text.replace(/^'(?=[=+\-@＝＋－＠])/, '');

const labelled = (cells: readonly string[], line: number, label: string): string => {
  const [name, value = ''] = cells;
  if (name !== label || value === '') {
    throw refuse(line, `应为「${label},…」`, `«${label},…» is expected`);
  }
  return value;
};

/** Reads the file; refuses by line what is not of the form. What it says is judged elsewhere. */
export const readAnswerFile = (
  csv: string,
): { readonly answerNumber: string; readonly fileHash: string; readonly lines: AnswerLine[] } => {
  const rows = csv
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((text, i) => ({ line: i + 1, text }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ line, text }) => ({ line, cells: cellsOf(text, line) }));
  const [number, hash, columns, ...rest] = rows;
  const answerNumber = labelled(number?.cells ?? [], number?.line ?? 1, NUMBER_LABEL);
  const fileHash = labelled(hash?.cells ?? [], hash?.line ?? 2, HASH_LABEL);
  if (ANSWER_COLUMNS.some((name, i) => bare(columns?.cells[i] ?? '') !== bare(name))) {
    const expected = ANSWER_COLUMNS.join(',');
    throw refuse(
      columns?.line ?? COLUMNS_LINE,
      `列名应为 ${expected}`,
      `Columns ${expected} are expected`,
    );
  }
  if (rest.length === 0) throw refuse(COLUMNS_LINE + 1, '没有任何指令', 'No instruction at all');
  if (rest.length > ANSWER_LINES_MAX) {
    throw refuse(rest[ANSWER_LINES_MAX]?.line ?? 0, '行数过多', 'Too many lines');
  }
  const lines = rest.map(({ cells, line }) => {
    const [instructionId = '', payeeName = '', amount = '', result = '', ...more] = cells;
    if (cells.length < ANSWER_COLUMNS.length) {
      throw refuse(line, '列数不足', 'Columns are missing');
    }
    const [bankReference = '', paidOn = ''] = more;
    return {
      instructionId,
      payeeName: withoutMark(payeeName),
      amountFen: fenText(amount),
      result: RESULTS[result] ?? result,
      bankReference,
      paidOn,
    };
  });
  return { answerNumber: answerNumber.slice(0, 64), fileHash, lines };
};
