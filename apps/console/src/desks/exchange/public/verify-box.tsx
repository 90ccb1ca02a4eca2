import type { AnswerOf } from '@jishi/contracts/endpoint';
import type { readPublication } from '@jishi/contracts/ledger/publication';
import { useState } from 'react';
import { type Trouble, troubleOf } from '../../../api/trouble.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { type StepResult, verifyNumber } from './verify-number.ts';
import { publicWords } from './words.ts';

const StepLine = ({ step }: { step: StepResult }) => {
  const { w } = useAreaWords(publicWords);
  const wrong =
    step.wrong === null
      ? null
      : step.wrong.bytes === null
        ? fill(w['step.gap'], { seq: step.wrong.seq })
        : fill(w['step.failedAt'], { seq: step.wrong.seq, bytes: step.wrong.bytes });
  return (
    <li>
      <Tag tone={step.isRight ? 'ok' : 'bad'}>{step.isRight ? w.ok : w.bad}</Tag>
      <span>
        {fill(w[`step.${step.key}`], step.values)} {step.hash ? <Hash hex={step.hash} /> : null}
        {wrong ? <strong> {wrong}</strong> : null}
      </span>
    </li>
  );
};

/** The checks run here, by the reader's own machine; each line says what it compared. */
export const VerifyBox = (props: {
  published: AnswerOf<typeof readPublication> | null;
  cell: string;
}) => {
  const { w, language } = useAreaWords(publicWords);
  const [steps, setSteps] = useState<readonly StepResult[]>([]);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const run = async (): Promise<void> => {
    setSteps([]);
    setTrouble(null);
    setBusy(true);
    try {
      await verifyNumber(props.published, props.cell, (step) =>
        setSteps((known) => [...known, step]),
      );
    } catch (error) {
      setTrouble(troubleOf(error, language));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <BusyButton busy={busy} onClick={() => void run()}>
        {w.verify}
      </BusyButton>
      <ul
        className="checks"
        aria-live="polite"
        data-checked={steps.length > 0 && !busy ? '' : undefined}
      >
        {steps.map((step) => (
          <StepLine key={step.key} step={step} />
        ))}
        {steps.length > 0 && !busy ? (
          <li>
            <Tag tone="plain">{w.notThere}</Tag>
            <span>{w.notYet}</span>
          </li>
        ) : null}
      </ul>
      {trouble ? <TroubleNotice trouble={trouble} onRetry={() => void run()} /> : null}
    </>
  );
};
