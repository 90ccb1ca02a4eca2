import type { BatchCandidate } from '@jishi/contracts/subsidy/desk';
import { createBatch, listBatchCandidates } from '@jishi/contracts/subsidy/endpoints';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useRead, useTrouble } from '../../../api/queries.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, Day } from '../../../kit/values.tsx';
import { go } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useCommandId } from '../command-id.ts';
import { useDeskAct } from '../desk-act.ts';
import { yuanOf } from '../figures.ts';
import { useMe } from '../me.ts';
import '../subsidy.css';
import { type SubsidyWords, subsidyWords } from '../words.ts';
import { BatchList } from './batch-list.tsx';

const columnsOf = (w: SubsidyWords): readonly Column<BatchCandidate>[] => [
  {
    key: 'party',
    head: w.party,
    cell: (row) => row.partyName,
    text: (row) => row.partyName,
  },
  {
    key: 'role',
    head: w.partyRole,
    cell: (row) => w[`role.${row.role}`],
    text: (row) => w[`role.${row.role}`],
  },
  {
    key: 'number',
    head: w.number,
    cell: (row) => <span className="mono">{groupedNumber(row.registrationNumber)}</span>,
    text: (row) => `'${row.registrationNumber}`,
  },
  {
    key: 'award',
    head: w.award,
    align: 'right',
    cell: (row) => <Amount fen={row.awardFen} exact bare />,
    text: (row) => yuanOf(row.awardFen),
  },
  {
    key: 'account',
    head: w.account,
    cell: (row) => <span className="mono">{row.accountEnding ?? '–'}</span>,
    text: (row) => row.accountEnding ?? '',
  },
  {
    key: 'payable',
    head: w.payable,
    cell: (row) => <Day day={row.payableFrom} />,
    text: (row) => row.payableFrom,
  },
  {
    key: 'state',
    head: w.status,
    cell: (row) => <Tag tone={row.state === 'ready' ? 'ok' : 'warn'}>{w[`cand.${row.state}`]}</Tag>,
    text: (row) => w[`cand.${row.state}`],
  },
];

const sumOf = (rows: readonly BatchCandidate[]): bigint =>
  rows.reduce((sum, row) => sum + BigInt(row.awardFen), 0n);

const MakeBatch = (props: { chosen: readonly BatchCandidate[]; onDone: () => void }) => {
  const { w } = useAreaWords(subsidyWords);
  const { chosen } = props;
  const [isOpen, setOpen] = useState(false);
  const [batchId, setBatchId] = useState(() => uuidv7());
  const { commandId, renew } = useCommandId();
  const say = useSay();
  const act = useDeskAct(createBatch, (batch) => {
    setOpen(false);
    renew();
    setBatchId(uuidv7());
    props.onDone();
    say(w.madeSaid);
    go(`/finance/batches/${batch.batchId}`);
  });
  const trouble = useTrouble(act);
  const amounts = { n: chosen.length, amount: yuanOf(sumOf(chosen)) };
  return (
    <>
      <button
        type="button"
        className="primary"
        disabled={chosen.length === 0}
        onClick={() => setOpen(true)}
      >
        {chosen.length === 0 ? w.makeBatchShort : fill(w.makeBatch, amounts)}
      </button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={w.makeTitle}
        act={w.makeBatchShort}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            body: { commandId, batchId, caseIds: chosen.map((row) => row.caseId) },
          })
        }
      >
        <p>{fill(w.makeText, amounts)}</p>
      </Confirm>
    </>
  );
};

/** What can be paid, chosen into a batch; and the batches so far. */
export const BatchesPage = () => {
  const { w } = useAreaWords(subsidyWords);
  const me = useMe();
  const query = useRead(listBatchCandidates, { query: {} }, { keep: true });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const rows = query.data?.items ?? [];
  const ready = rows.filter((row) => row.state === 'ready');
  const chosen = ready.filter((row) => marked.has(row.caseId));
  const mark = (key: string, on: boolean): void => {
    const next = new Set(marked);
    if (on) next.add(key);
    else next.delete(key);
    setMarked(next);
  };
  const mayPay = me.is('finance-officer');
  return (
    <>
      <PageHead
        title={w.batches}
        note={w.batchesNote}
        ready={query.data !== undefined}
        actions={mayPay ? <MakeBatch chosen={chosen} onDone={() => setMarked(new Set())} /> : null}
      />
      <Section
        title={w.candidates}
        aside={fill(w.candidatesNote, { ready: ready.length, n: rows.length })}
      >
        <Load query={query}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty>{w.noCandidates}</Empty>
            ) : (
              <>
                {mayPay && ready.length > 0 ? (
                  <p>
                    <button
                      type="button"
                      className="quiet"
                      onClick={() => setMarked(new Set(ready.map((row) => row.caseId)))}
                    >
                      {w.chooseAll}
                    </button>
                  </p>
                ) : null}
                <Table
                  caption={w.candidates}
                  columns={columnsOf(w)}
                  rows={page.items}
                  rowKey={(row) => row.caseId}
                  to={(row) => `/subsidy/cases/${row.caseId}`}
                  {...(mayPay
                    ? {
                        selected: new Set(chosen.map((row) => row.caseId)),
                        onSelect: (key: string, on: boolean) => {
                          if (ready.some((row) => row.caseId === key)) mark(key, on);
                        },
                      }
                    : {})}
                  fileName="payable-awards"
                />
              </>
            )
          }
        </Load>
      </Section>
      <BatchList />
    </>
  );
};
