import type { CaseView } from '@jishi/contracts/subsidy/case';
import type { TraceLine } from '@jishi/contracts/subsidy/trace';
import { csvOf } from '../../../kit/csv.ts';
import { Section } from '../../../kit/page.tsx';
import { saveText } from '../../../kit/save-file.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { listed, percentOf, yuanOf } from '../figures.ts';
import { KnownTag } from '../status-tags.tsx';
import { type SubsidyWords, subsidyWords } from '../words.ts';
import { lineName } from './source-panel.tsx';

const SIGNS = { plus: '', minus: '− ', times: '× ', equals: '= ' } as const;
const RESULTS = ['base', 'share', 'cap-remaining', 'award'];

const amountText = (line: TraceLine): string =>
  line.rateBp === null
    ? `${SIGNS[line.sign]}${yuanOf(line.amountFen ?? '0')}`
    : `${SIGNS[line.sign]}${percentOf(line.rateBp)}%`;

const sourceText = (
  line: TraceLine,
  view: CaseView,
  language: 'zh' | 'en',
  w: SubsidyWords,
): string => {
  const { source } = line;
  switch (source.kind) {
    case 'receipts':
      return fill(w['src.receipts'], { n: source.seqs.length });
    case 'contract':
      return w['src.contract'];
    case 'cases':
      return fill(w['src.cases'], { n: source.caseIds.length });
    case 'lines':
      return fill(w['src.lines'], { steps: listed(source.steps, language) });
    case 'article': {
      const content = view.decision?.content ?? view.proposal;
      return content?.checks.find((c) => c.article === source.article)?.[language] ?? '';
    }
  }
};

const rowClass = (line: TraceLine, isChosen: boolean): string | undefined =>
  [
    isChosen ? 'is-chosen' : '',
    RESULTS.includes(line.kind) ? 'is-result' : '',
    line.kind === 'award' ? 'is-award' : '',
  ]
    .filter(Boolean)
    .join(' ') || undefined;

/** The answer line by line; a chosen line shows what it rests on. */
export const TraceTable = (props: {
  view: CaseView;
  chosen: number;
  onChoose: (step: number) => void;
}) => {
  const { w, language } = useAreaWords(subsidyWords);
  const { t } = useWords();
  const { view } = props;
  const heads = [w.step, w.what, w.amountYuan, w.source, w.known];
  const save = (): void =>
    saveText(
      `subsidy-case-${view.caseId}.csv`,
      csvOf([
        heads,
        ...view.trace.map((line) => [
          String(line.step),
          lineName(line, w),
          amountText(line),
          sourceText(line, view, language, w),
          line.status ? w[`known.${line.status}`] : '',
        ]),
      ]),
    );
  return (
    <Section title={w.trace} aside={w.traceHint}>
      <table className="table trace-table">
        <caption className="visually-hidden">{w.trace}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={head === w.amountYuan ? 'right' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.trace.map((line) => (
            <tr key={line.step} className={rowClass(line, line.step === props.chosen)}>
              <td data-label={w.step}>{line.step}</td>
              <th scope="row" data-label={w.what}>
                <button
                  type="button"
                  className="trace-line"
                  aria-pressed={line.step === props.chosen}
                  onClick={() => props.onChoose(line.step)}
                >
                  {lineName(line, w)}
                </button>
              </th>
              <td data-label={w.amountYuan} className="right">
                <span className="amount">{amountText(line)}</span>
              </td>
              <td data-label={w.source}>{sourceText(line, view, language, w)}</td>
              <td data-label={w.known} className={line.status ? undefined : 'no-status'}>
                {line.status ? <KnownTag status={line.status} /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="table-foot">
        <button type="button" className="quiet" onClick={save}>
          {t.tableDownload}
        </button>
      </p>
    </Section>
  );
};
