import { exactYuan } from '../../format/amount.ts';
import { textOfFen } from '../../kit/text.ts';

/** `402,500.00`: exact yuan of a decimal string of fen. */
export const yuanOf = (fen: string | bigint): string => exactYuan(BigInt(fen));

/** `40.25` 万 for the words inside a bar; exact, no rounding. */
export const wanOf = (fen: string | bigint): string => textOfFen(BigInt(fen), 'wan');

/** 250 basis points as `2.5`. */
export const percentOf = (bp: number): string => {
  const digits = String(bp).padStart(3, '0');
  const rest = digits.slice(-2).replace(/0+$/, '');
  return rest ? `${digits.slice(0, -2)}.${rest}` : digits.slice(0, -2);
};
