import { expect, test } from 'vitest';
import { readNeed } from './need-reading.ts';

const TODAY = '2026-11-22';
const marked = (text: string) => readNeed(text, TODAY).marks.map((m) => text.slice(m.start, m.end));

test('two sentences give budget, readiness, deadline and figures, each marked where it stands', () => {
  const text =
    '现用 PET 基膜在 180 ℃ 复合时收缩起皱,需要热收缩不超过 0.3% 的替代基材。' +
    '希望半年内能上中试线,预算 500 万元以内,许可或合作开发均可。';
  expect(readNeed(text, TODAY)).toMatchObject({
    budgetFen: '500000000',
    trlWanted: 6,
    deadline: '2027-05-22',
    dealTypes: ['licence', 'joint-development'],
  });
  expect(marked(text)).toStrictEqual([
    ...['180 ℃', '热收缩不超过 0.3%', '半年内', '上中试线', '预算 500 万元以内'],
    ...['许可', '合作开发'],
  ]);
});

test('decimals and 亿元 are exact fen', () => {
  expect(readNeed('经费约 37.5 万元', TODAY).budgetFen).toBe('37500000');
  expect(readNeed('1.2 亿元以内', TODAY).budgetFen).toBe('12000000000');
  expect(readNeed('budget under ¥1.5 million', TODAY).budgetFen).toBe('150000000');
});

test('a turnover is no budget, an age no deadline', () => {
  expect(readNeed('公司年产值 3 亿元', TODAY).budgetFen).toBeNull();
  expect(readNeed('成立 10 年', TODAY).deadline).toBeNull();
});

test('a stated level goes before words of maturity; nothing said is nothing read', () => {
  expect(readNeed('TRL 7 以上,已通过小试', TODAY).trlWanted).toBe(7);
  expect(readNeed('小试即可', TODAY).trlWanted).toBe(4);
  expect(readNeed('', TODAY)).toStrictEqual({
    ...{ budgetFen: null, trlWanted: null, dealTypes: [], deadline: null, marks: [] },
  });
});

test('a period from the 31st ends on a day that every month has', () => {
  expect(readNeed('3 个月内', '2026-11-30').deadline).toBe('2027-02-28');
  expect(readNeed('within 18 months', TODAY).deadline).toBe('2028-05-22');
  expect(readNeed('2 年内', TODAY).deadline).toBe('2028-11-22');
});
