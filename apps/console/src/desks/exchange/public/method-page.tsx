import { readMethod } from '@jishi/contracts/ledger/endpoints';
import { listPublications, readPublication } from '@jishi/contracts/ledger/publication';
import { Fragment } from 'react';
import { useRead } from '../../../api/queries.ts';
import { monthAndYear } from '../../../format/moment.ts';
import { Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { cellName, cellOfText } from '../cell-name.ts';
import '../exchange.css';
import { VerifyBox } from './verify-box.tsx';
import { publicWords } from './words.ts';

/** Which number the page is about: what a link names, else the newest published month. */
const useNumber = () => {
  const [askedCell] = useParameter('cell');
  const [period] = useParameter('period');
  const [vintage] = useParameter('vintage');
  const list = useRead(listPublications);
  const items = list.data?.items ?? [];
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
  return { cell: cellOfText(askedCell), month, list, published: published.data ?? null, isReady };
};

type Number = ReturnType<typeof useNumber>;

const TheNumber = ({ number }: { number: Number }) => {
  const { w, language } = useAreaWords(publicWords);
  const { cell, month, published } = number;
  if (!published || !month) return <p>{w.noNumber}</p>;
  const own = published.content.cells.find((one) => one.cell === cell);
  return (
    <>
      <p className="answer-amount">{own?.value ?? <span className="suppressed">—</span>}</p>
      <Facts
        items={[
          [
            w.value,
            fill(w.numberLine, {
              cell: cellName(cell, language),
              month: monthAndYear(month, language),
            }),
          ],
          ...(own?.reason ? [[w.why, w[`reason.${own.reason}`]] as const] : []),
          [
            w.vintage,
            published.vintage === 1
              ? w.vintageFirst
              : fill(w.vintageRestated, { n: published.vintage }),
          ],
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
      </p>
    </>
  );
};

interface Setting {
  readonly name: string;
  readonly value: string;
}

const settingsOf = (parameters: Record<string, unknown>, prefix = ''): readonly Setting[] =>
  Object.entries(parameters).flatMap(([key, value]) => {
    const name = prefix ? `${prefix}.${key}` : key;
    if (Array.isArray(value)) return [{ name, value: value.join(' · ') }];
    if (typeof value === 'object' && value !== null) {
      return settingsOf(Object.fromEntries(Object.entries(value)), name);
    }
    return [{ name, value: String(value) }];
  });

/** A zero below the line as markup: many fonts have no such sign. */
const WithSubscripts = ({ text }: { text: string }) => {
  const [first = '', ...rest] = text.split('₀');
  return (
    <>
      {first}
      {rest.map((part, at) => (
        <Fragment key={`${at} ${part}`}>
          <sub>0</sub>
          {part}
        </Fragment>
      ))}
    </>
  );
};

const Computed = () => {
  const { w, language } = useAreaWords(publicWords);
  const method = useRead(readMethod);
  const columns: readonly Column<Setting>[] = [
    { key: 'name', head: w.parameter, cell: (row) => row.name, text: (row) => row.name },
    { key: 'value', head: w.setting, cell: (row) => row.value, text: (row) => row.value },
  ];
  return (
    <Load query={method}>
      {(data) => (
        <>
          <ol className="plain-list">
            {data[language].map((sentence) => (
              <li key={sentence}>
                <WithSubscripts text={sentence} />
              </li>
            ))}
          </ol>
          <h3>{fill(w.parameters, { version: data.version })}</h3>
          <p>
            <Hash hex={data.parameterHash} />
          </p>
          <Table
            caption={fill(w.parameters, { version: data.version })}
            columns={columns}
            rows={settingsOf(data.parameters)}
            rowKey={(row) => row.name}
            fileName={`jishi-index-parameters-${data.version}`}
          />
        </>
      )}
    </Load>
  );
};

const Changed = ({ number }: { number: Number }) => {
  const { w } = useAreaWords(publicWords);
  const items = number.list.data?.items ?? [];
  type Row = (typeof items)[number];
  const columns: readonly Column<Row>[] = [
    { key: 'month', head: w.month, cell: (row) => row.period, text: (row) => row.period },
    {
      ...{ key: 'vintage', head: w.vintage },
      cell: (row) =>
        row.vintage === 1 ? w.vintageFirst : fill(w.vintageRestated, { n: row.vintage }),
      text: (row) => String(row.vintage),
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
        <Computed />
      </Section>
      <Section title={w.whoVerifies} aside={<Link to="/verify">{w.toLog}</Link>}>
        <p>{w.whoVerifiesText}</p>
        <VerifyBox
          key={`${number.cell} ${number.month} ${number.published?.vintage}`}
          published={number.published}
          cell={number.cell}
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
