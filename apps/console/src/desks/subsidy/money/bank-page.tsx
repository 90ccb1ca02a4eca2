import type { ReconciliationLine } from '@jishi/contracts/subsidy/desk';
import { readReconciliation } from '@jishi/contracts/subsidy/endpoints';
import { useRead } from '../../../api/queries.ts';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, At, ShortId } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { yuanOf } from '../figures.ts';
import { useMe } from '../me.ts';
import '../subsidy.css';
import { type SubsidyWords, subsidyWords } from '../words.ts';
import { UploadAnswer } from './upload-answer.tsx';

const amountColumn = (
  key: string,
  head: string,
  of: (row: ReconciliationLine) => string,
): Column<ReconciliationLine> => ({
  key,
  head,
  align: 'right',
  cell: (row) => <Amount fen={of(row)} exact bare />,
  text: (row) => yuanOf(of(row)),
});

const columnsOf = (w: SubsidyWords): readonly Column<ReconciliationLine>[] => [
  {
    key: 'batch',
    head: w.batch,
    cell: (row) => <ShortId id={row.batchId} />,
    text: (row) => row.batchId,
  },
  {
    key: 'approved',
    head: w['bstage.approved'],
    cell: (row) => <At instant={row.approvedAt} />,
    text: (row) => row.approvedAt,
  },
  amountColumn('sent', w.sent, (row) => row.sentFen),
  amountColumn('paid', w.bankPaid, (row) => row.bankPaidFen),
  amountColumn('failed', w.bankFailed, (row) => row.bankFailedFen),
  amountColumn('open', w.openAmount, (row) => row.openFen),
  amountColumn('booked', w.booked, (row) => row.bookedPaidFen),
  amountColumn('difference', w.diffYuan, (row) => row.differenceFen),
];

/** Our file, the bank's answers and our books, side by side; the difference is said, zero too. */
export const BankPage = () => {
  const { w } = useAreaWords(subsidyWords);
  const me = useMe();
  const query = useRead(readReconciliation, {}, { keep: true });
  return (
    <>
      <PageHead
        title={w.bank}
        note={query.data ? fill(w.bankNote, { day: query.data.asOf }) : null}
        ready={query.data !== undefined}
      />
      <Load query={query}>
        {(view) => (
          <>
            <p className={view.differenceFen === '0' ? 'verdict-ok' : 'verdict-bad'}>
              {view.differenceFen === '0'
                ? `✓ ${w.differenceZero}`
                : `× ${fill(w.differenceNot, { amount: yuanOf(view.differenceFen) })}`}
            </p>
            {me.is('finance-officer') ? <UploadAnswer /> : null}
            <Section title={w.byBatch}>
              {view.items.length === 0 ? (
                <Empty>{w.noSent}</Empty>
              ) : (
                <Table
                  caption={w.byBatch}
                  columns={columnsOf(w)}
                  rows={view.items}
                  rowKey={(row) => row.batchId}
                  to={(row) => `/finance/batches/${row.batchId}`}
                  fileName={`reconciliation-${view.asOf}`}
                />
              )}
            </Section>
          </>
        )}
      </Load>
    </>
  );
};
