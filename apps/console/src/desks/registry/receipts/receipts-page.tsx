import { ReceiptStatus } from '@jishi/contracts/ledger/registration';
import { listReceipts } from '@jishi/contracts/ledger/registry-endpoints';
import type { DeskReceipt } from '@jishi/contracts/ledger/registry-lists';
import { useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { exactYuan } from '../../../format/amount.ts';
import { Choices } from '../../../kit/choices.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, Day, Hash } from '../../../kit/values.tsx';
import { addressWith, Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../registry.css';
import { type BookWords, bookWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { ReceiptActs } from './receipt-acts.tsx';
import { ReverseReceipt } from './reverse-receipt.tsx';

const PAGE_SIZE = 100;

/** Those that wait for the desk stand first and in no address. */
const STATES = ['confirmed', 'recorded', 'verified', 'reversed'] as const;
type State = (typeof STATES)[number];

const stateOf = (text: string | null): State => {
  const parsed = ReceiptStatus.safeParse(text);
  return parsed.success ? parsed.data : 'confirmed';
};

const useReceipts = (status: State, limit: number, after: string | null) => {
  const written = useWritten();
  const page = { limit, ...(after === null ? {} : { after }) };
  return useRead(listReceipts, { query: { status, ...page, ...written } }, { keep: true });
};

const useCount = (status: State) => useReceipts(status, 1, null).data?.totals.count;

/** Seller has recorded, buyer has confirmed, and when: what a verification rests on. */
const Sides = ({ row, w }: { row: DeskReceipt; w: BookWords }) => (
  <span>
    <span className="side-line">
      {fill(w.recordedBy, { seller: row.seller.name, day: row.recordedOn })}
    </span>
    <span className="side-line">
      {row.confirmedOn
        ? fill(w.confirmedBy, { buyer: row.buyer.name, day: row.confirmedOn })
        : fill(w.notConfirmed, { buyer: row.buyer.name })}
    </span>
  </span>
);

const columnsOf = (
  w: BookWords,
  onReverse: (row: DeskReceipt) => void,
): readonly Column<DeskReceipt>[] => [
  {
    key: 'title',
    head: w.title,
    cell: (row) => (
      <span>
        {row.title}
        <Link to={`/registry/registered/${row.contractId}`} className="side-line">
          <span className="mono nowrap">{groupedNumber(row.registrationNumber)}</span>
        </Link>
      </span>
    ),
    text: (row) => `${row.title} ${row.registrationNumber}`,
  },
  {
    key: 'amount',
    head: w.receivedYuan,
    align: 'right',
    cell: (row) => <Amount fen={row.amountFen} exact bare />,
    text: (row) => exactYuan(BigInt(row.amountFen)),
  },
  {
    key: 'of',
    head: w.verifiedOfTechnology,
    align: 'right',
    cell: (row) => (
      <span>
        <Amount fen={row.verifiedFen} /> / <Amount fen={row.technologyValueFen} />
      </span>
    ),
    text: (row) => exactYuan(BigInt(row.verifiedFen)),
  },
  {
    key: 'on',
    head: w.receivedOn,
    cell: (row) => <Day day={row.receivedOn} />,
    text: (row) => row.receivedOn,
  },
  {
    key: 'reference',
    head: w.bankReference,
    cell: (row) => <span className="mono">{row.bankReference}</span>,
    text: (row) => row.bankReference,
  },
  {
    key: 'evidence',
    head: w.evidence,
    cell: (row) => <Hash hex={row.evidenceHash} />,
    text: (row) => row.evidenceHash,
  },
  {
    key: 'sides',
    head: w.bothSides,
    cell: (row) => <Sides row={row} w={w} />,
    text: (row) => `${row.recordedOn} ${row.confirmedOn ?? ''}`,
  },
  {
    key: 'acts',
    head: w.act,
    cell: (row) => <ReceiptActs row={row} onReverse={() => onReverse(row)} />,
    text: (row) => w[`receipt.${row.status}`],
  },
];

const Filters = () => {
  const { w } = useAreaWords(bookWords);
  const counts: Readonly<Record<State, number | undefined>> = {
    confirmed: useCount('confirmed'),
    recorded: useCount('recorded'),
    verified: useCount('verified'),
    reversed: useCount('reversed'),
  };
  return (
    <Choices
      label={w.receiptFilter}
      parameter="status"
      choices={STATES.map((status) => ({
        value: status === 'confirmed' ? null : status,
        label: w[`receipts.${status}`],
        ...(counts[status] === undefined ? {} : { count: counts[status] }),
      }))}
    />
  );
};

/** Money that arrived: verified in one press where both sides have said so. */
export const ReceiptsPage = () => {
  const { w } = useAreaWords(bookWords);
  const [status] = useParameter('status');
  const [after] = useParameter('after');
  const [reversing, setReversing] = useState<DeskReceipt | null>(null);
  const shown = stateOf(status);
  const query = useReceipts(shown, PAGE_SIZE, after);
  const columns = columnsOf(w, setReversing);
  return (
    <>
      <PageHead
        title={w.receiptsTitle}
        ready={query.data !== undefined}
        note={
          query.data ? (
            <>
              {fill(w.receiptsNote, { n: query.data.totals.count })}{' '}
              <Amount fen={query.data.totals.amountFen} exact />
            </>
          ) : null
        }
      />
      <Filters />
      <Load query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty>{w[`receiptsEmpty.${shown}`]}</Empty>
          ) : (
            <>
              <Table
                caption={w.receiptsTitle}
                columns={columns}
                rows={page.items}
                rowKey={(row) => `${row.contractId} ${row.receiptId}`}
              />
              {page.next ? (
                <nav className="pages" aria-label={w.pages}>
                  <Link to={addressWith('after', page.next)}>{w.nextPage}</Link>
                </nav>
              ) : null}
            </>
          )
        }
      </Load>
      <ReverseReceipt receipt={reversing} onClose={() => setReversing(null)} />
    </>
  );
};
