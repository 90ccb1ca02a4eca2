import type { AnswerOf } from '@jishi/contracts/endpoint';
import { listImports } from '@jishi/contracts/market/import-endpoints';
import { useRead } from '../../api/queries.ts';
import { Tag } from '../../kit/marks.tsx';
import { PageHead } from '../../kit/page.tsx';
import { Empty, Load } from '../../kit/states.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { At } from '../../kit/values.tsx';
import { Link } from '../../place.tsx';
import { useAreaWords } from '../../words/area.ts';
import { placeOf } from './whereabouts.ts';
import { type SheetWords, sheetWords } from './words.ts';

type Past = AnswerOf<typeof listImports>['items'][number];

const statusOf = (past: Past, w: SheetWords): string => {
  if (past.status === 'discarded') return w.statusDiscarded;
  if (past.status === 'running') return w.statusRunning;
  return past.counts.imported === past.counts.total ? w.statusDone : w.statusOpen;
};

const columnsOf = (w: SheetWords): Column<Past>[] => [
  {
    key: 'name',
    head: w.fileName,
    cell: (past) => past.fileName,
    text: (past) => past.fileName,
  },
  {
    key: 'kind',
    head: w.kindColumn,
    cell: (past) => w[`kind.${past.kind}`],
    text: (past) => w[`kind.${past.kind}`],
  },
  {
    key: 'at',
    head: w.uploadedAt,
    cell: (past) => <At instant={past.uploadedAt} />,
    text: (past) => past.uploadedAt,
  },
  {
    key: 'rows',
    head: w.rowsCount,
    cell: (past) => past.counts.total,
    text: (past) => String(past.counts.total),
    align: 'right',
  },
  {
    key: 'imported',
    head: w.runs,
    cell: (past) => past.counts.imported,
    text: (past) => String(past.counts.imported),
    align: 'right',
  },
  {
    key: 'left',
    head: w.left,
    cell: (past) => past.counts.total - past.counts.imported,
    text: (past) => String(past.counts.total - past.counts.imported),
    align: 'right',
  },
  {
    key: 'status',
    head: w.status,
    cell: (past) => (
      <Tag tone={past.counts.wrong > 0 && past.status === 'open' ? 'warn' : 'plain'}>
        {statusOf(past, w)}
      </Tag>
    ),
    text: (past) => statusOf(past, w),
  },
  {
    key: 'hash',
    head: w.hash,
    cell: (past) => <span className="mono">{past.fileSha256.slice(0, 12)}</span>,
    text: (past) => past.fileSha256,
  },
];

export const ImportsPage = () => {
  const { w } = useAreaWords(sheetWords);
  const query = useRead(listImports, { query: { limit: 100 } });
  const start = (
    <Link className="primary" to="/desk/import">
      {w.newImport}
    </Link>
  );
  return (
    <>
      <PageHead
        title={w.importsTitle}
        ready={query.data !== undefined}
        actions={query.data?.items.length ? start : undefined}
      />
      <Load query={query}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty action={start}>{w.importsEmpty}</Empty>
          ) : (
            <Table
              caption={w.table}
              columns={columnsOf(w)}
              rows={data.items}
              rowKey={(past) => past.importId}
              to={placeOf}
              fileName="imports"
            />
          )
        }
      </Load>
    </>
  );
};
