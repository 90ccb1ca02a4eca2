import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { shortIndex } from '../format/change.ts';
import { monthAndYear, monthText } from '../format/moment.ts';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';
import type { Chart } from './chart.ts';
import { type ChartLook, type ChartWords, chartOption } from './chart-option.ts';
import { IndexTable } from './index-table.tsx';
import { axisOf, type LineData, lineData } from './line-data.ts';

/** Colours and sizes come from the theme of the page, so that the chart has none of its own. */
const lookOf = (element: HTMLElement): ChartLook => {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: value('--accent'),
    text: value('--text'),
    text2: value('--text-2'),
    hairline: value('--hairline'),
    card: value('--card'),
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    height: element.clientHeight,
    lineWidth: Number.parseFloat(value('--line-width')) || 2,
  };
};

type ChartState = 'loading' | 'drawn' | 'failed';

const useChart = (
  place: RefObject<HTMLDivElement | null>,
  data: LineData,
  words: ChartWords,
): ChartState => {
  const chart = useRef<Chart | null>(null);
  const [state, setState] = useState<ChartState>('loading');
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let gone = false;
    const load = () =>
      import('./chart.ts')
        .then(({ openChart }) => {
          if (gone) return;
          chart.current = openChart(element, element.clientWidth, element.clientHeight);
          setState('drawn');
        })
        .catch(() => setState('failed'));
    // The next frame paints the text; the task after it may load the picture.
    const frame = window.requestAnimationFrame(() => window.setTimeout(load, 0));
    const repaint = () => setTheme((n) => n + 1);
    const observer = new ResizeObserver(() => {
      chart.current?.resize();
      repaint();
    });
    observer.observe(element);
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', repaint);
    return () => {
      gone = true;
      window.cancelAnimationFrame(frame);
      observer.disconnect();
      scheme.removeEventListener('change', repaint);
      chart.current?.dispose();
      chart.current = null;
    };
  }, [place]);
  useEffect(() => {
    const element = place.current;
    if (element) chart.current?.draw(chartOption(data, lookOf(element), words));
  }, [place, data, words, state, theme]);
  return state;
};

const useChartWords = (data: LineData): ChartWords => {
  const { language, t } = useWords();
  const first = data.months[0]?.month ?? '';
  const latest = data.months.at(-1)?.month ?? '';
  const last = data.last?.value ? shortIndex(data.last.value) : '';
  return {
    description: fill(t.lineText, {
      from: first,
      to: latest,
      n: data.months.length,
      low: data.lowest,
      high: data.highest,
      last,
    }),
    base: t.base,
    springFestival: t.springFestival,
    last,
    monthLabel: (month) => monthAndYear(month, language),
  };
};

const Running = ({ snapshot }: { snapshot: LiveSnapshot }) => {
  const { language, t } = useWords();
  const { running } = snapshot;
  if (!running?.value) return null;
  const label = fill(t.runningMonth, { month: monthText(running.month, language) });
  return (
    <span className="running" title={running.value}>
      {label} <strong>{shortIndex(running.value)}</strong>
    </span>
  );
};

const LinePicture = (props: { data: LineData; onSettled: () => void }) => {
  const { data, onSettled } = props;
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const words = useChartWords(data);
  const state = useChart(place, data, words);
  useEffect(() => {
    if (state !== 'loading') onSettled();
  }, [state, onSettled]);
  return (
    <>
      {state === 'failed' ? <p className="empty">{t.chartFailed}</p> : null}
      <div className="line-picture" role="img" aria-label={words.description} ref={place} />
    </>
  );
};

export const IndexLine = (props: {
  snapshot: LiveSnapshot;
  withTable: boolean;
  onSettled: () => void;
}) => {
  const { snapshot, withTable, onSettled } = props;
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const tableId = useId();
  const data = lineData(snapshot);
  const empty = data.last === null;
  useEffect(() => {
    if (empty) onSettled();
  }, [empty, onSettled]);
  const meta = (
    <>
      <Running snapshot={snapshot} /> <span>{t.lineMeta}</span>
    </>
  );
  return (
    <Card name="line" title={t.line} meta={meta}>
      {empty ? (
        <p className="empty">{t.lineEmpty}</p>
      ) : (
        <LinePicture data={data} onSettled={onSettled} />
      )}
      {withTable ? (
        <div className="line-foot">
          <span>{!empty && axisOf(data).min > 0 ? t.axisNote : null}</span>
          <button
            type="button"
            className="quiet"
            aria-expanded={open}
            aria-controls={tableId}
            onClick={() => setOpen(!open)}
          >
            {open ? t.tableHide : t.table}
          </button>
        </div>
      ) : null}
      <div id={tableId} className={open ? 'table-place' : 'visually-hidden'}>
        {open || !withTable ? <IndexTable snapshot={snapshot} withFile={open} /> : null}
      </div>
    </Card>
  );
};
