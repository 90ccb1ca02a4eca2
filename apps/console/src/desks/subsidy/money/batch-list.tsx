import { listBatches } from '@jishi/contracts/subsidy/endpoints';
import { BatchStatus, type BatchView } from '@jishi/contracts/subsidy/payment';
import { useRead } from '../../../api/queries.ts';
import { Choices } from '../../../kit/choices.tsx';
import { Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, At, ShortId } from '../../../kit/values.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { yuanOf } from '../figures.ts';
import { BatchTag } from '../status-tags.tsx';
import { type SubsidyWords, subsidyWords } from '../words.ts';

const LIMIT = 50;

const columnsOf = (w: SubsidyWords): readonly Column<BatchView>[] => [
  {
    key: 'batch',
    head: w.batch,
    cell: (row) => <ShortId id={row.batchId} />,
    text: (row) => row.batchId,
  },
  {
    key: 'made',
    head: w.made,
    cell: (row) => <At instant={row.createdAt} />,
    text: (row) => row.createdAt,
  },
  {
    key: 'count',
    head: w.count,
    align: 'right',
    cell: (row) => row.instructions.length,
    text: (row) => String(row.instructions.length),
  },
  {
    key: 'total',
    head: w.total,
    align: 'right',
    cell: (row) => <Amount fen={row.totalFen} exact bare />,
    text: (row) => yuanOf(row.totalFen),
  },
  {
    key: 'status',
    head: w.status,
    cell: (row) => <BatchTag status={row.status} />,
    text: (row) => w[`bstatus.${row.status}`],
  },
];

export const BatchList = () => {
  const { w } = useAreaWords(subsidyWords);
  const [chosen] = useParameter('status');
  const status = BatchStatus.options.find((name) => name === chosen);
  const query = useRead(
    listBatches,
    { query: { limit: LIMIT, ...(status ? { status } : {}) } },
    { keep: true },
  );
  return (
    <Section title={w.batchList}>
      <Choices
        label={w.status}
        parameter="status"
        choices={[
          { value: null, label: w.all },
          ...BatchStatus.options.map((name) => ({ value: name, label: w[`bstatus.${name}`] })),
        ]}
      />
      <Load query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{w.noBatches}</Empty>
          ) : (
            <Table
              caption={w.batchList}
              columns={columnsOf(w)}
              rows={items}
              rowKey={(row) => row.batchId}
              to={(row) => `/finance/batches/${row.batchId}`}
              fileName="batches"
            />
          )
        }
      </Load>
    </Section>
  );
};
