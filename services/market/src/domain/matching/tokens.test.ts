import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexedText } from './document.ts';
import { queryTerms } from './query.ts';
import { stem } from './stem.ts';
import { normalised, termCounts, tokensOf } from './tokens.ts';

const terms = (text: string): string[] => tokensOf(normalised(text)).map((t) => t.term);

test('a Han run gives each character and each pair of neighbours', () => {
  expect(terms('锂电池')).toStrictEqual(['锂', '锂电', '电', '电池', '池']);
});

test('blanks and signs separate: no pair spans them', () => {
  expect(terms('锂 电')).toStrictEqual(['锂', '电']);
  expect(terms('锂、电')).toStrictEqual(['锂', '电']);
  expect(terms('锂5电')).toStrictEqual(['锂', '5', '电']);
});

test('full-width letters and digits are the same as half-width ones', () => {
  expect(terms('ＰＥＭ电')).toStrictEqual(terms('PEM电'));
  expect(terms('①')).toStrictEqual(['1']);
});

test('a character beyond the basic plane is one character', () => {
  expect(terms('𠮷野')).toStrictEqual(['𠮷', '𠮷野', '野']);
  expect(tokensOf('𠮷野').map((t) => [t.start, t.end])).toStrictEqual([
    [0, 2],
    [0, 3],
    [2, 3],
  ]);
});

test('words are lower-cased and stemmed, function words left out, long noise dropped', () => {
  expect(terms('The Batteries of a charged CBN')).toStrictEqual(['batteri', 'charg', 'cbn']);
  expect(terms('x'.repeat(64))).toHaveLength(1);
  expect(terms('x'.repeat(65))).toHaveLength(0);
});

test.each([
  ['batteries', 'battery'],
  ['heating', 'heated'],
  ['stresses', 'stress'],
  ['coatings', 'coating'],
  ['rolling', 'rolled'],
  ['motors', 'motor'],
])('%s and %s have one stem', (a, b) => {
  expect(stem(a)).toBe(stem(b));
});

test.each(['gas', 'bus', 'ring', 'dc', 'ev', '4g', 'ip67'])('%s stays as it is', (word) => {
  expect(stem(word)).toBe(word);
});

test('every token stands where it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'锂电池 a1B、\n𠮷é') }), (raw) => {
      const text = normalised(raw);
      for (const { term, start, end } of tokensOf(text)) {
        const piece = text.slice(start, end).toLowerCase();
        expect(/\p{Script=Han}/u.test(term) ? piece : stem(piece)).toBe(term);
      }
    }),
  );
});

test('counts and lengths of an indexed text agree, for any text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'锂电池 ab') }),
      fc.string(),
      (title, text) => {
        const { titleLength, textLength, postings } = indexedText({ title, text });
        expect(postings.reduce((sum, p) => sum + p.inTitle, 0)).toBe(titleLength);
        expect(postings.reduce((sum, p) => sum + p.inText, 0)).toBe(textLength);
        expect(new Set(postings.map((p) => p.term)).size).toBe(postings.length);
      },
    ),
  );
});

test('a title weighs by count, its text a quarter and saturated', () => {
  const weights = new Map(
    queryTerms({ title: 'x1 x1 y2', text: 'y2 y2 y2 z3' }).map((t) => [t.term, t.weight]),
  );
  expect(weights).toStrictEqual(
    new Map([
      ['x1', 2],
      ['y2', 1 + 0.25 * 1.5],
      ['z3', 0.25],
    ]),
  );
});

test('without a title the text weighs whole, saturated', () => {
  expect(queryTerms({ title: ' ', text: 'y2 y2 y2' })).toStrictEqual([{ term: 'y2', weight: 1.5 }]);
});

test('nothing to look for gives no terms', () => {
  expect(queryTerms({ title: '', text: '、。 ' })).toStrictEqual([]);
  expect(termCounts('').size).toBe(0);
});
