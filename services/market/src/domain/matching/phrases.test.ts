import type { ListingContent } from '@jishi/contracts/market/listing';
import type { NeedSketch } from '@jishi/contracts/market/matching';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hintFor } from './hint.ts';
import { marksOf } from './marks.ts';
import { commonPhrases, tellingTerms } from './phrases.ts';

const COMMON = new Set(['零件']);
const telling = (term: string): number => (COMMON.has(term) ? 0 : 5);

test('the longest stretch that both say is one phrase, the most telling first', () => {
  const asked = { title: '薄壁件磨削变形控制', text: '需要 CBN 砂轮' };
  const found = { title: '钛合金薄壁件低应力磨削', summary: '采用cbn砂轮,变形小' };
  const phrases = commonPhrases(asked, found, telling);
  expect(phrases[0]).toBe('薄壁件');
  expect([...phrases].sort()).toStrictEqual(['CBN', '变形', '砂轮', '磨削', '薄壁件']);
});

test('what nearly every record says explains nothing', () => {
  expect(commonPhrases({ t: '零件' }, { t: '零件' }, telling)).toStrictEqual([]);
  expect(commonPhrases({ t: '技术、研究' }, { t: '研究与技术' }, telling)).toStrictEqual([]);
});

test('a phrase within a longer one is not repeated', () => {
  const phrases = commonPhrases({ title: '锂电池', text: '电池' }, { t: '锂电池' }, telling);
  expect(phrases).toStrictEqual(['锂电池']);
});

test('a phrase never spans a blank or a sign of either side', () => {
  expect(commonPhrases({ t: '锂 电' }, { t: '锂电' }, telling)).toStrictEqual([]);
  expect(commonPhrases({ t: '锂电' }, { t: '锂、电' }, telling)).toStrictEqual([]);
});

test('inflected English words are the same word and are shown as asked', () => {
  expect(commonPhrases({ t: 'Coated turbines' }, { t: 'turbine coating' }, telling)).toStrictEqual([
    'Coated',
    'turbines',
  ]);
});

test('at most six phrases are shown', () => {
  const many = '锂电、磨削、薄壁、砂轮、变形、陶瓷、光伏、催化';
  expect(commonPhrases({ t: many }, { t: many }, telling)).toHaveLength(6);
});

test('pairs and words are looked up, single characters are not', () => {
  expect(tellingTerms({ t: '锂电池 CBN' })).toStrictEqual(['锂电', '电池', 'cbn']);
});

test('marks stand in the text as it was given, folded forms and inflections included', () => {
  const text = '采用ＣＢＮ砂轮与 coatings';
  const marks = marksOf({ text }, ['CBN', '砂轮', 'coated']);
  expect(marks.map((m) => text.slice(m.start, m.end))).toStrictEqual(['ＣＢＮ砂轮', 'coatings']);
});

test('a ligature that folds into several characters is marked whole', () => {
  const text = '㎏ 磨削';
  expect(marksOf({ text }, ['kg'])).toStrictEqual([{ field: 'text', start: 0, end: 1 }]);
});

test('marks are in order, do not overlap and lie within the text, for any text', () => {
  const unit = fc.constantFrom(...'锂电池ＡaB1 、㎏');
  fc.assert(
    fc.property(fc.string({ unit }), fc.array(fc.string({ unit, minLength: 1 })), (text, raw) => {
      const marks = marksOf({ text }, raw.map((p) => p.normalize('NFKC').trim()).filter(Boolean));
      let before = 0;
      for (const { start, end } of marks) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        before = end;
      }
    }),
  );
});

const NEED: NeedSketch = {
  title: '薄壁件磨削',
  text: '壁厚小于一毫米的钛合金零件在磨削之后变形不超过百分之二毫米,批量生产时要稳定,节拍不低于现有的水平。',
  fieldCode: null,
  industryCode: null,
  district: null,
  trlWanted: null,
  budgetFen: null,
  dealTypes: [],
  deadline: null,
};
const result = (over: Partial<ListingContent>): ListingContent => ({
  title: '磨削工艺',
  problemSolved: '',
  summary: '',
  gain: null,
  closestAlternative: '',
  trl: 6,
  trlEvidence: '',
  intellectualProperty: [],
  fieldCode: 'manufacturing',
  industryCode: 'C',
  district: 'sip',
  dealTypes: ['licence'],
  price: { mode: 'negotiable' },
  venue: null,
  ...over,
});

test('a text of 39 characters wants more text, one of 40 does not', () => {
  const results = [result({ trl: 3 }), result({ trl: 7 })];
  expect(hintFor({ ...NEED, text: '磨'.repeat(39) }, results)?.field).toBe('text');
  expect(hintFor({ ...NEED, text: '磨'.repeat(40) }, results)?.field).toBe('trlWanted');
});

test('the hint is the fact that sets most results apart', () => {
  const prices = ['1', '2', '3'].map((priceFen) => result({ price: { mode: 'fixed', priceFen } }));
  expect(hintFor(NEED, prices)?.field).toBe('budgetFen');
  expect(hintFor(NEED, [result({}), result({ fieldCode: 'materials' })])?.field).toBe('fieldCode');
  expect(hintFor({ ...NEED, budgetFen: '5' }, prices)).toBeNull();
});

test('a fact in which all results agree is not asked for', () => {
  expect(hintFor(NEED, [result({}), result({})])).toBeNull();
});
