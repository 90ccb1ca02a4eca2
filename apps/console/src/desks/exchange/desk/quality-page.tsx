import type { AnswerOf } from '@jishi/contracts/endpoint';
import { readQuality } from '@jishi/contracts/ledger/log-desk';
import { useRead } from '../../../api/queries.ts';
import { percentOf } from '../../../format/change.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../exchange.css';
import { Followers } from './followers.tsx';
import { Outbox } from './outbox.tsx';
import { deskWords } from './words.ts';

type Quality = AnswerOf<typeof readQuality>;

const Statuses = ({ quality }: { quality: Quality }) => {
  const { w } = useAreaWords(deskWords);
  type Row = Quality['byStatus'][number];
  const names: Readonly<Record<string, string>> = {
    registered: w['state.registered'],
    submitted: w['state.submitted'],
    returned: w['state.returned'],
    accepted: w['state.accepted'],
    'first-reviewed': w['state.first-reviewed'],
    refused: w['state.refused'],
    deregistered: w['state.deregistered'],
    revoked: w['state.revoked'],
  };
  const nameOf = (row: Row): string => names[row.status] ?? row.status;
  const columns: readonly Column<Row>[] = [
    { key: 'status', head: w.status, cell: nameOf, text: nameOf },
    {
      ...{ key: 'count', head: w.count, align: 'right' as const },
      cell: (row) => row.count,
      text: (row) => String(row.count),
    },
  ];
  return (
    <Table
      caption={w.byStatus}
      columns={columns}
      rows={quality.byStatus}
      rowKey={(row) => row.status}
      fileName="jishi-registrations-by-status"
    />
  );
};

const Missing = ({ quality }: { quality: Quality }) => {
  const { w } = useAreaWords(deskWords);
  type Row = Quality['missing'][number];
  const share = (row: Row): string =>
    quality.registered === 0 ? w.none : percentOf(BigInt(row.count), BigInt(quality.registered));
  const nameOf = (row: Row): string => w[`missing.${row.what}`];
  const columns: readonly Column<Row>[] = [
    { key: 'what', head: w.what, cell: nameOf, text: nameOf },
    {
      ...{ key: 'count', head: w.count, align: 'right' as const },
      cell: (row) => row.count,
      text: (row) => String(row.count),
    },
    { ...{ key: 'share', head: w.share, align: 'right' as const }, cell: share, text: share },
  ];
  return (
    <Table
      caption={w.missing}
      columns={columns}
      rows={quality.missing}
      rowKey={(row) => row.what}
      fileName="jishi-missing-fields"
    />
  );
};

const Lateness = ({ quality }: { quality: Quality }) => {
  const { w } = useAreaWords(deskWords);
  const { median, ninetieth, longest, overThirty } = quality.signedToRegistered;
  const days = (n: number | null): string => (n === null ? w.none : fill(w.days, { n }));
  return (
    <Facts
      items={[
        [w.median, days(median)],
        [w.ninetieth, days(ninetieth)],
        [w.longest, days(longest)],
        [w.overThirty, overThirty],
      ]}
    />
  );
};

/** What is late, missing or waiting; counts only, and what to do where something is held up. */
export const QualityPage = () => {
  const { w } = useAreaWords(deskWords);
  const query = useRead(readQuality, {}, { everyMs: 30_000 });
  return (
    <>
      <PageHead title={w.qualityTitle} note={w.qualityNote} ready={query.data !== undefined} />
      <Columns
        main={
          <>
            <Section title={w.outbox}>
              <Outbox />
            </Section>
            <Load query={query}>
              {(quality) => (
                <>
                  <Section title={w.missing}>
                    <Missing quality={quality} />
                  </Section>
                  <Section title={w.byStatus}>
                    <Statuses quality={quality} />
                  </Section>
                </>
              )}
            </Load>
          </>
        }
        side={
          <>
            <Load query={query}>
              {(quality) => (
                <>
                  <Section title={w.waiting}>
                    <Facts
                      items={[
                        [w.inReview, quality.inReview.count],
                        [
                          w.overdue,
                          quality.inReview.overdue === 0 ? (
                            0
                          ) : (
                            <Tag key="overdue" tone="bad">
                              {quality.inReview.overdue}
                            </Tag>
                          ),
                        ],
                        [w.oldest, quality.inReview.oldestAcceptedOn ?? w.none],
                        [w.returned, quality.returned],
                      ]}
                    />
                  </Section>
                  <Section title={w.lateness}>
                    <Lateness quality={quality} />
                  </Section>
                </>
              )}
            </Load>
            <Section title={w.consumers}>
              <Followers />
            </Section>
          </>
        }
      />
    </>
  );
};
