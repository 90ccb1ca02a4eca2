import type { AnswerOf } from '@jishi/contracts/endpoint';
import { readContributions } from '@jishi/contracts/ledger/index-endpoints';
import type { Contributions, PartingBy } from '@jishi/contracts/ledger/index-family';
import { readPublication } from '@jishi/contracts/ledger/publication';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useRead, useTrouble } from '../../../api/queries.ts';
import { monthAndYear } from '../../../format/moment.ts';
import { Choices } from '../../../kit/choices.tsx';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { WaterfallTable } from '../../../live/waterfall.tsx';
import { addressWith, Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { Chooser } from './chooser.tsx';
import { largestParts } from './largest-parts.ts';
import { askedSeries } from './series-choice.ts';
import { asOfQuery, type IndicesView } from './use-indices.ts';
import type { VintageRow } from './vintage-rows.ts';
import { indicesWords } from './words.ts';

const PUBLIC_PARTINGS: readonly PartingBy[] = ['component', 'district', 'field', 'industry'];
const EXACT_PARTINGS: readonly PartingBy[] = [...PUBLIC_PARTINGS, 'contract-type', 'contract'];
/** A waterfall of more lines is no longer read; the rest is summed. */
const LINES_MAX = 24;

const Told = ({ table }: { table: Contributions }) => {
  const { w, language } = useAreaWords(indicesWords);
  const shown = largestParts(table, LINES_MAX);
  const months = {
    from: monthAndYear(table.from.period, language),
    to: monthAndYear(table.to.period, language),
  };
  return (
    <>
      <p>{fill(w.contributionsText, months)}</p>
      <WaterfallTable table={shown} />
      {shown === table ? null : <p className="hint">{fill(w.more, { n: table.lines.length })}</p>}
    </>
  );
};

const Partings = ({ partings }: { partings: readonly PartingBy[] }) => {
  const { w } = useAreaWords(indicesWords);
  const { t } = useWords();
  return (
    <Choices
      label={w.parting}
      parameter="by"
      choices={partings.map((one) => ({
        value: one === 'component' ? null : one,
        label: t[`by.${one}`],
      }))}
    />
  );
};

const useParting = (partings: readonly PartingBy[]): PartingBy => {
  const [asked] = useParameter('by');
  return partings.find((one) => one === asked) ?? 'component';
};

/** What the month's own publication says of it, or why it says nothing. */
const Published = ({ row }: { row: VintageRow }) => {
  const { w } = useAreaWords(indicesWords);
  const { t } = useWords();
  const by = useParting(PUBLIC_PARTINGS);
  const query = useRead(
    readPublication,
    { params: { period: row.period }, query: { vintage: 'latest' } },
    { when: row.latest !== null },
  );
  if (row.latest === null) return <p className="hint">{w.contributionsNone}</p>;
  return (
    <Load query={query}>
      {({ content }) => {
        const table = content.contributions?.tables.find((one) => one.by === by);
        const why = content.contributionsHidden;
        return (
          <>
            <Partings partings={PUBLIC_PARTINGS} />
            {table ? (
              <Told table={table} />
            ) : (
              <p className="hint">
                {why
                  ? fill(w.contributionsWithheld, { reason: t[`reason.${why}`] })
                  : w.contributionsNone}
              </p>
            )}
          </>
        );
      }}
    </Load>
  );
};

/** Statuses with which the ledger says that these two months cannot be told apart. */
const NOT_THERE: readonly (number | null)[] = [400, 403, 404, 409, 422];

const ExactAnswer = (props: { query: UseQueryResult<AnswerOf<typeof readContributions>> }) => {
  const { w } = useAreaWords(indicesWords);
  const { t } = useWords();
  const { query } = props;
  const trouble = useTrouble(query);
  if (trouble && NOT_THERE.includes(trouble.status)) {
    const isFar = trouble.fields.some(({ rule }) => rule === 'over-two-links');
    return <p className="hint">{isFar ? t.waterfallLinks : w.contributionsNone}</p>;
  }
  return <Load query={query}>{(table) => <Told table={table} />}</Load>;
};

/** Months with a value before the one that the page is about, newest first. */
const earlier = (rows: readonly VintageRow[], period: string): readonly string[] =>
  rows
    .filter((row) => row.period < period && row.shown.value !== null)
    .map((row) => row.period)
    .reverse();

/** Any two months within one yearly link, as of the head. */
const Exact = ({ view, row }: { view: IndicesView; row: VintageRow }) => {
  const { w } = useAreaWords(indicesWords);
  const [from] = useParameter('from');
  const by = useParting(EXACT_PARTINGS);
  const before = earlier(view.rows, row.period);
  const start = before.find((one) => one === from) ?? before[0];
  const isValued = row.shown.value !== null;
  const query = useRead(
    readContributions,
    {
      query: {
        ...{ ...askedSeries(view.series), ...asOfQuery(view) },
        ...{ from: start ?? row.period, to: row.period, by },
      },
    },
    { when: start !== undefined && isValued },
  );
  if (start === undefined || !isValued) return <p className="hint">{w.contributionsNone}</p>;
  return (
    <>
      <div className="choosers">
        <Chooser
          label={w.monthFrom}
          name="from"
          value={start}
          options={before.map((month) => ({ value: month, label: month }))}
        />
      </div>
      <Partings partings={EXACT_PARTINGS} />
      <ExactAnswer query={query} />
    </>
  );
};

/** Who moved the index since the month before, or since any month that an officer chooses. */
export const ContributionsSection = (props: { view: IndicesView; row: VintageRow }) => {
  const { w } = useAreaWords(indicesWords);
  const { view } = props;
  useEffect(() => {
    if (window.location.hash === '#contributions') {
      document.getElementById('contributions')?.scrollIntoView();
    }
  }, []);
  return (
    <Section id="contributions" title={w.contributions} aside={props.row.period}>
      {view.exact ? <Exact {...props} /> : null}
      {!view.exact && view.series === 'city' ? <Published row={props.row} /> : null}
      {!view.exact && view.series !== 'city' ? (
        <>
          <p className="hint">{w.contributionsPublic}</p>
          <p>
            <Link to={`${addressWith('cell', null)}#contributions`}>{w.contributionsOther}</Link>
          </p>
        </>
      ) : null}
    </Section>
  );
};
