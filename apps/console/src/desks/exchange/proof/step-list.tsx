import { Tag } from '../../../kit/marks.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import type { ProofStep } from './step.ts';
import type { Steps } from './use-steps.ts';
import { proofWords } from './words.ts';

const TONES = { ok: 'ok', bad: 'bad', open: 'warn' } as const;

type Words = (typeof proofWords)['zh' | 'en'];

/** The kind of an event in the reader's words; a kind without a word keeps its name. */
const inWords = (values: ProofStep['values'], w: Words): ProofStep['values'] => {
  const word = Object.entries(w).find(([key]) => key === `type.${values.type}`)?.[1];
  return word ? { ...values, type: word } : values;
};

const StepLine = ({ step }: { step: ProofStep }) => {
  const { w } = useAreaWords(proofWords);
  return (
    <li>
      <Tag tone={TONES[step.state]}>{w[step.state]}</Tag>
      <span>
        {fill(w[step.text], inWords(step.values, w))} {step.hash ? <Hash hex={step.hash} /> : null}
        {step.advice ? (
          <span className="advice">
            <strong>{w.whatToDo}</strong>
            {w[step.advice]}
          </span>
        ) : null}
      </span>
    </li>
  );
};

const Sum = ({ steps }: { steps: readonly ProofStep[] }) => {
  const { w } = useAreaWords(proofWords);
  const countOf = (state: ProofStep['state']) => steps.filter((s) => s.state === state).length;
  const values = { n: steps.length, bad: countOf('bad'), open: countOf('open') };
  if (values.bad > 0) return <strong>{fill(w.failed, values)}</strong>;
  return fill(values.open > 0 ? w.partly : w.passed, values);
};

/** The lines of a check as they come, and at the end what they come to. */
export const StepList = (props: { of: Steps; onRetry?: () => void }) => {
  const { steps, isDone, trouble } = props.of;
  return (
    <div data-checked={isDone ? '' : undefined}>
      {steps.length > 0 ? (
        <ul className="checks">
          {steps.map((step, at) => (
            <StepLine key={`${at} ${step.text}`} step={step} />
          ))}
        </ul>
      ) : null}
      <p role="status" className="checks-sum">
        {isDone && steps.length > 1 ? <Sum steps={steps} /> : null}
      </p>
      {trouble ? (
        <TroubleNotice trouble={trouble} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />
      ) : null}
    </div>
  );
};
