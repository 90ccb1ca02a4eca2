import { expect, test } from 'vitest';
import { sampleSnapshot, youngSnapshot } from '../testing/sample-snapshot.ts';
import { zh } from '../words/zh.ts';
import { cellText } from './cell-text.ts';
import { fieldRows } from './field-bars.tsx';
import { gaugeFigures } from './gauge-figures.ts';
import { seriesFile } from './index-table.tsx';
import { lineData } from './line-data.ts';

const snapshot = sampleSnapshot();
const { gauge } = snapshot;

test('the gauge shows share, gap and pace from exact fen', () => {
  const figures = gaugeFigures(gauge);
  expect(figures.share).toBe('85.1%');
  expect(figures.gap).toBe(1_786_287_500_000n);
  expect(figures.over).toBeNull();
  expect(figures.pace).toBe('88.4%');
  expect(figures.fillPercent).toBe(85.11);
  expect(figures.tickPercent).toBe(88.4);
});

test('at the target nothing is missing and nothing is over; one fen more is over', () => {
  const at = gaugeFigures({ ...gauge, contractValueFen: '12000000000000' });
  expect([at.gap, at.over, at.fillPercent]).toStrictEqual([null, null, 100]);
  const over = gaugeFigures({ ...gauge, contractValueFen: '12000000000001' });
  expect([over.gap, over.over, over.fillPercent]).toStrictEqual([null, 1n, 100]);
});

test('without a target there is no share and no bar', () => {
  const figures = gaugeFigures({ ...gauge, target: null });
  expect([figures.share, figures.gap, figures.fillPercent]).toStrictEqual([null, null, 0]);
});

test('fields come largest first and withheld ones last, with no length', () => {
  const rows = fieldRows(snapshot.fields);
  expect(rows.map(({ code }) => code).slice(0, 2)).toStrictEqual(['manufacturing', 'electronics']);
  expect(rows[0]?.percent).toBe(100);
  expect(rows.slice(-2)).toStrictEqual([
    { code: 'aerospace', fen: null, percent: 0 },
    { code: 'nuclear', fen: null, percent: 0 },
  ]);
});

test('the line holds the last 24 closed months and never the running one', () => {
  const series = [...snapshot.overall.series];
  const running = { month: '2026-11', value: '9999.00', provisional: true } as const;
  const first = series[0];
  if (!first) throw new Error('no series');
  const longer = [{ ...first, month: '2024-10' }, ...series, { ...first, ...running }];
  const data = lineData({ ...snapshot, overall: { ...snapshot.overall, series: longer } });
  expect(data.months).toHaveLength(24);
  expect(data.months[0]?.month).toBe('2024-11');
  expect(data.last?.month).toBe('2026-10');
  expect(data.highest).toBe(1_120.87);
});

test('春节 is marked in January 2025 and February 2026', () => {
  const marked = lineData(snapshot).months.filter(({ springFestival }) => springFestival);
  expect(marked.map(({ month }) => month)).toStrictEqual(['2025-01', '2026-02']);
});

test('a value that is hidden or not defined is said in words with its reason', () => {
  const hidden = snapshot.industries.find(({ point }) => point?.state === 'hidden');
  expect(cellText(hidden?.point ?? null, zh)).toStrictEqual({
    text: '未公布',
    more: '合同太少，不公布',
    defined: false,
  });
  expect(cellText(youngSnapshot().overall.point, zh).text).toBe('尚未定义');
  expect(cellText(null, zh)).toStrictEqual({
    text: '尚未定义',
    more: '还没有已结束的月份',
    defined: false,
  });
});

test('the file carries the strings of the ledger and the head they are as of', () => {
  const [head, first] = seriesFile(snapshot).split('\r\n');
  expect(head).toBe('month,value,state,provisional,as_of_sequence');
  expect(first).toBe('2024-11,948.30,defined,false,184322');
});
