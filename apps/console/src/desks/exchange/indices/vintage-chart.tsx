import { useEffect, useRef, useState } from 'react';
import { shortIndex } from '../../../format/change.ts';
import { monthAndYear } from '../../../format/moment.ts';
import { isSpringFestivalMonth } from '../../../format/spring-festival.ts';
import { type ChartLook, chartOption, type OtherLine } from '../../../live/chart-option.ts';
import { INDEX_BASE, type LineData } from '../../../live/line-data.ts';
import { useChart } from '../../../live/use-chart.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { seriesName } from '../cell-name.ts';

import type { IndicesView } from './use-indices.ts';
import { gapsOf, type VintageLines, vintageLines } from './vintage-rows.ts';
import { indicesWords } from './words.ts';

const Legend = ({ view: { exact, isPublished, asOf } }: { view: IndicesView }) => {
  const { w } = useAreaWords(indicesWords);
  const restated = asOf ? fill(w.legendRestatedAsOf, { day: asOf.day }) : w.legendRestated;
  if (!isPublished) return <p className="line-legend">{restated}</p>;
  const lines = [
    ['solid', w.legendLatest],
    ['dashed', w.legendFirst],
    ...(exact ? [['dotted', restated] as const] : []),
  ] as const;
  return (
    <p className="line-legend">
      {lines.map(([dash, label]) => (
        <span key={dash}>
          <span aria-hidden="true" className={`line-sample ${dash}`} />
          {label}
        </span>
      ))}
    </p>
  );
};

const othersOf = (lines: VintageLines, exact: boolean, look: ChartLook): readonly OtherLine[] => [
  { values: lines.first, color: look.text2, dash: 'dashed' },
  ...(exact ? [{ values: lines.restated, color: look.text, dash: 'dotted' as const }] : []),
];

const dataOf = (lines: VintageLines): LineData => ({
  months: lines.months,
  last: lines.last === null ? null : lastPoint(lines.last),
  lowest: lines.lowest,
  highest: lines.highest,
});

const lastPoint = (value: string): NonNullable<LineData['last']> => ({
  ...{ month: '', state: 'defined', value, reason: null, provisional: false },
});

const Picture = ({ view, lines }: { view: IndicesView; lines: VintageLines }) => {
  const { w, language } = useAreaWords(indicesWords);
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(false);
  const description = fill(w.lineText, {
    series: seriesName(view.series, language),
    from: lines.months[0]?.month ?? '',
    to: lines.months.at(-1)?.month ?? '',
    low: lines.lowest.toFixed(2),
    high: lines.highest.toFixed(2),
    last: lines.last ?? '',
  });
  const words = {
    description,
    base: t.base,
    springFestival: t.springFestival,
    last: lines.last === null ? '' : shortIndex(lines.last),
    monthLabel: (month: string) => monthAndYear(month, language),
  };
  const state = useChart(place, (look) =>
    chartOption(dataOf(lines), look, words, othersOf(lines, view.exact, look)),
  );
  useEffect(() => setDrawn(state !== 'loading'), [state]);
  return (
    <>
      {state === 'failed' ? <p className="hint">{t.chartFailed}</p> : null}
      <div
        className="vintage-picture"
        role="img"
        aria-label={description}
        ref={place}
        data-drawn={drawn ? '' : undefined}
      />
    </>
  );
};

/** First, latest and restated values in one picture; what has no value is told below it. */
export const VintageChart = ({ view }: { view: IndicesView }) => {
  const { w } = useAreaWords(indicesWords);
  const { t } = useWords();
  const lines = vintageLines(view.rows, isSpringFestivalMonth, INDEX_BASE);
  const valued = lines.months.filter(({ value }) => value !== null);
  const gaps = gapsOf(view.rows).map(({ period, shown }) => {
    const why = shown.hidden ?? shown.reason;
    return fill(w.gap, { month: period, reason: why ? t[`short.${why}`] : t.none });
  });
  if (valued.length < 2) return <p className="hint">{w.lineEmpty}</p>;
  return (
    <>
      <Legend view={view} />
      <Picture view={view} lines={lines} />
      <p className="hint">{t.axisNote}</p>
      {gaps.length > 0 ? (
        <p className="hint">{fill(w.gaps, { list: gaps.join(t.listComma) })}</p>
      ) : null}
    </>
  );
};
