import type { AnswerOf } from '@jishi/contracts/endpoint';
import { listNotices } from '@jishi/contracts/subsidy/endpoints';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, Day } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { noticeWords } from './notice-words.ts';
import { publicWords } from './words.ts';

type Notice = AnswerOf<typeof listNotices>['items'][number];

const useColumns = (): readonly Column<Notice>[] => {
  const { w } = useAreaWords(noticeWords);
  return [
    { key: 'party', head: w.party, cell: (row) => row.partyName, text: (row) => row.partyName },
    { key: 'role', head: w.role, cell: (row) => w[row.role], text: (row) => w[row.role] },
    { key: 'year', head: w.year, cell: (row) => row.year, text: (row) => String(row.year) },
    {
      ...{ key: 'award', head: w.award, align: 'right' as const },
      cell: (row) => (
        <>
          <Amount fen={row.awardFen} exact />
          {row.includesAssumption ? <Tag tone="warn">{w.assumption}</Tag> : null}
        </>
      ),
      text: (row) => row.awardFen,
    },
    {
      ...{ key: 'days', head: w.days },
      cell: (row) => (
        <>
          <Day day={row.from} />
          {row.lastDay ? (
            <>
              {' — '}
              <Day day={row.lastDay} />
            </>
          ) : null}
        </>
      ),
      text: (row) => `${row.from} ${row.lastDay ?? ''}`,
    },
    {
      ...{ key: 'state', head: w.state },
      cell: (row) => (
        <Tag tone={row.isRunning ? 'info' : 'plain'}>{row.isRunning ? w.running : w.over}</Tag>
      ),
      text: (row) => (row.isRunning ? w.running : w.over),
    },
  ];
};

/** Who is to be paid what, and until when one may object. */
export const NoticesPage = () => {
  const { w } = useAreaWords(publicWords);
  const { w: n } = useAreaWords(noticeWords);
  const query = useRead(listNotices, { query: { limit: 200 } });
  const columns = useColumns();
  return (
    <>
      <PageHead
        title={w.noticesTitle}
        note={query.data ? fill(w.noticesNote, { day: query.data.asOf }) : null}
        ready={query.data !== undefined}
      />
      <Section title={w.notices}>
        <Load query={query}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty>{w.noticesEmpty}</Empty>
            ) : (
              <Table
                caption={w.noticesCaption}
                columns={columns}
                rows={data.items}
                rowKey={(row) => row.caseId}
                fileName={`jishi-notices-${data.asOf}`}
              />
            )
          }
        </Load>
        <p>{n.objection}</p>
      </Section>
    </>
  );
};
