import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Link } from '../place.tsx';
import { useWords } from '../words/words.tsx';
import { csvOf } from './csv.ts';
import { saveText } from './save-file.ts';

export interface Column<Row> {
  /** Also the name under which it sorts. */
  readonly key: string;
  /** With the unit, when the cells have one: 「成交额（万元）」. */
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** The cell as plain text for the export; exact where the cell is rounded. */
  readonly text: (row: Row) => string;
  readonly align?: 'right';
  readonly sorts?: boolean;
}

export interface Sorting {
  readonly key: string;
  readonly down: boolean;
}

interface TableProps<Row> {
  /** Says what the table is, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Where the row leads: its first cell becomes the link, Enter opens the row. */
  readonly to?: (row: Row) => string;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (key: string, on: boolean) => void;
  /** Name of the exported file without its ending; no export when left out. */
  readonly fileName?: string;
  /** Words before the export's head row, such as «合成数据»; also when and as of what. */
  readonly fileNote?: string;
  /** J and K move between rows, Enter opens: for queues. */
  readonly keys?: boolean;
}

function Head<Row>(props: { column: Column<Row>; table: TableProps<Row> }): ReactNode {
  const { column, table } = props;
  const sorted = table.sorting?.key === column.key ? table.sorting : null;
  const right = column.align === 'right' ? 'right' : undefined;
  if (!column.sorts || !table.onSort) {
    return (
      <th scope="col" className={right}>
        {column.head}
      </th>
    );
  }
  return (
    <th
      scope="col"
      className={right}
      aria-sort={sorted ? (sorted.down ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="sort"
        onClick={() => table.onSort?.({ key: column.key, down: sorted ? !sorted.down : true })}
      >
        {column.head}
        <span aria-hidden="true">{sorted ? (sorted.down ? ' ↓' : ' ↑') : ' ↑↓'}</span>
      </button>
    </th>
  );
}

/** Rows of a queue by J and K; letters typed into a field or an input method are left alone. */
const moveInRows = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
  if (event.nativeEvent.isComposing || event.target instanceof HTMLInputElement) return;
  const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a.row-link')];
  const here = links.findIndex((link) => link.matches(':focus'));
  links[here + step]?.focus();
  event.preventDefault();
};

function Row<R>(props: { row: R; table: TableProps<R> }): ReactNode {
  const { row, table } = props;
  const { t } = useWords();
  const key = table.rowKey(row);
  const chosen = table.selected?.has(key) ?? false;
  const [first, ...others] = table.columns;
  if (!first) return null;
  const firstCell = table.to ? (
    <Link to={table.to(row)} className="row-link">
      {first.cell(row)}
    </Link>
  ) : (
    first.cell(row)
  );
  return (
    <tr className={chosen ? 'is-chosen' : undefined}>
      {table.onSelect ? (
        <td className="choose">
          <input
            type="checkbox"
            checked={chosen}
            aria-label={`${t.choose} ${first.text(row)}`}
            onChange={(event) => table.onSelect?.(key, event.target.checked)}
          />
        </td>
      ) : null}
      <th scope="row" data-label={first.head} className={first.align}>
        {firstCell}
      </th>
      {others.map((column) => (
        <td key={column.key} data-label={column.head} className={column.align}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** A table that becomes label and value cards on a phone, and can be taken away as CSV. */
export function Table<R>(props: TableProps<R>): ReactNode {
  const { t } = useWords();
  const body = useRef<HTMLTableSectionElement>(null);
  const { columns, rows, fileName } = props;
  const save = (): void => {
    const table = [
      columns.map((column) => column.head),
      ...rows.map((row) => columns.map((column) => column.text(row))),
    ];
    saveText(`${fileName}.csv`, csvOf(props.fileNote ? [[props.fileNote], ...table] : table));
  };
  return (
    <div className="table-place">
      <table className="table">
        <caption className="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            {props.onSelect ? (
              <td className="choose">
                <span className="visually-hidden">{t.choose}</span>
              </td>
            ) : null}
            {columns.map((column) => (
              <Head key={column.key} column={column} table={props} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={props.keys ? moveInRows : undefined}>
          {rows.map((row) => (
            <Row key={props.rowKey(row)} row={row} table={props} />
          ))}
        </tbody>
      </table>
      {fileName && rows.length > 0 ? (
        <p className="table-foot">
          <button type="button" className="quiet" onClick={save}>
            {t.tableDownload}
          </button>
        </p>
      ) : null}
    </div>
  );
}
