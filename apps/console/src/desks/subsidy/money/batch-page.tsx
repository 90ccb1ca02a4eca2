import { readBatch } from '@jishi/contracts/subsidy/endpoints';
import type { BatchView, InstructionView } from '@jishi/contracts/subsidy/payment';
import { useRead } from '../../../api/queries.ts';
import { type Step, Steps, Tag, type Tone } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, At, Hash } from '../../../kit/values.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { yuanOf } from '../figures.ts';
import { BatchTag } from '../status-tags.tsx';
import '../subsidy.css';
import { type SubsidyWords, subsidyWords } from '../words.ts';
import { BatchActs } from './batch-acts.tsx';

const TONES: Readonly<Record<InstructionView['status'], Tone>> = {
  prepared: 'plain',
  sent: 'info',
  paid: 'ok',
  failed: 'bad',
  cancelled: 'plain',
};

const statusText = (row: InstructionView, w: SubsidyWords): string =>
  row.failure ? w['istatus.failing'] : w[`istatus.${row.status}`];

const columnsOf = (w: SubsidyWords): readonly Column<InstructionView>[] => [
  {
    key: 'payee',
    head: w.payee,
    cell: (row) => row.payeeName,
    text: (row) => row.payeeName,
  },
  {
    key: 'account',
    head: w.account,
    cell: (row) => <span className="mono">{row.accountEnding}</span>,
    text: (row) => row.accountEnding,
  },
  {
    key: 'amount',
    head: w.amount,
    align: 'right',
    cell: (row) => <Amount fen={row.amountFen} exact bare />,
    text: (row) => yuanOf(row.amountFen),
  },
  {
    key: 'instruction',
    head: w.instruction,
    cell: (row) => (
      <span className="mono" title={row.instructionId}>
        {row.instructionId.slice(-8)}
      </span>
    ),
    text: (row) => row.instructionId,
  },
  {
    key: 'status',
    head: w.status,
    cell: (row) => <Tag tone={row.failure ? 'warn' : TONES[row.status]}>{statusText(row, w)}</Tag>,
    text: (row) => statusText(row, w),
  },
  {
    key: 'bank',
    head: w.bankReference,
    cell: (row) => row.bankReference ?? row.failure?.bankReference ?? '–',
    text: (row) => row.bankReference ?? row.failure?.bankReference ?? '',
  },
];

const stepsOf = (view: BatchView, w: SubsidyWords): readonly Step[] => {
  const isStopped = view.status === 'cancelled';
  const isOut = view.approvedAt !== null;
  const isSettled = view.status === 'settled';
  const after = isStopped ? ('stopped' as const) : ('next' as const);
  return [
    {
      label: w['bstage.prepared'],
      state: 'done',
      note: <At instant={view.createdAt} />,
    },
    {
      label: w['bstage.approved'],
      state: isOut ? 'done' : isStopped ? 'stopped' : 'now',
      note: view.approvedAt ? <At instant={view.approvedAt} /> : isStopped ? w.dropped : w.another,
    },
    { label: w['bstage.file'], state: isSettled ? 'done' : isOut ? 'now' : after },
    { label: w['bstage.settled'], state: isSettled ? 'done' : after },
  ];
};

/** One batch: who gets paid, does it balance, and whose turn it is. */
export const BatchPage = ({ values }: PageProps) => {
  const { w } = useAreaWords(subsidyWords);
  const params = { batchId: values.batchId ?? '' };
  const query = useRead(readBatch, { params }, { keep: true });
  return (
    <Load query={query} whole>
      {(view) => (
        <>
          <PageHead
            title={fill(w.batchTitle, { id: view.batchId.slice(-8) })}
            note={
              <>
                {fill(w.batchNote, {
                  n: view.instructions.length,
                  amount: yuanOf(view.totalFen),
                })}{' '}
                <BatchTag status={view.status} />
              </>
            }
            actions={<BatchActs view={view} />}
          />
          <div className="subsidy-way">
            <Steps label={w.steps} steps={stepsOf(view, w)} />
          </div>
          <Section title={w.batch} aside={<Hash hex={view.fileHash} />}>
            <Table
              caption={w.batch}
              columns={columnsOf(w)}
              rows={view.instructions}
              rowKey={(row) => row.instructionId}
              to={(row) => `/subsidy/cases/${row.caseId}`}
              fileName={`batch-${view.batchId}-lines`}
            />
          </Section>
        </>
      )}
    </Load>
  );
};
