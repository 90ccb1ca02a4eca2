import type { AnswerOf } from '@jishi/contracts/endpoint';
import { newId } from '@jishi/contracts/ids';
import { listPublicationWork, preparePublication } from '@jishi/contracts/ledger/publication-desk';
import { useState } from 'react';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load, TroubleNotice } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, ShortId } from '../../../kit/values.tsx';
import { go } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { addressOf, PrepareCell } from './prepare-cell.tsx';
import { deskWords } from './words.ts';

type Work = AnswerOf<typeof listPublicationWork>;
type Month = Work['months'][number];
type Publication = Work['items'][number];

const TONES: Readonly<Record<Publication['status'], Tone>> = {
  prepared: 'warn',
  published: 'ok',
  withdrawn: 'plain',
  expired: 'bad',
};

/** One id for each intention as long as the page is open: a second press has one effect. */
const useIds = (): ((intention: string) => string) => {
  const [ids] = useState(() => new Map<string, string>());
  return (intention) => {
    const id = ids.get(intention) ?? newId();
    ids.set(intention, id);
    return id;
  };
};

const Months = ({ work }: { work: Work }) => {
  const { w } = useAreaWords(deskWords);
  const known = useWho();
  const mayPrepare = known.state === 'person' && known.me.roles.includes('exchange-operator');
  const [asked, setAsked] = useState<string | null>(null);
  const idFor = useIds();
  const prepare = useAct(preparePublication, (made) => go(addressOf(made.publicationId)));
  const trouble = useTrouble(prepare);
  const first = work.months.find((m) => m.lastVintage === 0 && !m.openPublicationId)?.period;
  const columns: readonly Column<Month>[] = [
    { key: 'month', head: w.month, cell: (row) => row.period, text: (row) => row.period },
    {
      ...{ key: 'contracts', head: w.contracts, align: 'right' as const },
      cell: (row) => row.contracts,
      text: (row) => String(row.contracts),
    },
    {
      ...{ key: 'published', head: w.published },
      cell: (row) =>
        row.lastVintage === 0
          ? w.publishedNone
          : row.lastVintage === 1
            ? w.publishedFirst
            : fill(w.publishedTimes, { n: row.lastVintage }),
      text: (row) => String(row.lastVintage),
    },
    ...(mayPrepare
      ? [
          {
            ...{ key: 'next', head: w.next, text: () => '' },
            cell: (row: Month) => (
              <PrepareCell
                month={row}
                first={row.period === first}
                busy={prepare.isPending && asked === row.period}
                onPrepare={(revision) => {
                  setAsked(row.period);
                  const publicationId = idFor(`${row.period} ${revision ?? ''}`);
                  const label = revision ? { revision } : {};
                  prepare.mutate({ body: { publicationId, period: row.period, ...label } });
                }}
              />
            ),
          },
        ]
      : []),
  ];
  if (work.months.length === 0) return <Empty>{w.monthsEmpty}</Empty>;
  return (
    <>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <Table caption={w.months} columns={columns} rows={work.months} rowKey={(row) => row.period} />
    </>
  );
};

/** Which vintage, under which label, and of which method where it is not the family's. */
const vintageText = ({ vintage, revision, methodVersion }: Publication): string =>
  [
    `${vintage}`,
    ...(revision ? [revision] : []),
    ...(methodVersion === '0.1' ? ['(0.1)'] : []),
  ].join(' ');

const History = ({ items }: { items: readonly Publication[] }) => {
  const { w } = useAreaWords(deskWords);
  const columns: readonly Column<Publication>[] = [
    { key: 'month', head: w.month, cell: (row) => row.period, text: (row) => row.period },
    {
      key: 'vintage',
      head: w.vintage,
      cell: (row) => vintageText(row),
      text: vintageText,
    },
    {
      ...{ key: 'status', head: w.status },
      cell: (row) => <Tag tone={TONES[row.status]}>{w[`status.${row.status}`]}</Tag>,
      text: (row) => w[`status.${row.status}`],
    },
    {
      key: 'head',
      head: w.head,
      cell: (row) => `#${row.head.seq}`,
      text: (row) => `${row.head.seq}`,
    },
    {
      ...{ key: 'at', head: w.preparedAt },
      cell: (row) => (
        <>
          <At instant={row.preparedAt} /> <ShortId id={row.preparedBy} />
        </>
      ),
      text: (row) => `${row.preparedAt} ${row.preparedBy}`,
    },
    {
      ...{ key: 'decided', head: w.decidedAt },
      cell: (row) => (
        <>
          {row.decidedAt ? <At instant={row.decidedAt} /> : w.none}{' '}
          {row.decidedBy ? <ShortId id={row.decidedBy} /> : null}
        </>
      ),
      text: (row) => `${row.decidedAt ?? ''} ${row.decidedBy ?? ''}`,
    },
  ];
  if (items.length === 0) return <p>{w.historyEmpty}</p>;
  return (
    <Table
      caption={w.history}
      columns={columns}
      rows={items}
      rowKey={(row) => row.publicationId}
      fileName="jishi-publication-work"
      to={(row) => addressOf(row.publicationId)}
    />
  );
};

/** Which month is next, what waits for a second person, and what was published. */
export const PublishPage = () => {
  const { w } = useAreaWords(deskWords);
  const query = useRead(listPublicationWork);
  return (
    <>
      <PageHead
        title={w.publishTitle}
        ready={query.data !== undefined}
        note={
          query.data
            ? fill(w.publishNote, {
                seq: query.data.head.seq,
                day: query.data.headDay ?? w.none,
              })
            : null
        }
      />
      <Load query={query} whole>
        {(work) => (
          <>
            <Section title={w.months}>
              <Months work={work} />
            </Section>
            <Section title={w.history}>
              <History items={work.items} />
            </Section>
          </>
        )}
      </Load>
    </>
  );
};
