import type { PreviewCell, PublicationPreview } from '@jishi/contracts/ledger/publication-desk';
import { Choices } from '../../../kit/choices.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { cellName } from '../cell-name.ts';
import { deskWords } from './words.ts';

const PublicSees = ({ cell }: { cell: PreviewCell }) => {
  const { w } = useAreaWords(deskWords);
  const { published } = cell;
  if (published.state === 'hidden') {
    return (
      <span>
        <span className="suppressed">—</span>{' '}
        {published.reason ? w[`reason.${published.reason}`] : null}
      </span>
    );
  }
  return (
    <span>
      {published.value ?? (published.reason ? w[`reason.${published.reason}`] : w.none)}
      {cell.waits ? <Tag tone="warn">{w.waits}</Tag> : null}
    </span>
  );
};

/** New values beside what was published first and last; the changed ones, or all of them. */
export const ChangeTable = ({ preview }: { preview: PublicationPreview }) => {
  const { w, language } = useAreaWords(deskWords);
  const [show] = useParameter('show');
  const isChanged = (cell: PreviewCell): boolean => cell.moves || cell.waits;
  const rows = preview.cells.filter((cell) => show === 'all' || isChanged(cell));
  const shown = (value: string | null): string => value ?? w.none;
  const columns: readonly Column<PreviewCell>[] = [
    {
      ...{ key: 'cell', head: w.cell },
      cell: (row) => cellName(row.cell, language),
      text: (row) => cellName(row.cell, language),
    },
    {
      ...{ key: 'new', head: w.newValue, align: 'right' as const },
      cell: (row) => <strong>{shown(row.exactValue)}</strong>,
      text: (row) => row.exactValue ?? '',
    },
    {
      ...{ key: 'last', head: w.lastValue, align: 'right' as const },
      cell: (row) => <span className="was">{shown(row.lastValue)}</span>,
      text: (row) => row.lastValue ?? '',
    },
    {
      ...{ key: 'first', head: w.firstValue, align: 'right' as const },
      cell: (row) => <span className="was">{shown(row.firstValue)}</span>,
      text: (row) => row.firstValue ?? '',
    },
    {
      ...{ key: 'public', head: w.publicSees },
      cell: (row) => <PublicSees cell={row} />,
      text: (row) => row.published.value ?? row.published.reason ?? '',
    },
    {
      ...{ key: 'contracts', head: w.exactContracts, align: 'right' as const },
      cell: (row) => row.exactContracts,
      text: (row) => String(row.exactContracts),
    },
  ];
  return (
    <>
      <Choices
        label={w.values}
        parameter="show"
        choices={[
          { value: null, label: w.onlyMoves, count: preview.cells.filter(isChanged).length },
          { value: 'all', label: w.all, count: preview.cells.length },
        ]}
      />
      {rows.length === 0 ? (
        <p>{w.noChange}</p>
      ) : (
        <Table
          caption={w.values}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.cell}
          fileName={`jishi-preview-${preview.period}-${preview.vintage}`}
        />
      )}
      <p className="hint">{w.exactOnlyHere}</p>
    </>
  );
};
