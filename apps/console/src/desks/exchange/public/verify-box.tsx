import type { AnswerOf } from '@jishi/contracts/endpoint';
import type { readPublication } from '@jishi/contracts/ledger/publication';
import { BusyButton } from '../../../kit/dialog.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { StepList } from '../proof/step-list.tsx';
import { useSteps } from '../proof/use-steps.ts';
import { verifyNumber } from './verify-number.ts';
import { publicWords } from './words.ts';

/** The checks run here, by the reader's own machine; each line says what it compared. */
export const VerifyBox = (props: {
  published: AnswerOf<typeof readPublication> | null;
  cell: string;
  /** What is to be checked is known: a check that is begun before would be of something else. */
  isKnown: boolean;
}) => {
  const { w } = useAreaWords(publicWords);
  const steps = useSteps();
  const run = () => void steps.run((tell) => verifyNumber(props.published, props.cell, tell));
  return (
    <>
      <BusyButton busy={steps.busy} disabled={!props.isKnown} onClick={run}>
        {w.verify}
      </BusyButton>
      <StepList of={steps} onRetry={run} />
    </>
  );
};
