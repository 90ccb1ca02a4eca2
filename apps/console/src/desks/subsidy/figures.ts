import { exactYuan } from '../../format/amount.ts';
import { textOfFen } from '../../kit/text.ts';
import type { Language } from '../../words/words.tsx';

/** `402,500.00`: exact yuan of a decimal string of fen. */
export const yuanOf = (fen: string | bigint): string => exactYuan(BigInt(fen));

/** `40.25万`, in English `402,500`, for the words inside a bar; exact, no rounding. */
export const barText = (fen: string | bigint, language: Language): string =>
  language === 'zh' ? `${textOfFen(BigInt(fen), 'wan')}万` : yuanOf(fen).replace(/\.00$/, '');

/** Steps or numbers in a row: `2、3`, in English `2, 3`. */
export const listed = (parts: readonly (string | number)[], language: Language): string =>
  parts.join(language === 'zh' ? '、' : ', ');

/** 250 basis points as `2.5`. */
export const percentOf = (bp: number): string => {
  const digits = String(bp).padStart(3, '0');
  const rest = digits.slice(-2).replace(/0+$/, '');
  return rest ? `${digits.slice(0, -2)}.${rest}` : digits.slice(0, -2);
};
