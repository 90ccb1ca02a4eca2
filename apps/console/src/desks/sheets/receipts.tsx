import type { ImportRun, ImportView } from '@jishi/contracts/market/import';
import { Facts, Section } from '../../kit/page.tsx';
import { At, Hash } from '../../kit/values.tsx';
import { Link } from '../../place.tsx';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import { placeOf } from './whereabouts.ts';
import { sheetWords } from './words.ts';

/** How far the run is; it goes on without this page. */
export const Progress = ({ view }: { view: ImportView }) => {
  const { w } = useAreaWords(sheetWords);
  const run = view.runs.find(({ finishedAt }) => finishedAt === null);
  const done = run?.rowsDone ?? 0;
  const total = run?.rowsTotal ?? view.counts.queued;
  const text = fill(w.runProgress, { done, total });
  return (
    <Section title={w.running}>
      <progress className="sheets-progress" max={total} value={done} aria-label={w.running}>
        {text}
      </progress>
      <p role="status">{text}</p>
      <p className="hint">{w.runSafe}</p>
    </Section>
  );
};

const Receipt = (props: { run: ImportRun; view: ImportView }) => {
  const { w } = useAreaWords(sheetWords);
  const { run, view } = props;
  const skipped = run.rowsDone - run.created;
  return (
    <Section title={w.receiptHead}>
      <p>
        <strong>{fill(w.receiptCreated, { n: run.created })}</strong>
      </p>
      {skipped > 0 ? <p>{fill(w.receiptSkipped, { n: skipped })}</p> : null}
      <Facts
        items={[
          [w.fileName, view.fileName],
          [w.hash, <Hash key="hash" hex={view.fileSha256} />],
          [w.target, w[`target.${run.target}`]],
          [w.stepImport, run.finishedAt ? <At key="at" instant={run.finishedAt} /> : ''],
        ]}
      />
    </Section>
  );
};

/** What was imported, with the hash of the file, newest first; and what is left. */
export const Receipts = ({ view }: { view: ImportView }) => {
  const { w } = useAreaWords(sheetWords);
  const finished = view.runs.filter(({ finishedAt }) => finishedAt !== null).toReversed();
  const left = view.counts.total - view.counts.imported;
  return (
    <>
      {finished.map((run) => (
        <Receipt key={run.runId} run={run} view={view} />
      ))}
      {left > 0 ? <p>{fill(w.receiptLeft, { n: left })}</p> : null}
      <p className="sheets-next">
        <Link
          className="primary"
          to={view.kind === 'listings' ? '/desk/listings' : '/desk/contracts'}
        >
          {view.kind === 'listings' ? w.seeListings : w.seeContracts}
        </Link>
        {left > 0 && view.status === 'open' ? (
          <Link className="outlined" to={`${placeOf(view)}?step=fix`}>
            {w.goOnFixing}
          </Link>
        ) : null}
      </p>
    </>
  );
};
