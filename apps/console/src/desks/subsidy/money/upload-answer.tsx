import { enterBankAnswerFile, listBatches } from '@jishi/contracts/subsidy/endpoints';
import type { AnswerProblem, BatchView } from '@jishi/contracts/subsidy/payment';
import { useState } from 'react';
import { useRead, useTrouble } from '../../../api/queries.ts';
import { BusyButton, Confirm } from '../../../kit/dialog.tsx';
import { FieldFrame } from '../../../kit/fields.tsx';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, type Language } from '../../../words/words.tsx';
import { useCommandId } from '../command-id.ts';
import { useDeskAct } from '../desk-act.ts';
import { yuanOf } from '../figures.ts';
import { type SubsidyWords, subsidyWords } from '../words.ts';
import { answerText } from './answer-text.ts';

const shownOf = (problem: AnswerProblem, text: string | null): string => {
  if (text === null) return '–';
  return problem.rule === 'amount-differs' && /^\d+$/.test(text) ? yuanOf(text) : text;
};

const columnsOf = (w: SubsidyWords, language: Language): readonly Column<AnswerProblem>[] => [
  {
    key: 'line',
    head: w.lineNo,
    cell: (row) => (row.line === 0 ? w.whole : row.line),
    text: (row) => String(row.line),
  },
  {
    key: 'problem',
    head: w.problem,
    cell: (row) => row[language],
    text: (row) => row[language],
  },
  {
    key: 'instruction',
    head: w.instruction,
    cell: (row) => <span className="mono">{row.instructionId?.slice(-8) ?? '–'}</span>,
    text: (row) => row.instructionId ?? '',
  },
  {
    key: 'expected',
    head: w.expected,
    cell: (row) => shownOf(row, row.expected),
    text: (row) => shownOf(row, row.expected),
  },
  {
    key: 'given',
    head: w.given,
    cell: (row) => shownOf(row, row.given),
    text: (row) => shownOf(row, row.given),
  },
];

const keyOf = (row: AnswerProblem): string => `${row.line} ${row.rule} ${row.instructionId ?? ''}`;

/** What became of the answer: all booked, or each difference by its line. */
const Result = (props: { problems: readonly AnswerProblem[]; lines: number }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const { problems, lines } = props;
  if (problems.length === 0) {
    return (
      <p role="status" className="verdict-ok">
        ✓ {fill(w.applied, { n: lines })}
      </p>
    );
  }
  return (
    <div role="alert">
      <p className="verdict-bad">× {fill(w.notApplied, { n: problems.length })}</p>
      <Table
        caption={w.answerCaption}
        columns={columnsOf(w, language)}
        rows={problems}
        rowKey={keyOf}
        fileName="answer-differences"
      />
    </div>
  );
};

interface Read {
  readonly name: string;
  readonly csv: string;
}

const UploadForm = ({ batches }: { batches: readonly BatchView[] }) => {
  const { w } = useAreaWords(subsidyWords);
  const [asked] = useParameter('batch');
  const [batchId, setBatchId] = useState(
    batches.find((batch) => batch.batchId === asked)?.batchId ?? batches[0]?.batchId ?? '',
  );
  const [file, setFile] = useState<Read | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(enterBankAnswerFile, () => {
    setOpen(false);
    renew();
  });
  const trouble = useTrouble(act);
  const ask = (): void => {
    setMissing(file === null);
    if (file) setOpen(true);
  };
  return (
    <div className="upload-form">
      <FieldFrame label={w.uploadFor} error={undefined}>
        {(wired) => (
          <select {...wired} value={batchId} onChange={(event) => setBatchId(event.target.value)}>
            {batches.map((batch) => (
              <option key={batch.batchId} value={batch.batchId}>
                {`${batch.batchId.slice(-8)} · ${yuanOf(batch.totalFen)} ${w.yuan}`}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <FieldFrame label={w.answerFile} hint={w.answerHint} error={isMissing ? w.noFile : undefined}>
        {(wired) => (
          <input
            {...wired}
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={async (event) => {
              const chosen = event.target.files?.[0];
              setFile(chosen ? { name: chosen.name, csv: await answerText(chosen) } : null);
              setMissing(false);
              act.reset();
            }}
          />
        )}
      </FieldFrame>
      <p>
        <BusyButton busy={act.isPending} onClick={ask}>
          {w.uploadAct}
        </BusyButton>
      </p>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={w.uploadTitle}
        act={w.uploadAct}
        busy={act.isPending}
        trouble={trouble}
        onAct={() => act.mutate({ params: { batchId }, body: { commandId, csv: file?.csv ?? '' } })}
      >
        <p>{fill(w.uploadText, { name: file?.name ?? '', id: batchId.slice(-8) })}</p>
      </Confirm>
      {act.data ? (
        <Result
          problems={act.data.problems}
          lines={act.data.batch.instructions.filter((i) => i.bankReference !== null).length}
        />
      ) : null}
    </div>
  );
};

/** Takes the bank's file for a batch whose payment file is out. */
export const UploadAnswer = () => {
  const { w } = useAreaWords(subsidyWords);
  const query = useRead(listBatches, { query: { limit: 100 } }, { keep: true });
  return (
    <Section title={w.upload}>
      <Load query={query}>
        {({ items }) => {
          const sent = items.filter((b) => b.status === 'approved' || b.status === 'settled');
          return sent.length === 0 ? <p>{w.noSent}</p> : <UploadForm batches={sent} />;
        }}
      </Load>
    </Section>
  );
};
