import { listPublications, readPublication } from '@jishi/contracts/ledger/publication';
import { useRead } from '../../../api/queries.ts';
import { monthAndYear } from '../../../format/moment.ts';
import { Facts, PageHead, Section } from '../../../kit/page.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { seriesName } from '../cell-name.ts';
import '../exchange.css';
import { seriesOfText } from '../indices/series-choice.ts';
import { Computed } from './method-computed.tsx';
import { VerifyBox } from './verify-box.tsx';
import { publicWords } from './words.ts';

/** Which number the page is about: what a link names, else the newest published month. */
const useNumber = () => {
  const [askedCell] = useParameter('cell');
  const [period] = useParameter('period');
  const [vintage] = useParameter('vintage');
  const list = useRead(listPublications);
  const items = (list.data?.items ?? []).filter((item) => item.methodVersion !== '0.1');
  const month = items.find((item) => item.period === period)?.period ?? items[0]?.period ?? null;
  const published = useRead(
    readPublication,
    {
      params: { period: month ?? '2000-01' },
      query: { vintage: vintage === 'first' ? 'first' : 'latest' },
    },
    { when: month !== null },
  );
  const isReady = list.data !== undefined && (month === null || published.data !== undefined);
  const isAsked = !list.isLoading && !published.isLoading;
  return {
    ...{ cell: seriesOfText(askedCell), month, list, isReady, isAsked },
    published: published.data ?? null,
  };
};

type Number = ReturnType<typeof useNumber>;

/** The publication itself: whoever has the file can compute every string of it again. */
const fileOf = ({ period, vintage }: { period: string; vintage: number }): string =>
  `/api/ledger/index/publications/${period}?vintage=${vintage}`;

/** Which publication of its month it is, and under which label. */
const useVintageText = (): ((of: {
  vintage: number;
  revision: 'R1' | 'R2' | 'R3' | 'C' | null;
  methodVersion: string;
}) => string) => {
  const { w } = useAreaWords(publicWords);
  const { t } = useWords();
  return ({ vintage, revision, methodVersion }) => {
    if (methodVersion === '0.1') return w.earlyMethod;
    const label = t[`revision.${revision ?? 'first'}`];
    return vintage === 1 ? w.vintageFirst : fill(w.vintageRestated, { n: vintage, label });
  };
};

const TheNumber = ({ number }: { number: Number }) => {
  const { w, language } = useAreaWords(publicWords);
  const vintageText = useVintageText();
  const { cell, month, published } = number;
  if (!published || !month) return <p>{w.noNumber}</p>;
  const own = published.content.values.find((one) => one.series === cell);
  const why = own?.hidden ?? own?.reason;
  return (
    <>
      <p className="answer-amount">{own?.value ?? <span className="suppressed">—</span>}</p>
      <Facts
        items={[
          [
            w.value,
            fill(w.numberLine, {
              cell: seriesName(cell, language),
              month: monthAndYear(month, language),
            }),
          ],
          ...(why ? [[w.why, w[`reason.${why}`]] as const] : []),
          [w.vintage, vintageText(published)],
          [w.publishedOn, <At key="at" instant={published.publishedAt} />],
          [
            w.asOf,
            <Link key="seq" to={`/verify?seq=${published.head.seq}`}>
              #{published.head.seq}
            </Link>,
          ],
          [w.contentHash, <Hash key="hash" hex={published.contentHash} />],
        ]}
      />
      <p>
        <Link to={`/indices?cell=${cell}&period=${month}`}>{w.backToIndices}</Link>
        {' · '}
        <a href={fileOf(published)} download={`jishi-published-${month}.json`}>
          {w.publishedFile}
        </a>
      </p>
    </>
  );
};

const Changed = ({ number }: { number: Number }) => {
  const { w } = useAreaWords(publicWords);
  const vintageText = useVintageText();
  const items = number.list.data?.items ?? [];
  type Row = (typeof items)[number];
  const columns: readonly Column<Row>[] = [
    { key: 'month', head: w.month, cell: (row) => row.period, text: (row) => row.period },
    {
      ...{ key: 'vintage', head: w.vintage },
      cell: vintageText,
      text: vintageText,
    },
    {
      ...{ key: 'at', head: w.publishedOn },
      cell: (row) => <At instant={row.publishedAt} />,
      text: (row) => row.publishedAt,
    },
    {
      key: 'seq',
      head: w.asOf,
      cell: (row) => `#${row.head.seq}`,
      text: (row) => `${row.head.seq}`,
    },
    {
      ...{ key: 'hash', head: w.contentHash },
      cell: (row) => <Hash hex={row.contentHash} />,
      text: (row) => row.contentHash,
    },
  ];
  return (
    <>
      <p>{w.changedText}</p>
      {items.length === 0 ? (
        <p>{w.noRows}</p>
      ) : (
        <Table
          caption={w.publications}
          columns={columns}
          rows={items}
          rowKey={(row) => row.publicationId}
          fileName="jishi-publications"
        />
      )}
      <p>{w.complaint}</p>
    </>
  );
};

/** May I trust this number: what it is, how it is made, checked here, and what has changed. */
export const MethodPage = () => {
  const { w } = useAreaWords(publicWords);
  const number = useNumber();
  return (
    <>
      <PageHead title={w.methodTitle} note={w.methodNote} ready={number.isReady} />
      <Section title={w.theNumber}>
        <TheNumber number={number} />
      </Section>
      <Section title={w.howComputed}>
        <Computed month={number.month ?? 'YYYY-MM'} />
      </Section>
      <Section title={w.whoVerifies} aside={<Link to="/verify">{w.toLog}</Link>}>
        <p>{w.whoVerifiesText}</p>
        <VerifyBox
          key={`${number.cell} ${number.month} ${number.published?.vintage}`}
          published={number.published}
          cell={number.cell}
          isKnown={number.isAsked}
        />
        <h3>{w.provedTitle}</h3>
        <p>{w.proved}</p>
      </Section>
      <Section title={w.changed}>
        <Changed number={number} />
      </Section>
    </>
  );
};
