import { expect, test } from 'vitest';
import { en } from './en.ts';
import { fill, languageOf } from './words.tsx';
import { zh } from './zh.ts';

const gaps = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, g]) => g ?? '');
/** English may say an amount with its short unit. */
const sameGap = (gap: string): string => (gap === 'short' ? 'amount' : gap);

test('both dictionaries have the same keys', () => {
  expect(Object.keys(en).sort()).toStrictEqual(Object.keys(zh).sort());
});

test('a text has the same gaps in both languages', () => {
  for (const [key, text] of Object.entries(zh)) {
    const other = gaps(en[key as keyof typeof en])
      .map(sameGap)
      .sort();
    expect(other, key).toStrictEqual(gaps(text).sort());
  }
});

test('Chinese text uses full-width punctuation', () => {
  for (const [key, text] of Object.entries(zh)) {
    expect(/[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]/.test(text), key).toBe(false);
  }
});

test('a gap without a value stays visible', () => {
  expect(fill('剩 {n} 个', { n: 3 })).toBe('剩 3 个');
  expect(fill('剩 {n} 个', {})).toBe('剩 {n} 个');
});

test('Chinese unless the address says English', () => {
  expect(languageOf('')).toBe('zh');
  expect(languageOf('?lang=fr')).toBe('zh');
  expect(languageOf('?view=wall&lang=en')).toBe('en');
});
