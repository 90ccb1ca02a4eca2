import type { AmountUnit } from '@jishi/contracts/market/import';
import { bad, fullWidth, good, plainText, quote, type Reading } from './cell.ts';

/** Places after the point of each unit, down to the fen. */
const PLACES: Readonly<Record<AmountUnit | 'yi', number>> = { yuan: 2, wan: 6, yi: 10 };
const UNIT_ZH: Readonly<Record<AmountUnit, string>> = { yuan: '元', wan: '万元' };
const UNIT_EN: Readonly<Record<AmountUnit, string>> = { yuan: 'yuan', wan: '10,000 yuan' };
const DIGITS_MAX = 18;

/** Decimal digits of a unit as whole fen; undefined when something is left below the fen. */
const fenOf = (digits: string, places: number): bigint | undefined => {
  const [whole = '', fraction = ''] = digits.split('.');
  if (/[1-9]/.test(fraction.slice(places))) return undefined;
  return BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
};

/** Whole fen in a unit, with two digits at least: 12500000n in yuan is `125000.00`. */
export const amountIn = (fen: bigint, unit: AmountUnit): string => {
  const places = PLACES[unit];
  const digits = fen.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '').padEnd(2, '0');
  return `${digits.slice(0, -places)}.${fraction}`;
};

const GROUPED = /^\d{1,3}(,\d{3})+(\.\d+)?$/;
const PLAIN = /^\d+(\.\d+)?$/;
const WITH_UNIT = /^(?:人民币|RMB|CNY|¥)?([\d,.]+)(亿元|亿|万元|万|元|圆)?整?$/i;

const NOT_AN_AMOUNT = (text: string, unit: AmountUnit) =>
  bad(
    'amount-form',
    `${quote(text)}不是金额。请写数字,单位${UNIT_ZH[unit]}`,
    `${quote(text)} is no amount. Write a number, in ${UNIT_EN[unit]}`,
  );

const tooPrecise = (text: string) =>
  bad(
    'amount-below-fen',
    `${quote(text)}不是整分:金额最多到分`,
    `${quote(text)} is no whole number of fen`,
  );

const otherUnit = (text: string, written: string, fen: bigint, unit: AmountUnit) => {
  const suggestion = amountIn(fen, unit);
  return bad(
    'amount-unit',
    `此列单位为${UNIT_ZH[unit]},${quote(text)}应写作 ${suggestion}`,
    `This column is in ${UNIT_EN[unit]}: ${quote(text)} (${written}) is written ${suggestion}`,
    suggestion,
  );
};

/**
 * An amount as whole fen, in the unit of its column. A number with the unit of the column, with
 * thousands separators or a currency mark is read; another unit is a question, with the answer
 * beside it. Never a float: the digits are moved, not multiplied.
 */
export const readAmount = (given: string, unit: AmountUnit): Reading<bigint> => {
  const wide = fullWidth(given);
  if (wide) return wide;
  const text = plainText(given).replace(/[\s_]/g, '');
  if (/^[-−(]/.test(text)) {
    return bad('amount-negative', '金额不得为负', 'An amount is not negative');
  }
  const [, number = '', named = ''] = WITH_UNIT.exec(text) ?? [];
  if (!GROUPED.test(number) && !PLAIN.test(number)) return NOT_AN_AMOUNT(given, unit);
  const digits = number.replaceAll(',', '');
  if (digits.replace('.', '').length > DIGITS_MAX) return NOT_AN_AMOUNT(given, unit);
  const written: AmountUnit | 'yi' = /^亿/.test(named)
    ? 'yi'
    : /^万/.test(named)
      ? 'wan'
      : named === ''
        ? unit
        : 'yuan';
  const fen = fenOf(digits, PLACES[written]);
  if (fen === undefined) return tooPrecise(given);
  if (fen.toString().length > DIGITS_MAX) return NOT_AN_AMOUNT(given, unit);
  return written === unit ? good(fen) : otherUnit(given, named, fen, unit);
};
