import { type Column, Table } from '../../../kit/table.tsx';
import { ChangeMark } from '../../../live/change-mark.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import type { IndicesView } from './use-indices.ts';
import type { SeriesPoint, VintageRow } from './vintage-rows.ts';
import { indicesWords } from './words.ts';

const Value = ({ point }: { point: SeriesPoint | null }) =>
  point === null ? '' : (point.value ?? <span className="suppressed">—</span>);

const useColumns = ({ exact, asOf }: IndicesView): readonly Column<VintageRow>[] => {
  const { w } = useAreaWords(indicesWords);
  const { t } = useWords();
  const vintageText = ({ shown }: VintageRow): string => {
    if (!shown.vintage) return shown.provisional ? t.provisional : '';
    const number = fill(w.vintageNumber, { n: shown.vintage.vintage });
    return `${number} ${t[`revision.${shown.vintage.revision ?? 'first'}`]}`;
  };
  const whyText = ({ shown }: VintageRow): string => {
    const why = shown.hidden ?? shown.reason;
    return why ? t[`reason.${why}`] : '';
  };
  const valueColumn = (key: 'first' | 'latest' | 'restated'): Column<VintageRow> => ({
    ...{ key, align: 'right' },
    head: key === 'restated' && asOf ? fill(w.restatedAsOf, { day: asOf.day }) : w[key],
    cell: (row) => <Value point={row[key]} />,
    text: (row) => row[key]?.value ?? '',
  });
  return [
    { key: 'month', head: w.month, cell: (row) => row.period, text: (row) => row.period },
    valueColumn('latest'),
    valueColumn('first'),
    ...(exact ? [valueColumn('restated')] : []),
    {
      ...{ key: 'mom', head: w.monthOnMonth, align: 'right' },
      cell: ({ shown }) => <ChangeMark basisPoints={shown.monthOnMonthBp} />,
      text: ({ shown }) => String(shown.monthOnMonthBp ?? ''),
    },
    {
      ...{ key: 'yoy', head: w.yearOnYear, align: 'right' },
      cell: ({ shown }) => <ChangeMark basisPoints={shown.yearOnYearBp} />,
      text: ({ shown }) => String(shown.yearOnYearBp ?? ''),
    },
    { key: 'vintage', head: w.vintage, cell: vintageText, text: vintageText },
    { key: 'why', head: w.why, cell: whyText, text: whyText },
  ];
};

const REVISIONS = ['R1', 'R2', 'R3', 'C'] as const;

/** The numbers behind the line, newest first, and what the labels of revisions mean. */
export const VintageTable = ({ view }: { view: IndicesView }) => {
  const { w } = useAreaWords(indicesWords);
  const { t } = useWords();
  const columns = useColumns(view);
  return (
    <>
      <details className="behind">
        <summary>{w.table}</summary>
        <Table
          caption={w.table}
          columns={columns}
          rows={view.rows.toReversed()}
          rowKey={(row) => row.period}
          fileName={`jishi-index-${view.series.replace(/[:@]/g, '-')}-${view.headSeq}`}
          fileNote={t.synthetic}
        />
      </details>
      <details className="behind">
        <summary>{w.revisionsTitle}</summary>
        <ul className="plain-list">
          {REVISIONS.map((label) => (
            <li key={label}>{w[`revision.${label}`]}</li>
          ))}
        </ul>
        <p className="hint">{w.revisionsNote}</p>
      </details>
    </>
  );
};
