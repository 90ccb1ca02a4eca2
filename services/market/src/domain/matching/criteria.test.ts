import type { ListingContent } from '@jishi/contracts/market/listing';
import type { CriterionName, NeedSketch } from '@jishi/contracts/market/matching';
import { expect, test } from 'vitest';
import { factLines, inShownOrder, tally, wordsLine } from './criteria.ts';

const NEED: NeedSketch = {
  title: '薄壁件磨削变形控制',
  text: '',
  fieldCode: 'manufacturing',
  industryCode: 'C',
  district: 'kunshan',
  trlWanted: 6,
  budgetFen: '100000000',
  dealTypes: ['licence'],
  deadline: '2027-03-31',
};
const RESULT: ListingContent = {
  title: '低应力磨削工艺',
  problemSolved: '',
  summary: '',
  gain: null,
  closestAlternative: '',
  trl: 6,
  trlEvidence: '',
  intellectualProperty: [],
  fieldCode: 'manufacturing',
  industryCode: 'C',
  district: 'kunshan',
  dealTypes: ['licence', 'transfer'],
  price: { mode: 'fixed', priceFen: '100000000' },
  venue: null,
};
const TODAY = '2026-11-20';

const judge = (
  criterion: CriterionName,
  need: Partial<NeedSketch>,
  result: Partial<ListingContent> = {},
) => {
  const lines = factLines({ ...NEED, ...need }, { ...RESULT, ...result }, TODAY);
  const line = lines.find((l) => l.criterion === criterion);
  return line && [line.verdict, line.hard, line.note?.zh ?? null];
};

test('every match has the same lines in the same order', () => {
  const names = factLines(NEED, RESULT, TODAY).map((l) => l.criterion);
  expect([wordsLine([]).criterion, ...names]).toStrictEqual([
    'words',
    'field',
    'industry',
    'district',
    'trl',
    'price',
    'deal-type',
    'deadline',
  ]);
});

test('a readiness at or above the wanted is met, one below is near, two below rules out', () => {
  expect(judge('trl', {}, { trl: 7 })).toStrictEqual(['met', false, null]);
  expect(judge('trl', {}, { trl: 6 })).toStrictEqual(['met', false, null]);
  expect(judge('trl', {}, { trl: 5 })).toStrictEqual(['near', false, '低 1 级']);
  expect(judge('trl', {}, { trl: 4 })).toStrictEqual(['missed', true, '低 2 级']);
  expect(judge('trl', { trlWanted: null })).toStrictEqual(['unknown', false, null]);
});

test.each([
  ['100000000', ['met', false, null]],
  ['100000001', ['near', false, '超预算 0.00 万元']],
  ['110000000', ['near', false, '超预算 10.00 万元']],
  ['110000001', ['missed', false, '超预算 10.00 万元']],
  ['150000000', ['missed', false, '超预算 50.00 万元']],
  ['150000001', ['missed', true, '超预算 50.00 万元']],
  ['280000000', ['missed', true, '超预算 180.00 万元']],
])('a price of %s fen against a budget of ¥1 000 000 is %j', (priceFen, verdict) => {
  expect(judge('price', {}, { price: { mode: 'fixed', priceFen } })).toStrictEqual(verdict);
});

test('a negotiable price and an unnamed budget are unknown, never missed', () => {
  expect(judge('price', {}, { price: { mode: 'negotiable' } })).toStrictEqual([
    'unknown',
    false,
    null,
  ]);
  expect(judge('price', { budgetFen: null })).toStrictEqual(['unknown', false, null]);
});

test('a budget of nothing rules out every price but nothing', () => {
  expect(judge('price', { budgetFen: '0' })?.[1]).toBe(true);
  expect(judge('price', { budgetFen: '0' }, { price: { mode: 'fixed', priceFen: '0' } })?.[0]).toBe(
    'met',
  );
});

test('one deal type in common is met, none rules out, none wanted is unknown', () => {
  expect(judge('deal-type', {})).toStrictEqual(['met', false, null]);
  expect(judge('deal-type', { dealTypes: ['service'] })).toStrictEqual(['missed', true, null]);
  expect(judge('deal-type', { dealTypes: [] })).toStrictEqual(['unknown', false, null]);
});

test('the same district is met, another of the city near, elsewhere missed', () => {
  expect(judge('district', {})?.[0]).toBe('met');
  expect(judge('district', {}, { district: 'sip' })?.[0]).toBe('near');
  expect(judge('district', {}, { district: 'outside' })?.[0]).toBe('missed');
  expect(judge('district', { district: 'abroad' })?.[0]).toBe('missed');
  expect(judge('district', { district: null })?.[0]).toBe('unknown');
});

test('another field or industry is missed, but rules nothing out', () => {
  expect(judge('field', { fieldCode: 'materials' })).toStrictEqual(['missed', false, null]);
  expect(judge('industry', { industryCode: 'M' })).toStrictEqual(['missed', false, null]);
  expect(judge('field', { fieldCode: null })?.[0]).toBe('unknown');
});

test('a deadline of today can still be kept, one of yesterday has passed', () => {
  expect(judge('deadline', { deadline: TODAY })?.[0]).toBe('unknown');
  expect(judge('deadline', { deadline: '2026-11-19' })?.[0]).toBe('missed');
});

test('two phrases or one of four characters are met, one short one is near, none missed', () => {
  expect(wordsLine([]).verdict).toBe('missed');
  expect(wordsLine(['磨削']).verdict).toBe('near');
  expect(wordsLine(['磨削', '钛合']).verdict).toBe('met');
  expect(wordsLine(['薄壁零件']).verdict).toBe('met');
});

test('what is not known counts neither as met nor as asked', () => {
  const lines = factLines({ ...NEED, budgetFen: null }, { ...RESULT, trl: 5 }, TODAY);
  expect(tally(lines)).toStrictEqual({ met: 4, known: 5, hardMiss: false });
});

test('hard misses stand below every other match, those put aside below them', () => {
  const match = (name: string, hardMiss: boolean, rejected: object | null) => ({
    name,
    hardMiss,
    rejected,
  });
  const ranked = [
    match('aside', false, {}),
    match('hard 1', true, null),
    match('good 1', false, null),
    match('hard 2', true, null),
    match('good 2', false, null),
  ];
  expect(inShownOrder(ranked).map((m) => m.name)).toStrictEqual([
    'good 1',
    'good 2',
    'hard 1',
    'hard 2',
    'aside',
  ]);
});
