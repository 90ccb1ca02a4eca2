import { expect, test } from 'vitest';
import { subsidyWords } from './words.ts';

const gaps = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, gap]) => gap ?? '').sort();

test('a text of these desks has the same gaps in both languages', () => {
  for (const [key, text] of Object.entries(subsidyWords.zh)) {
    expect(gaps(subsidyWords.en[key as keyof typeof subsidyWords.en]), key).toStrictEqual(
      gaps(text),
    );
  }
});

test('their Chinese uses full-width punctuation', () => {
  const halfWidth = /[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]/;
  const wrong = Object.entries(subsidyWords.zh).filter(([, text]) => halfWidth.test(text));
  expect(wrong).toStrictEqual([]);
});
