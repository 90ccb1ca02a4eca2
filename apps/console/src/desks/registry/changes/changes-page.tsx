import type { RegisteredRow } from '@jishi/contracts/ledger/registry';
import { searchRegistered } from '@jishi/contracts/ledger/registry-endpoints';
import { useRead } from '../../../api/queries.ts';
import { exactYuan } from '../../../format/amount.ts';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, Day } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../registry.css';
import { today } from '../today.ts';
import { type BookWords, bookWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { dutyOf } from './duties.ts';

const PAGE_SIZE = 200;

const Until = ({ day }: { day: string }) => {
  const { w } = useAreaWords(bookWords);
  return day < today() ? <span className="clock-bad">{w.expired}</span> : <Day day={day} />;
};

/** What this reader is to do with it. */
const Duty = ({ row }: { row: RegisteredRow }) => {
  const { w } = useAreaWords(bookWords);
  const known = useWho();
  const change = row.pendingChange;
  if (!change || known.state !== 'person') return null;
  const duty = dutyOf(change, known.me.roles);
  return <span className={duty === 'confirms' ? undefined : 'hint'}>{w[`mine.${duty}`]}</span>;
};

const kindOf = (row: RegisteredRow, w: BookWords): string =>
  row.pendingChange ? w[`kind.${row.pendingChange.kind}`] : '';

const columnsOf = (w: BookWords): readonly Column<RegisteredRow>[] => [
  { key: 'title', head: w.title, cell: (row) => row.title, text: (row) => row.title },
  { key: 'kind', head: w.proposal, cell: (row) => kindOf(row, w), text: (row) => kindOf(row, w) },
  {
    key: 'number',
    head: w.number,
    cell: (row) => <span className="mono nowrap">{groupedNumber(row.registrationNumber)}</span>,
    text: (row) => row.registrationNumber,
  },
  { key: 'seller', head: w.seller, cell: (row) => row.seller.name, text: (r) => r.seller.name },
  {
    key: 'value',
    head: w.contractValue,
    align: 'right',
    cell: (row) => <Amount fen={row.contractValueFen} />,
    text: (row) => exactYuan(BigInt(row.contractValueFen)),
  },
  {
    key: 'since',
    head: w.proposedOn,
    cell: (row) => (row.pendingChange ? <Day day={row.pendingChange.proposedOn} /> : null),
    text: (row) => row.pendingChange?.proposedOn ?? '',
  },
  {
    key: 'until',
    head: w.confirmUntil,
    cell: (row) => (row.pendingChange ? <Until day={row.pendingChange.expiresOn} /> : null),
    text: (row) => row.pendingChange?.expiresOn ?? '',
  },
  { key: 'duty', head: w.whoNext, cell: (row) => <Duty row={row} />, text: () => '' },
];

/** What was proposed and waits for a second person. */
export const ChangesPage = () => {
  const { w } = useAreaWords(bookWords);
  const written = useWritten();
  const query = useRead(
    searchRegistered,
    { query: { pendingChange: 'true', limit: PAGE_SIZE, ...written } },
    { keep: true },
  );
  return (
    <>
      <PageHead
        title={w.changes}
        note={query.data ? fill(w.changesNote, { n: query.data.totals.count }) : null}
        ready={query.data !== undefined}
      />
      <Load query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty action={<Link to="/registry/registered">{w.toRegister}</Link>}>
              {w.changesEmpty}
            </Empty>
          ) : (
            <Table
              caption={w.changesCaption}
              columns={columnsOf(w)}
              rows={page.items}
              rowKey={(row) => row.contractId}
              to={(row) => `/registry/changes/${row.contractId}`}
              keys
            />
          )
        }
      </Load>
    </>
  );
};
