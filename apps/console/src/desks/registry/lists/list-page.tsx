import type { RegisteredRow } from '@jishi/contracts/ledger/registry';
import { readRegisteredList } from '@jishi/contracts/ledger/registry-endpoints';
import type { RegisteredListDetail } from '@jishi/contracts/ledger/registry-lists';
import type { z } from 'zod';
import { useRead } from '../../../api/queries.ts';
import { exactYuan } from '../../../format/amount.ts';
import { Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, Copyable, Day } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill, type Language } from '../../../words/words.tsx';
import '../registry.css';
import { contractTypeName } from '../names.ts';
import { StandingTag } from '../registered/register-columns.tsx';
import { type BookWords, bookWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { Validity } from './lists-page.tsx';

type Detail = z.infer<typeof RegisteredListDetail>;

/** Exact amounts: a list is printed and compared with other papers. */
const columnsOf = (w: BookWords, language: Language): readonly Column<RegisteredRow>[] => [
  {
    key: 'number',
    head: w.number,
    cell: (row) => <span className="mono nowrap">{groupedNumber(row.registrationNumber)}</span>,
    text: (row) => row.registrationNumber,
  },
  { key: 'title', head: w.title, cell: (row) => row.title, text: (row) => row.title },
  {
    key: 'type',
    head: w.contractType,
    cell: (row) => contractTypeName(row.contractType, language),
    text: (row) => contractTypeName(row.contractType, language),
  },
  { key: 'seller', head: w.seller, cell: (row) => row.seller.name, text: (r) => r.seller.name },
  { key: 'buyer', head: w.buyer, cell: (row) => row.buyer.name, text: (row) => row.buyer.name },
  {
    key: 'value',
    head: w.contractValueYuan,
    align: 'right',
    cell: (row) => <Amount fen={row.contractValueFen} exact bare />,
    text: (row) => exactYuan(BigInt(row.contractValueFen)),
  },
  {
    key: 'technology',
    head: w.technologyValueYuan,
    align: 'right',
    cell: (row) => <Amount fen={row.technologyValueFen} exact bare />,
    text: (row) => exactYuan(BigInt(row.technologyValueFen)),
  },
  {
    key: 'registeredOn',
    head: w.registeredOn,
    cell: (row) => <Day day={row.registeredOn} />,
    text: (row) => row.registeredOn,
  },
  {
    key: 'standing',
    head: w.standing,
    cell: (row) => <StandingTag standing={row.standing} amendment={row.amendment} w={w} />,
    text: (row) => w[`standing.${row.standing}`],
  },
];

const List = ({ list }: { list: Detail }) => {
  const { w, language } = useAreaWords(bookWords);
  const mayPrint = list.valid && list.printable;
  return (
    <div className={list.valid ? 'printed' : 'printed printed-void'}>
      <PageHead
        title={fill(w.listOf, { day: list.issuedOn, n: list.count })}
        note={<Link to="/registry/lists">{w.backToLists}</Link>}
        actions={
          <button
            type="button"
            className="primary"
            disabled={!mayPrint}
            onClick={() => window.print()}
          >
            {w.print}
          </button>
        }
      />
      <Section title={w.validity}>
        <p>
          <Validity list={list} />
        </p>
        <Facts
          items={[
            [w.side, w[`side.${list.side}`]],
            [w.contractValue, <Amount key="v" fen={list.totals.contractValueFen} exact />],
            [w.technologyValue, <Amount key="t" fen={list.totals.technologyValueFen} exact />],
            [w.log, `#${list.seq}`],
            [w.listNumber, <Copyable key="id" text={list.listId} />],
          ]}
        />
        <p className="hint">{w.notForTax}</p>
      </Section>
      <Table
        caption={w.contractsOfList}
        columns={columnsOf(w, language)}
        rows={list.contracts}
        rowKey={(row) => row.contractId}
        fileName={fill(w.listFile, { day: list.issuedOn, n: list.count })}
      />
    </div>
  );
};

/** One list as it is printed; a list that no longer holds cannot be. */
export const ListPage = ({ values }: PageProps) => {
  const written = useWritten();
  const query = useRead(
    readRegisteredList,
    { params: { listId: values.listId ?? '' }, query: written },
    { keep: true },
  );
  return (
    <Load query={query} whole>
      {(list) => <List list={list} />}
    </Load>
  );
};
