import { refuseField } from '@jishi/contracts/problem';

/**
 * What no text of ours holds: control characters other than tab and line ends, halves of surrogate
 * pairs (PostgreSQL has no place for either), and marks that turn the reading direction round.
 */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u;

/** The same input with every text in Unicode's composed form (NFC); forbidden ones are refused. */
export const cleanText = (value: unknown, path: readonly string[] = []): unknown => {
  if (typeof value === 'string') {
    if (!FORBIDDEN.test(value)) return value.normalize('NFC');
    throw refuseField(
      ...(['invalid-input', path.join('.'), 'text'] as const),
      '含有控制字符、残缺的代理项或改变文字方向的字符',
      'Holds control characters, half of a surrogate pair, or marks that turn text round',
    );
  }
  if (Array.isArray(value)) return value.map((item, i) => cleanText(item, [...path, `${i}`]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, cleanText(part, [...path, key])]),
  );
};
