import type { CaseView } from '@jishi/contracts/subsidy/case';
import { listSchemes, readCase } from '@jishi/contracts/subsidy/endpoints';
import { useSyncExternalStore } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Dialog } from '../../../kit/dialog.tsx';
import { Columns, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { useParameter } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { ActsList } from '../acts-list.tsx';
import { CaseTag } from '../status-tags.tsx';
import '../subsidy.css';
import { subsidyWords } from '../words.ts';
import { Answer } from './answer.tsx';
import { CaseActs } from './case-acts.tsx';
import { CaseStages } from './case-stages.tsx';
import { Changes, Claims, ContractFacts, Payment } from './contract-parts.tsx';
import { Reviews } from './reviews.tsx';
import { lineName, SourceContent } from './source-panel.tsx';
import { TraceTable } from './trace-table.tsx';

/** Where the columns stand below one another, a chosen line opens its source as a sheet. */
const NARROW = '(max-width: 1099px)';

const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(NARROW);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(NARROW).matches,
  );

const Note = ({ view }: { view: CaseView }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const { data } = useRead(listSchemes);
  const scheme = data?.items.find((found) => found.scheme === view.scheme);
  return (
    <>
      {fill(w.caseNote, {
        number: groupedNumber(view.registrationNumber),
        year: view.year,
        scheme: scheme?.[language] ?? view.scheme,
        supplement: view.supplement > 1 ? fill(w.supplementNote, { n: view.supplement }) : '',
      })}{' '}
      <CaseTag status={view.status} />
    </>
  );
};

const Source = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const isNarrow = useIsNarrow();
  const [chosen, choose] = useParameter('line');
  const step = Number(chosen ?? (isNarrow ? 0 : 1));
  const line = view.trace.find((found) => found.step === step);
  if (isNarrow) {
    return (
      <Dialog
        open={line !== undefined}
        onClose={() => choose(null)}
        title={line ? fill(w.sourceOf, { n: line.step, what: lineName(line, w) }) : w.source}
      >
        {line ? <SourceContent view={view} line={line} /> : null}
      </Dialog>
    );
  }
  if (!line) return null;
  return (
    <Section title={fill(w.sourceOf, { n: line.step, what: lineName(line, w) })}>
      <SourceContent view={view} line={line} />
    </Section>
  );
};

const Trace = ({ view }: { view: CaseView }) => {
  const isNarrow = useIsNarrow();
  const [chosen, choose] = useParameter('line');
  if (view.trace.length === 0) return null;
  return (
    <TraceTable
      view={view}
      chosen={Number(chosen ?? (isNarrow ? 0 : 1))}
      onChoose={(step) => choose(String(step))}
    />
  );
};

const Body = ({ view }: { view: CaseView }) => (
  <>
    <CaseStages view={view} />
    <Columns
      main={
        <>
          <Answer view={view} />
          <Changes view={view} />
          <Trace view={view} />
          <ActsList lines={view.steps.map((step) => ({ ...step, note: step.noteZh }))} />
        </>
      }
      side={
        <>
          <Claims view={view} />
          <Source view={view} />
          <Reviews view={view} />
          <Payment view={view} />
          <ContractFacts view={view} />
        </>
      }
    />
  </>
);

/** One case: how much, from what, and what is to be done now. */
export const CasePage = ({ values }: PageProps) => {
  const { w } = useAreaWords(subsidyWords);
  const query = useRead(readCase, { params: { caseId: values.caseId ?? '' } }, { keep: true });
  return (
    <Load query={query} whole>
      {(view) => (
        <>
          <PageHead
            title={fill(w.caseTitle, { role: w[`role.${view.role}`], party: view.partyName })}
            note={<Note view={view} />}
            actions={<CaseActs view={view} />}
          />
          <Body view={view} />
        </>
      )}
    </Load>
  );
};
