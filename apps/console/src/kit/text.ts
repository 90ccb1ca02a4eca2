import type { WordKey } from '../words/zh.ts';

/** Words of the kit that stand in the main dictionary. */
export type KitWord = WordKey;

/** 16 digits in groups of four, as people read and compare them. */
export const groupedNumber = (number: string): string => number.replace(/(\d{4})(?=\d)/g, '$1 ');

const YUAN_TEXT = /^(\d{1,12})(?:\.(\d{1,2}))?$/;
const WAN_TEXT = /^(\d{1,9})(?:\.(\d{1,6}))?$/;

/** Typed yuan or 万元 as whole fen; null when it is not an amount with whole fen. */
export const fenOfText = (text: string, unit: 'yuan' | 'wan'): bigint | null => {
  const clean = text.replace(/[,，\s]/g, '');
  const found = (unit === 'yuan' ? YUAN_TEXT : WAN_TEXT).exec(clean);
  if (!found) return null;
  const decimals = unit === 'yuan' ? 2 : 6;
  return BigInt(found[1] + (found[2] ?? '').padEnd(decimals, '0'));
};

/** Whole fen as somebody would type them, without zeros at the end: `12.5` 万元. */
export const textOfFen = (fen: bigint, unit: 'yuan' | 'wan'): string => {
  const decimals = unit === 'yuan' ? 2 : 6;
  const digits = fen.toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const rest = digits.slice(cut).replace(/0+$/, '');
  return rest ? `${digits.slice(0, cut)}.${rest}` : digits.slice(0, cut);
};
