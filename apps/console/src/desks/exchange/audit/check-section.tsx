import { useId, useState } from 'react';
import { type Trouble, troubleOf } from '../../../api/trouble.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { Command, EXPORT_COMMAND } from '../proof/command.tsx';
import { checkFile, type FileFits, type FileOutcome } from './check-file.ts';
import { linesOf } from './file-lines.ts';
import { type CheckedHeads, checkedHeads } from './signed-heads.ts';
import { auditWords } from './words.ts';

const TOLD_EVERY = 500;

const Fits = (props: { outcome: FileFits; heads: CheckedHeads }) => {
  const { w } = useAreaWords(auditWords);
  const { outcome, heads } = props;
  const { count: n, from, to, upTo } = outcome;
  return (
    <>
      <p>
        <Tag tone="ok">{fill(w.fileOk, { n, from, to })}</Tag>
      </p>
      <p>
        {outcome.heads > 0 ? (
          <Tag tone={heads.isSigned ? 'ok' : 'warn'}>
            {fill(heads.isSigned ? w.fileRootOk : w.fileRootUnsigned, { n: outcome.heads, upTo })}
          </Tag>
        ) : (
          <Tag tone="warn">{from === 1 ? w.fileNoHead : w.filePart}</Tag>
        )}
      </p>
      {outcome.heads > 0 && upTo < to ? <p>{fill(w.fileBeyond, { from: upTo + 1, to })}</p> : null}
    </>
  );
};

const Outcome = (props: { outcome: FileOutcome; heads: CheckedHeads }) => {
  const { w } = useAreaWords(auditWords);
  const { outcome, heads } = props;
  if (outcome.state === 'empty') return <p>{w.fileEmpty}</p>;
  if (outcome.state === 'ok') return <Fits outcome={outcome} heads={heads} />;
  const text =
    outcome.what === 'root'
      ? fill(w.fileRootBad, { size: outcome.seq, from: outcome.after + 1 })
      : fill(w.fileBad, { seq: outcome.seq, what: w[`what.${outcome.what}`] });
  return (
    <p>
      <Tag tone="bad">{text}</Tag> {w.fileBadWhat}
    </p>
  );
};

const useFile = () => {
  const { language } = useAreaWords(auditWords);
  const [found, setFound] = useState<{ outcome: FileOutcome; heads: CheckedHeads } | null>(null);
  const [count, setCount] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const run = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setFound(null);
    setTrouble(null);
    setCount(0);
    try {
      const heads = await checkedHeads();
      const tell = (n: number): void => {
        if (n % TOLD_EVERY === 0) setCount(n);
      };
      setFound({ outcome: await checkFile(linesOf(file), heads.heads, tell), heads });
    } catch (error) {
      setTrouble(troubleOf(error, language));
    } finally {
      setCount(null);
    }
  };
  return { found, count, trouble, run };
};

/** An exported file, line by line and against the signed heads; it does not leave this machine. */
export const CheckSection = () => {
  const { w } = useAreaWords(auditWords);
  const id = useId();
  const { found, count, trouble, run } = useFile();
  const wrong = found?.heads.wrong ?? [];
  return (
    <Section title={w.verifyFile}>
      <p>{w.verifyFileText}</p>
      <div className="field">
        <label htmlFor={id}>{w.file}</label>
        <input
          id={id}
          type="file"
          accept=".ndjson"
          disabled={count !== null}
          onChange={(event) => void run(event.target.files?.[0])}
        />
      </div>
      <div role="status">
        {count === null ? null : <p>{fill(w.fileReading, { n: count })}</p>}
        {found ? <Outcome {...found} /> : null}
        {wrong.length > 0 ? (
          <p>
            <Tag tone="bad">{fill(w.headsWrong, { n: wrong.length, size: wrong[0] ?? 0 })}</Tag>
          </p>
        ) : null}
      </div>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <h3>{w.commandTitle}</h3>
      <p>{w.commandText}</p>
      <Command what={EXPORT_COMMAND} />
    </Section>
  );
};
