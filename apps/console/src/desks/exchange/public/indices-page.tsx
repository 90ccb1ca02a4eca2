import { useTrouble } from '../../../api/queries.ts';
import { dayOf, monthAndYear } from '../../../format/moment.ts';
import { Choices } from '../../../kit/choices.tsx';
import { csvOf } from '../../../kit/csv.ts';
import { PageHead, Section } from '../../../kit/page.tsx';
import { saveText } from '../../../kit/save-file.ts';
import { TroubleNotice } from '../../../kit/states.tsx';
import { addressWith, Link, useParameter } from '../../../place.tsx';
import { Skeleton } from '../../../states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { ALL_CELLS, cellName } from '../cell-name.ts';
import '../exchange.css';
import { CellTable, useCellColumns } from './cell-table.tsx';
import { SeriesLine } from './series-line.tsx';
import { type IndicesView, useIndices } from './use-indices.ts';
import { publicWords } from './words.ts';

const KINDS = ['district', 'industry', 'field'] as const;

const useNote = (view: IndicesView | null): string | null => {
  const { w } = useAreaWords(publicWords);
  if (!view) return null;
  if (!view.published) return fill(w.provisionalLine, { seq: view.stepSeq ?? 0 });
  const { vintage, publishedAt, headSeq, methodVersion } = view.published;
  return fill(w.publishedLine, {
    vintage: vintage === 1 ? w.vintageFirst : fill(w.vintageRestated, { n: vintage }),
    day: dayOf(Date.parse(publishedAt)),
    seq: headSeq,
    version: methodVersion,
  });
};

const Chooser = (props: {
  label: string;
  name: string;
  value: string;
  options: readonly (readonly [string, string])[];
}) => {
  const [, set] = useParameter(props.name);
  return (
    <label className="chooser">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => set(event.target.value)}>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
};

const Answer = ({ view }: { view: IndicesView }) => {
  const { w, language } = useAreaWords(publicWords);
  const { own, month } = view;
  const query = new URLSearchParams({ cell: view.cell });
  if (month) query.set('period', month);
  if (view.vintage === 'first') query.set('vintage', 'first');
  return (
    <Section
      title={fill(w.valueOf, { month: month ? monthAndYear(month, language) : '' })}
      aside={<Link to={`/method?${query}`}>{w.howMade}</Link>}
    >
      <p className="answer-amount">
        {own?.value ?? <span className="suppressed">—</span>}
        {own?.reason ? <span className="small-unit"> {w[`reason.${own.reason}`]}</span> : null}
      </p>
      <SeriesLine cellName={cellName(view.cell, language)} points={view.points} />
    </Section>
  );
};

/** How the market is: one number, its line, and the parts of its month. */
export const IndicesPage = () => {
  const { w, language } = useAreaWords(publicWords);
  const { t } = useWords();
  const { view, vintage, isEmpty, queries } = useIndices();
  const [by] = useParameter('by');
  const [asked] = useParameter('vintage');
  const kind = KINDS.find((one) => one === by) ?? 'district';
  const note = useNote(view);
  const columns = useCellColumns(vintage !== 'provisional');
  const trouble = useTrouble(queries.find((query) => query.error) ?? { error: null });
  const name = view ? cellName(view.cell, language) : cellName('city', language);
  const file = `jishi-index-${view?.month ?? 'empty'}-${vintage}`;
  const save = (): void => {
    const head = columns.map((column) => column.head);
    const rows = (view?.rows ?? []).map((row) => columns.map((column) => column.text(row)));
    const first = [
      note ?? '',
      view?.synthetic ? t.synthetic : '',
      view?.published?.contentHash ?? '',
    ];
    saveText(`${file}.csv`, csvOf([first, head, ...rows]));
  };
  const labels = { district: w.byDistrict, industry: w.byIndustry, field: w.byField };
  return (
    <>
      <PageHead
        title={fill(w.indicesTitle, { cell: name })}
        note={isEmpty ? w.nothingPublished : note}
        ready={view !== null}
        actions={
          <button type="button" className="primary" disabled={!view} onClick={save}>
            {w.download}
          </button>
        }
      />
      <Choices
        label={w.vintages}
        parameter="vintage"
        choices={
          isEmpty
            ? [{ value: asked, label: w.provisional }]
            : [
                { value: 'first', label: w.first },
                { value: null, label: w.latest },
                { value: 'provisional', label: w.provisional },
              ]
        }
      />
      {trouble && !view ? <TroubleNotice trouble={trouble} /> : null}
      {!view && !trouble ? <Skeleton /> : null}
      {view ? (
        <>
          <div className="choosers">
            <Chooser
              label={w.chooseCell}
              name="cell"
              value={view.cell}
              options={ALL_CELLS.map((cell) => [cell, cellName(cell, language)])}
            />
            {view.months.length > 0 ? (
              <Chooser
                label={w.chooseMonth}
                name="period"
                value={view.month ?? ''}
                options={view.months.map((month) => [month, month])}
              />
            ) : null}
          </div>
          <Answer view={view} />
          <Section title={w.tableOf} aside={view.month}>
            <Choices
              label={w.tableOf}
              parameter="by"
              choices={KINDS.map((one) => ({
                value: one === 'district' ? null : one,
                label: labels[one],
              }))}
            />
            <CellTable
              rows={view.rows}
              kind={kind}
              withPrimitives={vintage !== 'provisional'}
              caption={`${w.tableOf} · ${labels[kind]}`}
              to={(cell) => addressWith('cell', cell)}
              fileName={`${file}-${kind}`}
              fileNote={note ?? ''}
            />
          </Section>
        </>
      ) : null}
    </>
  );
};
