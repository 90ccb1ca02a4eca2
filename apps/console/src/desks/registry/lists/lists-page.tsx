import { listRegisteredLists } from '@jishi/contracts/ledger/registry-endpoints';
import type { RegisteredListView } from '@jishi/contracts/ledger/registry-lists';
import type { z } from 'zod';
import { useRead } from '../../../api/queries.ts';
import { exactYuan } from '../../../format/amount.ts';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../registry.css';
import { type BookWords, bookWords } from '../words.ts';
import { useWritten } from '../written.ts';

export type ListView = z.infer<typeof RegisteredListView>;
const PAGE_SIZE = 200;

/** Valid, or which change of which contract ended it. */
export const validityWords = (list: ListView, w: BookWords): string => {
  const end = list.invalidatedBy;
  if (!end)
    return list.printable ? w.listValid : fill(w.listPrintableOn, { day: list.printableOn });
  return fill(w.listInvalid, {
    day: end.on,
    number: groupedNumber(end.registrationNumber),
    kind: w[`kind.${end.kind}`],
  });
};

export const Validity = ({ list }: { list: ListView }) => {
  const { w } = useAreaWords(bookWords);
  return (
    <span>
      <Tag tone={list.valid ? 'ok' : 'bad'}>{list.valid ? w.valid : w.invalid}</Tag>{' '}
      <span className="hint">{validityWords(list, w)}</span>
    </span>
  );
};

const columnsOf = (w: BookWords): readonly Column<ListView>[] => [
  {
    key: 'list',
    head: w.list,
    cell: (row) => fill(w.listOf, { day: row.issuedOn, n: row.count }),
    text: (row) => fill(w.listOf, { day: row.issuedOn, n: row.count }),
  },
  {
    key: 'validity',
    head: w.validity,
    cell: (row) => <Validity list={row} />,
    text: (row) => validityWords(row, w),
  },
  {
    key: 'side',
    head: w.side,
    cell: (row) => w[`side.${row.side}`],
    text: (row) => w[`side.${row.side}`],
  },
  {
    key: 'value',
    head: w.contractValue,
    align: 'right',
    cell: (row) => <Amount fen={row.totals.contractValueFen} />,
    text: (row) => exactYuan(BigInt(row.totals.contractValueFen)),
  },
  {
    key: 'technology',
    head: w.technologyValue,
    align: 'right',
    cell: (row) => <Amount fen={row.totals.technologyValueFen} />,
    text: (row) => exactYuan(BigInt(row.totals.technologyValueFen)),
  },
  {
    key: 'seq',
    head: w.log,
    align: 'right',
    cell: (row) => `#${row.seq}`,
    text: (row) => String(row.seq),
  },
];

/** 登记清单: printable lists of registered contracts, and whether each still holds. */
export const ListsPage = () => {
  const { w } = useAreaWords(bookWords);
  const written = useWritten();
  const query = useRead(
    listRegisteredLists,
    { query: { limit: PAGE_SIZE, ...written } },
    { keep: true },
  );
  return (
    <>
      <PageHead
        title={w.lists}
        note={w.listsNote}
        ready={query.data !== undefined}
        actions={
          <Link to="/registry/registered" className="outlined">
            {w.makeListFrom}
          </Link>
        }
      />
      <Load query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty action={<Link to="/registry/registered">{w.makeListFrom}</Link>}>
              {w.listsEmpty}
            </Empty>
          ) : (
            <Table
              caption={w.lists}
              columns={columnsOf(w)}
              rows={page.items}
              rowKey={(row) => row.listId}
              to={(row) => `/registry/lists/${row.listId}`}
              keys
            />
          )
        }
      </Load>
    </>
  );
};
