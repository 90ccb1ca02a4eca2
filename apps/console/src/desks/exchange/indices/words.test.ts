import { expect, test } from 'vitest';
import { indicesWords } from './words.ts';

const gaps = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, gap]) => gap ?? '').sort();

test('a text of the indices has the same gaps in both languages', () => {
  for (const [key, text] of Object.entries(indicesWords.zh)) {
    const other = indicesWords.en[key as keyof typeof indicesWords.en];
    expect(gaps(other), key).toStrictEqual(gaps(text));
  }
});

test('their Chinese uses full-width punctuation', () => {
  const halfWidth = /[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]/;
  const wrong = Object.entries(indicesWords.zh).filter(([, text]) => halfWidth.test(text));
  expect(wrong).toStrictEqual([]);
});
