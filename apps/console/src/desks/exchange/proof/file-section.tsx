import { type DragEvent, useRef, useState } from 'react';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { checkDisclosure, type Proven } from './disclosure-check.ts';
import { publishedKeys } from './log-reader.ts';
import { ProvenFacts } from './proven-facts.tsx';
import { StepList } from './step-list.tsx';
import { useSteps } from './use-steps.ts';
import { proofWords } from './words.ts';

const useFileCheck = () => {
  const steps = useSteps();
  const [proven, setProven] = useState<Proven | null>(null);
  const [name, setName] = useState('');
  const check = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setProven(null);
    setName(file.name);
    await steps.run(async (tell) => {
      const text = await file.text();
      // Without the log's own list the file can still be checked against the key inside it.
      const keys = await publishedKeys().catch(() => null);
      setProven(await checkDisclosure(text, keys, tell));
    });
  };
  return { steps, proven, name, check };
};

const DropArea = (props: { onFile: (file: File | undefined) => void; busy: boolean }) => {
  const { w } = useAreaWords(proofWords);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    props.onFile(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same.
    <div
      className={over ? 'proof-drop is-over' : 'proof-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{w.fileDrop}</p>
      <button
        type="button"
        className="outlined"
        aria-busy={props.busy}
        onClick={() => input.current?.click()}
      >
        {w.fileChoose}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={w.fileChoose}
        onChange={(event) => {
          props.onFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </div>
  );
};

/** A contract's own file: which facts it proves, or what in it does not hold. */
export const FileSection = () => {
  const { w } = useAreaWords(proofWords);
  const { steps, proven, name, check } = useFileCheck();
  const isSure = steps.steps.every((step) => step.state === 'ok');
  const fails = steps.isDone && proven === null;
  return (
    <Section title={w.fileTitle} id="file">
      <p>{w.fileNote}</p>
      <DropArea onFile={(file) => void check(file)} busy={steps.busy} />
      {name ? <p className="hint">{name}</p> : null}
      {fails ? <p role="alert">{w.fileProvesNot}</p> : null}
      {proven ? <ProvenFacts proven={proven} isSure={isSure} /> : null}
      <StepList of={steps} />
    </Section>
  );
};
