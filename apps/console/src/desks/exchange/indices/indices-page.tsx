import { useTrouble } from '../../../api/queries.ts';
import { PageHead, Section } from '../../../kit/page.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { useWho } from '../../../session/who.ts';
import { Skeleton } from '../../../states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../exchange.css';
import { AnswerSection } from './answer-section.tsx';
import { CalendarSection } from './calendar-section.tsx';
import { Chooser, DayChooser } from './chooser.tsx';
import { ContractsSection } from './contracts-section.tsx';
import { ContributionsSection } from './contributions-section.tsx';
import { Downloads } from './downloads.tsx';
import './indices.css';
import { seriesName } from '../cell-name.ts';
import { PartsSection } from './parts-section.tsx';
import { ALL_SERIES, kindOfSeries } from './series-choice.ts';
import { type IndicesView, useIndices } from './use-indices.ts';
import { VintageChart } from './vintage-chart.tsx';
import { VintageTable } from './vintage-table.tsx';
import { indicesWords } from './words.ts';

const KINDS = ['city', 'district', 'industry', 'field'] as const;
/** Who may stand behind a value as a party: they see their own contracts. */
const PARTIES = ['listing-officer', 'buyer'] as const;

const Choosers = ({ view }: { view: IndicesView }) => {
  const { w, language } = useAreaWords(indicesWords);
  return (
    <div className="choosers">
      <Chooser
        label={w.series}
        name="cell"
        value={view.series}
        groups={KINDS.map((kind) => ({
          label: w[`group.${kind}`],
          options: ALL_SERIES.filter((series) => kindOfSeries(series) === kind).map((series) => ({
            value: series,
            label: seriesName(series, language),
          })),
        }))}
      />
      {view.row ? (
        <Chooser
          label={w.month}
          name="period"
          value={view.row.period}
          options={view.rows.map(({ period }) => ({ value: period, label: period })).reverse()}
        />
      ) : null}
      {view.exact ? <DayChooser label={w.asOfDay} name="day" clear={w.asOfNow} /> : null}
    </div>
  );
};

const Sections = ({ view }: { view: IndicesView }) => {
  const { w } = useAreaWords(indicesWords);
  const known = useWho();
  const { row } = view;
  const roles = known.state === 'person' ? known.me.roles : [];
  const isParty = PARTIES.some((role) => roles.includes(role));
  return (
    <>
      {row ? <AnswerSection view={view} row={row} /> : <p>{w.noValue}</p>}
      <Section title={w.line} aside={w.lineMeta}>
        <VintageChart view={view} />
        <VintageTable view={view} />
      </Section>
      {row ? (
        <>
          <ContributionsSection view={view} row={row} />
          <PartsSection view={view} period={row.period} />
          {view.exact || isParty ? (
            <ContractsSection
              key={`${view.series} ${row.period} ${view.asOf?.seq ?? ''}`}
              view={view}
              period={row.period}
            />
          ) : null}
        </>
      ) : null}
      <CalendarSection period={row?.period ?? null} asOfDay={view.asOf?.day ?? null} />
    </>
  );
};

/** How the market is, what moved it, and what was said of it before. */
export const IndicesPage = () => {
  const { w, language } = useAreaWords(indicesWords);
  const { view, series, exact, failed, retry } = useIndices();
  const trouble = useTrouble(failed);
  const noteNow = exact ? w.noteExact : view?.isPublished === false ? w.nothing : w.note;
  const note = view?.asOf ? w.noteAsOf : noteNow;
  return (
    <>
      <PageHead
        title={fill(w.title, { series: seriesName(series, language) })}
        note={view ? fill(note, { seq: view.headSeq, day: view.asOf?.day ?? '' }) : null}
        ready={view !== null}
        actions={<Downloads view={view} />}
      />
      {trouble && !view ? <TroubleNotice trouble={trouble} onRetry={retry} /> : null}
      {!view && !trouble ? <Skeleton /> : null}
      {view ? (
        <>
          <Choosers view={view} />
          <Sections view={view} />
        </>
      ) : null}
    </>
  );
};
