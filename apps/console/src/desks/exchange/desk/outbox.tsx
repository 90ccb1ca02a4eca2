import type { AnswerOf } from '@jishi/contracts/endpoint';
import { listOutbox, retryOutboxRow } from '@jishi/contracts/market/trade';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load, TroubleNotice } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, ShortId } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { deskWords } from './words.ts';

type Row = AnswerOf<typeof listOutbox>['items'][number];

const Retry = ({ id }: { id: string }) => {
  const { w } = useAreaWords(deskWords);
  const say = useSay();
  const act = useAct(retryOutboxRow, () => say(w.retried));
  const trouble = useTrouble(act);
  return (
    <>
      <BusyButton
        busy={act.isPending}
        look="outlined"
        onClick={() => act.mutate({ params: { id } })}
      >
        {w.retry}
      </BusyButton>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
    </>
  );
};

/** What the ledger refused or has not taken, by the refusal's name, to be sent once more. */
export const Outbox = () => {
  const { w } = useAreaWords(deskWords);
  const query = useRead(listOutbox, {}, { everyMs: 15_000 });
  const columns: readonly Column<Row>[] = [
    {
      ...{ key: 'row', head: w.outboxRow },
      cell: (row) => (
        <>
          {row.kind} <ShortId id={row.id} />
        </>
      ),
      text: (row) => `${row.kind} ${row.id}`,
    },
    {
      ...{ key: 'reason', head: w.reason },
      cell: (row) =>
        row.reason ? <Link to={`/problems/${row.reason}`}>{row.reason}</Link> : w.none,
      text: (row) => row.reason ?? '',
    },
    {
      ...{ key: 'since', head: w.since },
      cell: (row) => <At instant={row.waitingSince} />,
      text: (row) => row.waitingSince,
    },
    {
      ...{ key: 'next', head: w.next, text: () => '' },
      cell: (row) => (row.reason ? <Retry id={row.id} /> : w.none),
    },
  ];
  return (
    <Load query={query}>
      {(data) =>
        data.items.length === 0 ? (
          <p>{w.outboxEmpty}</p>
        ) : (
          <Table
            caption={w.outbox}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.id}
            fileName="jishi-outbox"
          />
        )
      }
    </Load>
  );
};
