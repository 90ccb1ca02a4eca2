import type { ClawbackLine } from '@jishi/contracts/subsidy/clawback';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, Day } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { yuanOf } from '../figures.ts';
import { ClaimTag } from '../status-tags.tsx';
import { type SubsidyWords, subsidyWords } from '../words.ts';

const columnsOf = (w: SubsidyWords): readonly Column<ClawbackLine>[] => [
  {
    key: 'party',
    head: w.party,
    cell: (line) => line.partyName,
    text: (line) => line.partyName,
  },
  {
    key: 'role',
    head: w.partyRole,
    cell: (line) => w[`role.${line.role}`],
    text: (line) => w[`role.${line.role}`],
  },
  {
    key: 'number',
    head: w.number,
    cell: (line) => <span className="mono">{groupedNumber(line.registrationNumber)}</span>,
    text: (line) => `'${line.registrationNumber}`,
  },
  {
    key: 'cause',
    head: w.cause,
    cell: (line) => (
      <>
        {w[`change.${line.cause}`]} <span className="mono">#{line.causeSeq}</span>
      </>
    ),
    text: (line) => `${w[`change.${line.cause}`]} #${line.causeSeq}`,
  },
  {
    key: 'amount',
    head: w.claimAmount,
    align: 'right',
    cell: (line) => <Amount fen={line.amountFen} exact bare />,
    text: (line) => yuanOf(line.amountFen),
  },
  {
    key: 'repaid',
    head: w.repaidAmount,
    align: 'right',
    cell: (line) => <Amount fen={line.repaidFen} exact bare />,
    text: (line) => yuanOf(line.repaidFen),
  },
  {
    key: 'status',
    head: w.status,
    cell: (line) => <ClaimTag status={line.status} />,
    text: (line) => w[`cstatus.${line.status}`],
  },
  {
    key: 'opened',
    head: w.opened,
    cell: (line) => <Day day={line.openedOn} />,
    text: (line) => line.openedOn,
  },
];

export const ClaimsTable = (props: {
  rows: readonly ClawbackLine[];
  base: '/subsidy' | '/finance';
}) => {
  const { w } = useAreaWords(subsidyWords);
  return (
    <Table
      caption={w.clawbacks}
      columns={columnsOf(w)}
      rows={props.rows}
      rowKey={(line) => line.clawbackId}
      to={(line) => `${props.base}/clawbacks/${line.clawbackId}`}
      fileName="clawbacks"
      keys
    />
  );
};
