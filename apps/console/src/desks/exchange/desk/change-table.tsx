import type { PreviewValue, PublicationPreview } from '@jishi/contracts/ledger/publication-desk';
import { Choices } from '../../../kit/choices.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { seriesName } from '../cell-name.ts';
import { byMove, pointsMoved, summaryOf } from './preview-changes.ts';
import { deskWords } from './words.ts';

const PublicSees = ({ value }: { value: PreviewValue }) => {
  const { w } = useAreaWords(deskWords);
  const { published, waits } = value;
  const why = published.hidden ?? published.reason;
  return (
    <>
      {published.value ?? (
        <>
          <span className="suppressed">—</span> {why ? w[`reason.${why}`] : w.none}
        </>
      )}{' '}
      {waits ? <Tag tone="warn">{w.waits}</Tag> : null}
    </>
  );
};

/** What happened to its contracts since the last vintage, by number and never by name. */
const useWhy = (): ((value: PreviewValue) => string) => {
  const { w } = useAreaWords(deskWords);
  const { t } = useWords();
  return ({ inWindow: { added, amended, cancelled } }) =>
    [
      ...(added > 0 ? [`${w.added} ${added}`] : []),
      ...(amended > 0 ? [`${w.amended} ${amended}`] : []),
      ...(cancelled > 0 ? [`${w.cancelled} ${cancelled}`] : []),
    ].join(t.listComma);
};

const useColumns = (vintage: number): readonly Column<PreviewValue>[] => {
  const { w, language } = useAreaWords(deskWords);
  const whyOf = useWhy();
  const nameOf = (row: PreviewValue): string => seriesName(row.series, language);
  const shown = (value: string | null): string => value ?? w.none;
  const later: readonly Column<PreviewValue>[] = [
    {
      ...{ key: 'last', head: w.lastValue, align: 'right', text: (row) => row.lastValue ?? '' },
      cell: (row) => <span className="was">{shown(row.lastValue)}</span>,
    },
    {
      ...{ key: 'points', head: w.pointsMoved, align: 'right' },
      cell: (row) => shown(pointsMoved(row)),
      text: (row) => pointsMoved(row) ?? '',
    },
    { key: 'why', head: w.whyColumn, cell: whyOf, text: whyOf },
    {
      ...{ key: 'first', head: w.firstValue, align: 'right', text: (row) => row.firstValue ?? '' },
      cell: (row) => <span className="was">{shown(row.firstValue)}</span>,
    },
  ];
  return [
    { key: 'cell', head: w.cell, cell: nameOf, text: nameOf },
    {
      ...{ key: 'public', head: w.publicSees },
      cell: (row) => <PublicSees value={row} />,
      text: (row) => row.published.value ?? row.published.hidden ?? row.published.reason ?? '',
    },
    ...(vintage > 1 ? later : []),
    {
      ...{ key: 'new', head: w.newValue, align: 'right', text: (row) => row.exactValue ?? '' },
      cell: (row) => <strong>{shown(row.exactValue)}</strong>,
    },
    {
      ...{ key: 'contracts', head: w.exactContracts, align: 'right' },
      cell: (row) => row.exactContracts,
      text: (row) => String(row.exactContracts),
    },
  ];
};

/** What the public would read beside what it read last, the largest moves first. */
export const ChangeTable = ({ preview }: { preview: PublicationPreview }) => {
  const { w } = useAreaWords(deskWords);
  const [show] = useParameter('show');
  const columns = useColumns(preview.vintage);
  const isChanged = (value: PreviewValue): boolean => value.moves || value.waits;
  const isHidden = ({ published }: PreviewValue): boolean => published.value === null;
  const chosen = byMove(preview.values).filter((value) =>
    show === 'all' ? true : show === 'hidden' ? isHidden(value) : isChanged(value),
  );
  const { moves, waits } = summaryOf(preview);
  const [n, shown] = [preview.values.length, preview.values.filter((one) => !isHidden(one)).length];
  return (
    <>
      <p>
        {preview.vintage === 1
          ? fill(w.firstText, { n, shown, others: n - shown })
          : fill(w.movesText, { n, moves, waits })}
      </p>
      <Choices
        label={w.values}
        parameter="show"
        choices={[
          { value: null, label: w.onlyMoves, count: preview.values.filter(isChanged).length },
          { value: 'hidden', label: w.onlyHidden, count: preview.values.filter(isHidden).length },
          { value: 'all', label: w.all, count: preview.values.length },
        ]}
      />
      {chosen.length === 0 ? (
        <p>{show === 'hidden' ? w.nothingHidden : w.noChange}</p>
      ) : (
        <Table
          caption={w.values}
          columns={columns}
          rows={chosen}
          rowKey={(row) => row.series}
          fileName={`jishi-preview-${preview.period}-${preview.vintage}`}
        />
      )}
      <p className="hint">{w.exactOnlyHere}</p>
    </>
  );
};
