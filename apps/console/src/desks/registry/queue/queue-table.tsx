import type { QueueRow } from '@jishi/contracts/ledger/registry';
import { exactYuan } from '../../../format/amount.ts';
import { Tag } from '../../../kit/marks.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import type { Language } from '../../../words/words.tsx';
import { ClockText } from '../clock-text.tsx';
import { clockWords } from '../clock-words.ts';
import { contractTypeName } from '../names.ts';
import { today } from '../today.ts';
import { useKeys } from '../use-keys.ts';
import { type RegistryWords, registryWords } from '../words.ts';
import { ClaimCell } from './claim.tsx';
import { caseAddress, type Shown } from './queue-filter.ts';

/** Marks of a case that decide who may take it and how. */
const Marks = ({ row, w }: { row: QueueRow; w: RegistryWords }) => {
  const split = row.splitWith.length > 0;
  if (!row.needsSecondReview && row.submissions < 2) return null;
  return (
    <span className="tags">
      {row.needsSecondReview ? <Tag tone="info">{split ? w.markSplit : w.markSecond}</Tag> : null}
      {row.submissions > 1 ? <Tag tone="plain">{w.markResubmitted}</Tag> : null}
    </span>
  );
};

const Checks = ({ row }: { row: QueueRow }) => (
  <span className={row.checks.ok === row.checks.of ? undefined : 'checks-open'}>
    {row.checks.ok}/{row.checks.of}
  </span>
);

const columnsOf = (w: RegistryWords, language: Language): readonly Column<QueueRow>[] => [
  {
    key: 'clock',
    head: w.clock,
    cell: (row) => (
      <span>
        <ClockText of={row} />
        <span className="visually-hidden"> {row.title}</span>
      </span>
    ),
    text: (row) => clockWords(row, today(), w).text,
  },
  {
    key: 'title',
    head: w.contract,
    cell: (row) => (
      <span>
        <span className="queue-title">{row.title}</span>
        <Marks row={row} w={w} />
      </span>
    ),
    text: (row) => row.title,
  },
  {
    key: 'type',
    head: w.contractType,
    cell: (row) => <span className="nowrap">{contractTypeName(row.contractType, language)}</span>,
    text: (row) => contractTypeName(row.contractType, language),
  },
  {
    key: 'value',
    head: w.contractValue,
    align: 'right',
    cell: (row) => <Amount fen={row.contractValueFen} />,
    text: (row) => exactYuan(BigInt(row.contractValueFen)),
  },
  {
    key: 'technology',
    head: w.technologyValue,
    align: 'right',
    cell: (row) => <Amount fen={row.technologyValueFen} />,
    text: (row) => exactYuan(BigInt(row.technologyValueFen)),
  },
  {
    key: 'seller',
    head: w.seller,
    cell: (row) => row.seller.name,
    text: (row) => row.seller.name,
  },
  {
    key: 'checks',
    head: w.checks,
    align: 'right',
    cell: (row) => <Checks row={row} />,
    text: (row) => `${row.checks.ok}/${row.checks.of}`,
  },
  {
    key: 'claim',
    head: w.claimedBy,
    cell: (row) => <ClaimCell contractId={row.contractId} claim={row.claim} />,
    text: (row) => (row.claim ? (row.claim.mine ? w.me : row.claim.userId.slice(-8)) : ''),
  },
];

/** The first J or K goes into the table; from there the table itself moves on. */
const enterTable = (): void => {
  if (document.activeElement?.closest('tbody')) return;
  document.querySelector<HTMLElement>('a.row-link')?.focus();
};

export const QueueTable = (props: { rows: readonly QueueRow[]; shown: Shown }) => {
  const { w, language } = useAreaWords(registryWords);
  useKeys({ j: enterTable, k: enterTable });
  return (
    <>
      <Table
        caption={w.queueCaption}
        columns={columnsOf(w, language)}
        rows={props.rows}
        rowKey={(row) => row.contractId}
        to={(row) => caseAddress(row.contractId, props.shown)}
        keys
      />
      <p className="hint keys-hint">{w.queueKeys}</p>
    </>
  );
};
