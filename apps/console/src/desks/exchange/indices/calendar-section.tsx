import type { AnswerOf } from '@jishi/contracts/endpoint';
import { readReleaseCalendar } from '@jishi/contracts/ledger/index-endpoints';
import { useRead } from '../../../api/queries.ts';
import { dayOf } from '../../../format/moment.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Day } from '../../../kit/values.tsx';
import { addressWith, Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { indicesWords } from './words.ts';

type Item = AnswerOf<typeof readReleaseCalendar>['items'][number];
type Release = Item['release'];

const RELEASES: readonly Release[] = ['flash', 'first', 'second', 'annual-close'];

/** One month with the releases that it has. */
interface MonthRow {
  readonly period: string;
  readonly items: readonly Item[];
}

const monthRows = (items: readonly Item[]): readonly MonthRow[] =>
  [...new Set(items.map(({ period }) => period))].map((period) => ({
    period,
    items: items.filter((item) => item.period === period),
  }));

/** On its day, after it, still to come, or overdue: the month has nothing, and the day is past. */
const Come = ({ item, row, today }: { item: Item; row: MonthRow; today: string }) => {
  const { w } = useAreaWords(indicesWords);
  const { dueOn, published } = item;
  if (published) {
    const day = dayOf(Date.parse(published.publishedAt));
    const isLate = day > dueOn;
    return <Tag tone={isLate ? 'warn' : 'ok'}>{fill(isLate ? w.doneLate : w.done, { day })}</Tag>;
  }
  const hasNothing = row.items.every((one) => one.published === null);
  if (hasNothing && dueOn < today) return <Tag tone="bad">{w.overdue}</Tag>;
  return <span className="was">{w.notDone}</span>;
};

const Due = (props: { item: Item | undefined; row: MonthRow; today: string }) => {
  const { item, row, today } = props;
  const { w } = useAreaWords(indicesWords);
  if (!item) return null;
  const { dueOn, dueProvisional, isAssumed } = item;
  return (
    <span className="release">
      <span>
        <Day day={dueOn} /> {dueProvisional ? w.dueProvisional : ''}{' '}
        {isAssumed ? <Tag tone="draft">{w.dueAssumed}</Tag> : null}
      </span>
      <Come item={item} row={row} today={today} />
    </span>
  );
};

const useColumns = (rows: readonly MonthRow[], today: string): readonly Column<MonthRow>[] => {
  const { w } = useAreaWords(indicesWords);
  const itemOf = (row: MonthRow, release: Release) =>
    row.items.find((item) => item.release === release);
  const present = RELEASES.filter((release) => rows.some((row) => itemOf(row, release)));
  return [
    { key: 'month', head: w.month, cell: (row) => row.period, text: (row) => row.period },
    ...present.map(
      (release): Column<MonthRow> => ({
        ...{ key: release, head: w[`release.${release}`] },
        cell: (row) => <Due item={itemOf(row, release)} row={row} today={today} />,
        text: (row) => itemOf(row, release)?.dueOn ?? '',
      }),
    ),
  ];
};

const Months = (props: { items: readonly Item[]; year: number; today: string }) => {
  const { items, year, today } = props;
  const { w } = useAreaWords(indicesWords);
  const rows = monthRows(items);
  const columns = useColumns(rows, today);
  return (
    <Table
      caption={w.calendar}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.period}
      fileName={`jishi-releases-${year}`}
    />
  );
};

/** What had not come by the end of a day is not there as of that day. */
const asOf = (items: readonly Item[], day: string | null): readonly Item[] =>
  day === null
    ? items
    : items.map((item) => {
        const publishedOn = item.published && dayOf(Date.parse(item.published.publishedAt));
        return publishedOn && publishedOn > day ? { ...item, published: null } : item;
      });

/** What comes when, and what has come. */
export const CalendarSection = (props: { period: string | null; asOfDay: string | null }) => {
  const { period, asOfDay } = props;
  const { w } = useAreaWords(indicesWords);
  const [asked] = useParameter('year');
  const text = asked ?? period?.slice(0, 4) ?? '';
  const year = /^20\d\d$/.test(text) ? Number(text) : null;
  const query = useRead(
    readReleaseCalendar,
    { query: year === null ? {} : { year } },
    { keep: true },
  );
  return (
    <Section title={w.calendar}>
      <Load query={query}>
        {(data) => (
          <>
            <p className="year-steps">
              <Link to={addressWith('year', String(data.year - 1))}>{w.yearBefore}</Link>{' '}
              <strong>{data.year}</strong>{' '}
              <Link to={addressWith('year', String(data.year + 1))}>{w.yearAfter}</Link>
            </p>
            {data.items.length === 0 ? (
              <p className="hint">{fill(w.calendarEmpty, { year: data.year })}</p>
            ) : (
              <Months
                items={asOf(data.items, asOfDay)}
                year={data.year}
                today={asOfDay ?? dayOf(Date.now())}
              />
            )}
            {data.items.some(({ isAssumed }) => isAssumed) ? (
              <p className="hint">{w.assumedNote}</p>
            ) : null}
            {data.items.some(({ dueProvisional }) => dueProvisional) ? (
              <p className="hint">{w.calendarNote}</p>
            ) : null}
          </>
        )}
      </Load>
    </Section>
  );
};
