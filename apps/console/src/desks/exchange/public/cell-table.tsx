import type { PublishedCell } from '@jishi/contracts/ledger/publication';
import { amountIn } from '../../../format/amount.ts';
import { type Column, Table } from '../../../kit/table.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { type Language, useWords } from '../../../words/words.tsx';
import { cellName, kindOfCell } from '../cell-name.ts';
import { publicWords } from './words.ts';

/** What a row needs: a published cell has all of it, a provisional one no primitives. */
export type CellRow = Pick<
  PublishedCell,
  'cell' | 'state' | 'value' | 'reason' | 'valueFen' | 'contracts'
> & { readonly asOfSeq: number };

const Suppressed = (props: { shown: string | null; isHidden: boolean }) =>
  props.isHidden ? <span className="suppressed">—</span> : (props.shown ?? '—');

const wan = (fen: string | null, language: Language): string | null =>
  fen === null ? null : amountIn(BigInt(fen), 'wan', language);

/** Provisional values have no primitives beside them, so they have no columns for them. */
export const useCellColumns = (withPrimitives: boolean): readonly Column<CellRow>[] => {
  const { w, language } = useAreaWords(publicWords);
  const reasonOf = (row: CellRow): string => (row.reason ? w[`reason.${row.reason}`] : '');
  const isHidden = (row: CellRow): boolean => row.state === 'hidden';
  const columns: readonly Column<CellRow>[] = [
    {
      ...{ key: 'name', head: w.name },
      cell: (row) => cellName(row.cell, language),
      text: (row) => cellName(row.cell, language),
    },
    {
      ...{ key: 'value', head: w.value, align: 'right' as const },
      cell: (row) => <Suppressed shown={row.value} isHidden={isHidden(row)} />,
      text: (row) => row.value ?? '',
    },
    {
      ...{ key: 'technology', head: w.technologyValue, align: 'right' as const },
      cell: (row) => <Suppressed shown={wan(row.valueFen, language)} isHidden={isHidden(row)} />,
      text: (row) => row.valueFen ?? '',
    },
    {
      ...{ key: 'contracts', head: w.contracts, align: 'right' as const },
      cell: (row) => (
        <Suppressed
          shown={row.contracts === null ? null : String(row.contracts)}
          isHidden={isHidden(row)}
        />
      ),
      text: (row) => row.contracts?.toString() ?? '',
    },
    { ...{ key: 'why', head: w.why }, cell: reasonOf, text: reasonOf },
    {
      ...{ key: 'seq', head: w.asOf, align: 'right' as const },
      cell: (row) => `#${row.asOfSeq}`,
      text: (row) => String(row.asOfSeq),
    },
  ];
  return columns.filter(
    ({ key }) => withPrimitives || (key !== 'technology' && key !== 'contracts'),
  );
};

/** The parts of one partition in a month; each leads to its own series. */
export const CellTable = (props: {
  rows: readonly CellRow[];
  kind: 'district' | 'industry' | 'field';
  withPrimitives: boolean;
  caption: string;
  to: (cell: string) => string;
  fileName: string;
  fileNote: string;
}) => {
  const { w } = useAreaWords(publicWords);
  const { t } = useWords();
  const columns = useCellColumns(props.withPrimitives);
  const rows = props.rows.filter((row) => kindOfCell(row.cell) === props.kind);
  return (
    <>
      <Table
        caption={props.caption}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.cell}
        to={(row) => props.to(row.cell)}
        fileName={props.fileName}
        fileNote={`${props.fileNote} · ${t.synthetic}`}
      />
      <p className="hint">{w.suppressNote}</p>
    </>
  );
};
