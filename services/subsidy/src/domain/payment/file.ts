import type { Id } from '@jishi/contracts/ids';
import type { Fen } from '@jishi/contracts/money';

/** One payment to be made: who, where to, how much, and what it is for. */
export interface Instruction {
  readonly instructionId: Id;
  readonly payeeName: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly amountFen: Fen;
  readonly reference: string;
}

const BYTE_ORDER_MARK = '\uFEFF';
const HEADER = ['指令编号', '收款户名', '开户银行', '收款账号', '金额(元)', '附言'];
/** A spreadsheet takes a text that begins so for a formula; half and full width. */
const FORMULA_START = /^[=+\-@＝＋－＠\t\r\n]/;

/** Yuan with two decimals, exact: 12345 fen is `123.45`. */
export const yuanText = (amountFen: Fen): string => {
  const digits = amountFen.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const cell = (text: string): string => {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * The payment file: CSV with byte order mark, CRLF, one line per instruction in the order given,
 * amounts in yuan with two decimals. A text that a spreadsheet would take for a formula gets a
 * leading apostrophe.
 */
export const paymentFile = (instructions: readonly Instruction[]): string => {
  const rows = instructions.map((line) => [
    line.instructionId,
    line.payeeName,
    line.bankName,
    line.accountNumber,
    yuanText(line.amountFen),
    line.reference,
  ]);
  return BYTE_ORDER_MARK + [HEADER, ...rows].map((r) => `${r.map(cell).join(',')}\r\n`).join('');
};
