import { expect, test } from 'vitest';
import { waterfallOf } from '../../../live/waterfall-data.ts';
import { sampleContributions } from '../../../testing/sample-contributions.ts';
import { sampleSeries } from '../../../testing/sample-index.ts';
import { seriesName } from '../cell-name.ts';
import { largestParts } from './largest-parts.ts';
import { ALL_SERIES, askedSeries, seriesOfText } from './series-choice.ts';
import { gapsOf, isRestated, vintageLines, vintageRows } from './vintage-rows.ts';

const seriesAt = (vintage: string) => sampleSeries('city', 1, vintage);
const rows = vintageRows(seriesAt('first'), seriesAt('latest'), seriesAt('restated'));
const never = () => false;

test('the city has two windows, every cell one of three months', () => {
  expect(askedSeries('city')).toStrictEqual({ cell: 'city', window: 1 });
  expect(askedSeries('city@12')).toStrictEqual({ cell: 'city', window: 12 });
  expect(askedSeries('field:energy')).toStrictEqual({ cell: 'field:energy', window: 3 });
  expect(new Set(ALL_SERIES).size).toBe(ALL_SERIES.length);
  expect(ALL_SERIES).toHaveLength(2 + 10 + 20 + 11);
});

test('an address with an unknown series shows the city', () => {
  expect(seriesOfText('city@12')).toBe('city@12');
  expect(seriesOfText('district:atlantis')).toBe('city');
  expect(seriesOfText(null)).toBe('city');
  expect(seriesName('city@12', 'zh')).toBe('全市近12个月');
});

test('the vintages of a month stand side by side, and what is published is shown first', () => {
  const row = rows.find(({ period }) => period === '2025-05');
  expect(row?.shown).toBe(row?.latest);
  expect(row?.latest?.vintage?.vintage).toBe(2);
  expect(row && isRestated(row)).toBe(true);
  expect(rows.filter(isRestated)).toHaveLength(3);
});

test('before its publication a month shows what is known now, and has no vintage', () => {
  const latest = seriesAt('latest');
  const unpublished = { ...latest, points: latest.points.slice(0, -1) };
  const last = vintageRows(seriesAt('first'), unpublished, seriesAt('restated')).at(-1);
  expect([last?.latest, last?.shown]).toStrictEqual([null, last?.restated]);
});

test('the public has no restated line, and a running month is in no line', () => {
  const latest = seriesAt('latest');
  const points = latest.points.map((point, i) =>
    i === latest.points.length - 1 ? { ...point, provisional: true, vintage: null } : point,
  );
  const lines = vintageLines(
    vintageRows(seriesAt('first'), { ...latest, points }, undefined),
    never,
    1000,
  );
  expect(lines.months).toHaveLength(points.length - 1);
  expect(lines.restated.every((value) => value === null)).toBe(true);
});

test('the label of a revision stands where the value changed, and nowhere else', () => {
  const marks = vintageLines(rows, never, 1000).months.flatMap(({ mark }) => (mark ? [mark] : []));
  expect(marks).toStrictEqual(['R1', 'C', 'R1']);
});

test('without any value the axis has the base, and there is no last value', () => {
  expect(vintageLines([], never, 1000)).toMatchObject({ lowest: 1000, highest: 1000, last: null });
});

test('a gap in the line is told, months before its first value are not', () => {
  const cell = vintageRows(undefined, sampleSeries('field:energy', 3, 'latest'), undefined);
  expect(gapsOf(cell).map(({ period }) => period)).toStrictEqual(['2025-07', '2026-02']);
  expect(gapsOf(cell.slice(6)).map(({ period }) => period)).toStrictEqual(['2026-02']);
});

test('the largest parts and the sum of the rest still add up in printed digits', () => {
  const table = sampleContributions('district');
  for (const most of [3, 4, table.lines.length - 1]) {
    const short = largestParts(table, most);
    expect(short.lines.length).toBeLessThan(table.lines.length);
    expect(waterfallOf(short)).toMatchObject({ addsUp: true, sum: '+13.36' });
  }
  expect(largestParts(table, table.lines.length)).toBe(table);
  expect(largestParts(table, 3).lines[0]?.code).toBe('district:sip');
});
