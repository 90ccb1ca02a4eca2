import type { NoticeLine } from '@jishi/contracts/subsidy/desk';
import { listNotices, listSchemes } from '@jishi/contracts/subsidy/endpoints';
import { useRead } from '../../../api/queries.ts';
import { Choices } from '../../../kit/choices.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, Day } from '../../../kit/values.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { yuanOf } from '../figures.ts';
import { NextPage } from '../queue/next-page.tsx';
import { KnownTag } from '../status-tags.tsx';
import '../subsidy.css';
import { type SubsidyWords, subsidyWords } from '../words.ts';

const stateText = (line: NoticeLine, w: SubsidyWords): string => {
  if (line.isClaimedBack) return w.claimedBack;
  if (line.days === 0) return w.noDays;
  return line.isRunning ? w.running : w.ended;
};

const columnsOf = (w: SubsidyWords): readonly Column<NoticeLine>[] => [
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
    key: 'year',
    head: w.year,
    align: 'right',
    cell: (line) => line.year,
    text: (line) => String(line.year),
  },
  {
    key: 'award',
    head: w.award,
    align: 'right',
    cell: (line) => <Amount fen={line.awardFen} exact bare />,
    text: (line) => yuanOf(line.awardFen),
  },
  {
    key: 'from',
    head: w.noticeFrom,
    cell: (line) => <Day day={line.from} />,
    text: (line) => line.from,
  },
  {
    key: 'last',
    head: w.noticeLast,
    cell: (line) => (line.lastDay ? <Day day={line.lastDay} /> : '–'),
    text: (line) => line.lastDay ?? '',
  },
  {
    key: 'state',
    head: w.noticeState,
    cell: (line) => (
      <Tag tone={line.isRunning && !line.isClaimedBack ? 'info' : 'plain'}>
        {stateText(line, w)}
      </Tag>
    ),
    text: (line) => stateText(line, w),
  },
];

/** How to object, as each scheme says it. */
const Objection = () => {
  const { w, language } = useAreaWords(subsidyWords);
  const query = useRead(listSchemes);
  return (
    <Section title={w.objection}>
      <Load query={query}>
        {({ items }) =>
          items.map((scheme) => (
            <div key={scheme.scheme}>
              <p>{scheme.objection[language]}</p>
              <p className="page-note">
                {scheme.objection.source} <KnownTag status={scheme.objection.status} />
              </p>
            </div>
          ))
        }
      </Load>
    </Section>
  );
};

/** Approved awards as the public reads them, and how to object. */
export const NoticesPage = () => {
  const { w } = useAreaWords(subsidyWords);
  const [running] = useParameter('running');
  const [after] = useParameter('after');
  const query = useRead(
    listNotices,
    {
      query: {
        ...(running === 'yes' ? { running: 'yes' as const } : {}),
        ...(after ? { after } : {}),
      },
    },
    { keep: true },
  );
  return (
    <>
      <PageHead
        title={w.notices}
        note={query.data ? fill(w.noticesNote, { day: query.data.asOf }) : null}
        ready={query.data !== undefined}
      />
      <Choices
        label={w.noticeState}
        parameter="running"
        choices={[
          { value: null, label: w.allNotices },
          { value: 'yes', label: w.runningOnly },
        ]}
      />
      <Load query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty>{w.noNotices}</Empty>
          ) : (
            <>
              <Table
                caption={w.notices}
                columns={columnsOf(w)}
                rows={page.items}
                rowKey={(line) => line.caseId}
                fileName={`notices-${page.asOf}`}
              />
              <NextPage next={page.next} />
            </>
          )
        }
      </Load>
      <Objection />
    </>
  );
};
