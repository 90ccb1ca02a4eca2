import { expect, test } from 'vitest';
import { bodyOfNeed, emptyNeed, readFrom, titleOf, valuesOfNeed } from './need-values.ts';

const EMPTY = emptyNeed({ district: 'kunshan', name: '王工', email: 'wang@example.cn' });

test('what is saved and read again is what the form held', () => {
  const values = {
    ...EMPTY,
    ...{ title: '低收缩基膜', text: '需要低收缩基膜', trlWanted: '6', budgetFen: '500' },
    ...{ dealTypes: ['licence' as const], deadline: '2027-05-22' },
  };
  expect(valuesOfNeed(bodyOfNeed(values))).toStrictEqual(values);
});

test('two sentences fill the form: title from what is wanted, the rest from the figures', () => {
  const text =
    '现用基膜收缩起皱,需要热收缩不超过 0.3% 的替代基材。半年内上中试线,预算 500 万元以内。';
  expect(readFrom(text, '2026-11-22')).toStrictEqual({
    title: '热收缩不超过 0.3% 的替代基材',
    ...{ trlWanted: '6', budgetFen: '500000000', dealTypes: [], deadline: '2027-05-22' },
  });
});

test('a first sentence of thirty characters is a title, one of thirty-one is cut', () => {
  expect(titleOf('甲'.repeat(30))).toHaveLength(30);
  expect(titleOf('甲'.repeat(31))).toHaveLength(30);
});
