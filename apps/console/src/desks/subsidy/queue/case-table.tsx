import type { CaseLine } from '@jishi/contracts/subsidy/case';
import { dayOf } from '../../../format/moment.ts';
import { Tag } from '../../../kit/marks.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, Day } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { yuanOf } from '../figures.ts';
import { CaseTag } from '../status-tags.tsx';
import { type SubsidyWords, subsidyWords } from '../words.ts';

const MS_PER_DAY = 86_400_000;

/** Whole calendar days from a business day until today. */
const daysSince = (day: string): number =>
  Math.max(0, Math.round((Date.parse(dayOf(Date.now())) - Date.parse(day)) / MS_PER_DAY));

const Marks = ({ line, w }: { line: CaseLine; w: SubsidyWords }) => (
  <span className="tags">
    <CaseTag status={line.status} />
    {line.standing === 'registered' ? null : (
      <Tag tone="warn">{w[`standing.${line.standing}`]}</Tag>
    )}
    {line.includesAssumption ? <Tag tone="warn">{w['known.ASSUMPTION']}</Tag> : null}
    {line.clawedBackFen === '0' ? null : <Tag tone="warn">{w['queue.clawback']}</Tag>}
  </span>
);

const isOpen = (line: CaseLine): boolean => !['paid', 'refused', 'closed'].includes(line.status);

const columnsOf = (w: SubsidyWords): readonly Column<CaseLine>[] => [
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
    cell: (line) => (
      <span className="mono">
        {groupedNumber(line.registrationNumber)}
        {line.supplement > 1 ? ` ${fill(w.supplement, { n: line.supplement })}` : ''}
      </span>
    ),
    text: (line) => `'${line.registrationNumber}`,
  },
  {
    key: 'year',
    head: w.year,
    align: 'right',
    cell: (line) => line.year,
    text: (line) => String(line.year),
  },
  {
    key: 'base',
    head: w.base,
    align: 'right',
    cell: (line) => <Amount fen={line.baseFen} exact bare />,
    text: (line) => yuanOf(line.baseFen),
  },
  {
    key: 'award',
    head: w.award,
    align: 'right',
    cell: (line) => (line.awardFen === null ? '–' : <Amount fen={line.awardFen} exact bare />),
    text: (line) => (line.awardFen === null ? '' : yuanOf(line.awardFen)),
  },
  {
    key: 'status',
    head: w.status,
    cell: (line) => <Marks line={line} w={w} />,
    text: (line) => w[`status.${line.status}`],
  },
  {
    key: 'opened',
    head: w.opened,
    cell: (line) => (
      <>
        <Day day={line.openedOn} />
        {isOpen(line) && daysSince(line.openedOn) > 0 ? (
          <span className="subsidy-under">
            {w.age} {fill(w.days, { n: daysSince(line.openedOn) })}
          </span>
        ) : null}
      </>
    ),
    text: (line) => line.openedOn,
  },
];

export const CaseTable = (props: { caption: string; rows: readonly CaseLine[] }) => {
  const { w } = useAreaWords(subsidyWords);
  return (
    <Table
      caption={props.caption}
      columns={columnsOf(w)}
      rows={props.rows}
      rowKey={(line) => line.caseId}
      to={(line) => `/subsidy/cases/${line.caseId}`}
      fileName="subsidy-cases"
      keys
    />
  );
};
