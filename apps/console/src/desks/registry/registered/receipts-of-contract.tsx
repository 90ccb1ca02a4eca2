import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { exactYuan } from '../../../format/amount.ts';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, Day, Hash } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { verifiedFen } from '../changes/verified.ts';
import { type BookWords, bookWords } from '../words.ts';

type Receipt = RegistrationView['receipts'][number];

const TONES: Readonly<Record<Receipt['status'], Tone>> = {
  recorded: 'plain',
  confirmed: 'info',
  verified: 'ok',
  reversed: 'bad',
};
export const ReceiptTag = (props: { status: Receipt['status']; w: BookWords }) => (
  <Tag tone={TONES[props.status]}>{props.w[`receipt.${props.status}`]}</Tag>
);

const columnsOf = (w: BookWords): readonly Column<Receipt>[] => [
  {
    key: 'on',
    head: w.receivedOn,
    cell: (row) => <Day day={row.receivedOn} />,
    text: (row) => row.receivedOn,
  },
  {
    key: 'amount',
    head: w.receivedYuan,
    align: 'right',
    cell: (row) => <Amount fen={row.amountFen} exact bare />,
    text: (row) => exactYuan(BigInt(row.amountFen)),
  },
  {
    key: 'status',
    head: w.receiptStatus,
    cell: (row) => <ReceiptTag status={row.status} w={w} />,
    text: (row) => w[`receipt.${row.status}`],
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
];

/** What arrived of this contract, and how far it was checked. */
export const ReceiptsOfContract = ({ view }: { view: RegistrationView }) => {
  const { w } = useAreaWords(bookWords);
  const verified = verifiedFen(view);
  return (
    <Section
      title={w.receipts}
      aside={
        <>
          {w.receivedValue} <Amount fen={verified} exact />
        </>
      }
    >
      {view.receipts.length === 0 ? (
        <p className="hint">{w.noReceipts}</p>
      ) : (
        <>
          <Table
            caption={w.receipts}
            columns={columnsOf(w)}
            rows={view.receipts}
            rowKey={(row) => row.receiptId}
          />
          <p className="hint">
            {fill(w.receivedOf, {
              verified: exactYuan(verified),
              technology: exactYuan(BigInt(view.private.technologyValueFen)),
            })}{' '}
            <Link to="/registry/receipts">{w.toReceipts}</Link>
          </p>
        </>
      )}
    </Section>
  );
};
