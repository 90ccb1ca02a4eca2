import type { ImportView } from '@jishi/contracts/market/import';
import { readImport } from '@jishi/contracts/market/import-endpoints';
import type { ReactNode } from 'react';
import { useRead } from '../../api/queries.ts';
import { PageHead } from '../../kit/page.tsx';
import { Load } from '../../kit/states.tsx';
import { Link, useParameter } from '../../place.tsx';
import type { PageProps } from '../../shell/routes.ts';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { FixStep } from './fix-step.tsx';
import { ImportSteps } from './import-steps.tsx';
import { OnComputer } from './on-computer.tsx';
import { Progress, Receipts } from './receipts.tsx';
import { type SheetWords, sheetWords } from './words.ts';

const RUNNING_MS = 700;

const summaryOf = ({ counts }: ImportView, w: SheetWords): string => {
  const { total, clean, wrong, duplicate, imported } = counts;
  const more = imported > 0 ? fill(w.summaryImported, { imported }) : '';
  return fill(w.summary, { total, clean, wrong, duplicate }) + more;
};

type StepName = 'columns' | 'fix' | 'done';

/** Where the reader is: what the address says, unless the import is elsewhere by itself. */
const stepOf = (view: ImportView, asked: string | null): StepName => {
  if (view.status !== 'open') return 'done';
  if (asked === 'columns' || asked === 'fix') return asked;
  const nothingLeft = view.counts.total > 0 && view.counts.total === view.counts.imported;
  if (asked === 'done' || nothingLeft) return 'done';
  return view.missing.length > 0 ? 'columns' : 'fix';
};

const Step = (props: { view: ImportView; step: StepName }): ReactNode => {
  const { view, step } = props;
  if (view.status === 'running') return <Progress view={view} />;
  if (step === 'columns') return <ColumnsStep key={view.version} view={view} />;
  if (step === 'fix') return <FixStep view={view} />;
  return <Receipts view={view} />;
};

const NUMBER = { columns: 1, fix: 2, done: 3 } as const;

export const ImportPage = ({ values }: PageProps) => {
  const { w } = useAreaWords(sheetWords);
  const params = { importId: values.importId ?? '' };
  const [asked] = useParameter('step');
  const first = useRead(readImport, { params });
  const isRunning = first.data?.status === 'running';
  const query = useRead(readImport, { params }, isRunning ? { everyMs: RUNNING_MS } : {});
  return (
    <>
      <PageHead
        title={w.importTitle}
        note={query.data ? `${query.data.fileName} · ${summaryOf(query.data, w)}` : undefined}
        ready={query.data !== undefined}
        actions={
          <Link className="outlined" to="/desk/imports">
            {w.pastImports}
          </Link>
        }
      />
      <Load query={query} whole>
        {(view) => {
          const step = stepOf(view, asked);
          return (
            <OnComputer>
              <ImportSteps now={NUMBER[step]} />
              <Step view={view} step={step} />
            </OnComputer>
          );
        }}
      </Load>
    </>
  );
};
