import { expect, test } from 'vitest';
import { bookWords, registryWords } from './words.ts';

const gaps = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, g]) => g ?? '');

test.each([
  ['queue and review', registryWords],
  ['register', bookWords],
])('%s: both languages have the same keys and gaps, Chinese its own punctuation', (_, words) => {
  const zh: Readonly<Record<string, string>> = words.zh;
  const en: Readonly<Record<string, string>> = words.en;
  expect(Object.keys(en).sort()).toStrictEqual(Object.keys(zh).sort());
  for (const [key, text] of Object.entries(zh)) {
    expect(gaps(en[key] ?? '').sort(), key).toStrictEqual(gaps(text).sort());
    expect(/[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]/.test(text), key).toBe(false);
  }
});
