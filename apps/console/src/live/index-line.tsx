import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { useEffect, useId, useRef, useState } from 'react';
import { shortIndex } from '../format/change.ts';
import { monthAndYear, monthText } from '../format/moment.ts';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';
import { type ChartWords, chartOption } from './chart-option.ts';
import { IndexTable } from './index-table.tsx';
import { axisOf, type LineData, lineData } from './line-data.ts';
import { useChart } from './use-chart.ts';

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
  const state = useChart(place, (look) => chartOption(data, look, words));
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
  const isHidden = snapshot.overall.series.some(({ reason }) => reason === 'not-published');
  useEffect(() => {
    if (empty) onSettled();
  }, [empty, onSettled]);
  const meta = (
    <>
      <Running snapshot={snapshot} /> <span className="meta-more">{t.lineMeta}</span>
    </>
  );
  return (
    <Card name="line" title={t.line} meta={meta}>
      {empty ? (
        <p className="empty">{isHidden ? t.lineUnpublished : t.lineEmpty}</p>
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
